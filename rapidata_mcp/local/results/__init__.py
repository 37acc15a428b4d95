"""What was answered, in the forms that are asked for."""
