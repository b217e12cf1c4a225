"""Client of a forge's API, for what git does not have; asked only when the user asks for it."""
