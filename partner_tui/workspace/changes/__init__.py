"""What is not committed or not pushed, and what becomes of it."""
