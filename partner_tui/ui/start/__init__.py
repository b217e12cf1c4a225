"""From what the user asks for to an open repository."""
