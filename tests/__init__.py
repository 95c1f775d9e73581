"""What each package promises, on the real database."""
