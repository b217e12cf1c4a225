"""What git may use of a folder's own settings."""
