"""Model RDFs of old dialects read as values: axes, sizes and processing steps; no fix, no draft."""
