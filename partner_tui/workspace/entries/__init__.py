"""Entries as a list: cards, filters, order, selection."""
