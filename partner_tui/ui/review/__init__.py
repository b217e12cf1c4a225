"""The review of one contribution: what it does, the checklist, comments, and the verdict."""
