"""What is shown while the manifest cannot be read, and its repairs."""
