"""URLs taken apart by their spelling alone, and what those of forges mean; nobody is asked."""
