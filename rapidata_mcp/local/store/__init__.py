"""Ids, secrets and a cache."""
