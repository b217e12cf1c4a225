"""Two or three versions of a manifest against each other."""
