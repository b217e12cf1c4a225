"""Input rows of the splash form, one module a kind."""
