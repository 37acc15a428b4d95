"""What is kept: tables, ids, secrets, and what is at hand of it."""
