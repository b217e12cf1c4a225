"""Branches of a clone: which there are, what they follow, switching and deleting."""
