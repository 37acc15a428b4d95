"""Requests to a platform, one file per noun of the REST API."""
