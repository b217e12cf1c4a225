"""The terminal app for maintainers of BioImage.IO community-partner repositories."""

__version__ = "0.1.0"
