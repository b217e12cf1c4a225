"""The manifest as text and as values; nothing here touches a disk, a network, a terminal or git."""
