"""The upgrade page: questions, fixes, files and the result."""
