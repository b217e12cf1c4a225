"""The Contributions view."""
