"""What others send: listed, reviewed and merged, from git's objects alone."""
