"""The central repository's side: what its CI makes of a manifest. Values in, values out."""
