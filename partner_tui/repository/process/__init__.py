"""One git process: its command line, what it asks, what it says, and what its failure means."""
