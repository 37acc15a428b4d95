"""Results as an assistant sees them: sources, pages, verdicts, and labeler groups."""
