"""Audiences as an assistant sees them: state, problems, and what to do next."""
