"""The tools, one file per noun."""
