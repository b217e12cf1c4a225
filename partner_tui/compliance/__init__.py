"""Checks a manifest and its entries against the spec and the sites: findings and statuses."""
