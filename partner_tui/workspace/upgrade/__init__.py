"""The upgrade of a workspace."""
