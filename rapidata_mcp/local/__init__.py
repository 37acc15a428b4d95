"""The embedded platform: Rapidata's REST API with a database and a simulated crowd of its own.

ARCHITECTURE.md lists its rooms.
"""
