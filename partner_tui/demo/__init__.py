"""A sample partner, invented for this project: its repository with history and pull requests, and the main job on it."""
