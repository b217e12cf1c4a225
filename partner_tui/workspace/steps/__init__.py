"""Changes of files that can be undone, written whole or not at all."""
