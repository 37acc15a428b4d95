"""Estimates from responses: pure functions, one method per file, each with its source."""
