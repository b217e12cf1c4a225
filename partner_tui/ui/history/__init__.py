"""The history of an entry, or of the splash, over the workspace."""
