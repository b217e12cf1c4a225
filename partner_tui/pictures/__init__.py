"""Pictures: where they are, and their pixels, decoded in a confined child process."""
