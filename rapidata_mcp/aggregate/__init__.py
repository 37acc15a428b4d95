"""Votes in, estimates out: pure functions, one method per file."""
