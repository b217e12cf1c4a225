"""From an address to a clone."""
