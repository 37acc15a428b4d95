"""Audiences as an assistant sees them: their state, their problems, and what to do next."""
