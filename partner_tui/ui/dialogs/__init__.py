"""Dialogs that several views use."""
