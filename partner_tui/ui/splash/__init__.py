"""The Splash view: the form, its preview, and what a save writes."""
