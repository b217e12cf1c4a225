"""Everything that touches git and the clone's files; nothing else in the package runs git."""
