"""The four panes of the upgrade: its plan, its questions, the files it creates, and what comes of it."""
