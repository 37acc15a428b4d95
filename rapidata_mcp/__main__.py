"""`python -m rapidata_mcp` is `rapidata-mcp`."""

from rapidata_mcp.start import main

main()
