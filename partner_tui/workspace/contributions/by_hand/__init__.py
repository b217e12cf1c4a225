"""Contributions brought by hand: a fork's branch, a patch, an RDF or a package becomes a branch like any other."""
