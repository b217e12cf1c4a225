"""Pictures by the best means of the terminal: Kitty graphics, Sixel, else half blocks. `terminal` asks which, `artist` encodes."""
