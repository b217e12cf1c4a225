"""YAML text: parsed within limits, as the spec library reads it, with the position of every node."""
