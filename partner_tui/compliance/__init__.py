"""What the spec and the website ask of a manifest and its entries, and how far each one meets it."""
