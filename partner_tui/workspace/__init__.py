"""One open repository: what is loaded, edited, undone, checked, committed and pushed.

Nothing here draws and nothing here asks; the app and the command line both stand on it.
"""
