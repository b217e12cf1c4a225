"""One widget for each shape of a field of `config`, one a file."""
