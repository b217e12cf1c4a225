"""Drawings of a scene: in cells of a terminal, as text, as SVG, PNG and HTML. They add nothing to it, and ask for pixels alone."""
