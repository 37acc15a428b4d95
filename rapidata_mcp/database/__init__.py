"""The database: connections, all tables, and their schema. SQLite in the data directory, or another one by URL."""

from rapidata_mcp.database.engine import Database, open_database, without_password

__all__ = ["Database", "open_database", "without_password"]
