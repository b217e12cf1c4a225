"""Remotes: what they have, fetching from them and pushing to them."""
