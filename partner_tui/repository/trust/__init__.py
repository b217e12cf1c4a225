"""Trust in a folder's own git settings: which of them git may use."""
