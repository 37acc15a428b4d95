"""The shapes of the REST API, used by both ends."""
