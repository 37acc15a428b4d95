"""Drafts of jobs: created once, priced, and described."""
