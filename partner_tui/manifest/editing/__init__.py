"""Lossless edits of YAML text: splices that touch no byte that they need not."""
