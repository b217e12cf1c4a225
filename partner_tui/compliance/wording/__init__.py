"""Our words for what the spec library finds: no text, class or validator of the library reaches the user."""
