"""Commits: made, read, compared, and made again elsewhere."""
