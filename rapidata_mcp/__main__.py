"""`python -m rapidata_mcp` runs `rapidata-mcp`."""

from rapidata_mcp.start import main

main()
