"""Paths as people type them."""

from __future__ import annotations

from pathlib import Path


def expanded(typed: str) -> Path:
    """The path with ``~`` and ``~user`` written out; as it is where there is no such user."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)
