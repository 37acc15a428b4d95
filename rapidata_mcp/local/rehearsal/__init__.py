"""The simulated crowd at work, as far as its clock has come."""
