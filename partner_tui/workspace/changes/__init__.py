"""Uncommitted and unpushed changes: listed, committed, pulled and pushed."""
