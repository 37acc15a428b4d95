"""Access control: the people who label, the rate of their requests, and requests from other sites."""
