"""The checklist of a review: what the machine can tell is answered with its evidence, the rest is left to the reviewer."""
