"""What is to be answered, and how far that is."""
