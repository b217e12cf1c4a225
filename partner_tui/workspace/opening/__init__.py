"""From what the user asked for to an open workspace, and the ways on where that fails."""
