"""Suggested repairs for files that do not parse, or in which a key is written twice."""
