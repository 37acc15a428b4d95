"""An MCP server for human judgement: audiences of labelers, labeling jobs, and results, in conversation."""

__version__ = "0.1.0"
