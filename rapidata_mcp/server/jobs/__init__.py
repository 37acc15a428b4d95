"""Jobs as an assistant sees them: their status, why they do not move, and waiting for them."""
