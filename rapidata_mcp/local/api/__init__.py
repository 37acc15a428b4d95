"""What all requests share: the platform that they are sent to, and lists in pages."""
