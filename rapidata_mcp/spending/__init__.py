"""What stands between a tool call and what it makes."""
