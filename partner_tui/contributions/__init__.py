"""Contributions by entry instead of by line: changes, findings, what needs care, and a checklist. Values in, values out."""
