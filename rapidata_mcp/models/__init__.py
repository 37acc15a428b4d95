"""The shapes of the REST API, shared by the client and the local platform."""
