"""The terminal app: screens, views and widgets over one workspace. Nothing below this package knows of it."""
