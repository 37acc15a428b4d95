"""`python -m rapidata_mcp` is `rapidata-mcp`."""

from rapidata_mcp.cli import main

main()
