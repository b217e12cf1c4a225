"""The view of a manifest that cannot be read, and its repairs."""
