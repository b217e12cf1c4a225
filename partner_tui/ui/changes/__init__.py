"""The Changes view: uncommitted changes, the commit, and the way to the remote."""
