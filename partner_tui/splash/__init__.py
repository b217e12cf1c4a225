"""The splash: what a partner can say about itself in `config`, and what the website makes of it.

Values in, values out: nothing here reads a disk or a network; pictures of the clone come through `CloneFiles`.
"""
