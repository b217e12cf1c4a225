"""The frame around an open repository, and what it does in the background."""
