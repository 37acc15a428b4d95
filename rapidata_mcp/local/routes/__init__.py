"""One file per noun of the REST API; the names mirror `client/`."""
