"""The Entries view: the table of entries and one entry in full."""
