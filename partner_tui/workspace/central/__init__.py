"""What the opened manifest means to the central repository, and what is written for it."""
