"""People at work, each through a link."""
