"""Patches that came by mail or as a file."""
