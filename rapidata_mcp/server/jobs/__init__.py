"""Jobs as an assistant sees them: status, stalls, and waiting."""
