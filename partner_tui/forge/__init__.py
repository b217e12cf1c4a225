"""What a forge's API knows and does beyond git; asked only when the user asks for it."""
