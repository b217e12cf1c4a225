"""Contributions of others: listed, reviewed and merged, from git's objects alone."""
