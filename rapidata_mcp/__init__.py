"""An MCP server for human judgment: audiences of labelers, labeling jobs, and results."""

__version__ = "0.1.0"
