"""Keeps what each commit changes, as a digest: a commit never changes, so that it is compared once and not at every start."""

from __future__ import annotations

import json
from pathlib import Path

from partner_tui.repository.private_files import keep_private, read_kept

_FORMAT = 1
"""Of the digests; another one where they are made otherwise."""
_LARGEST = 20_000_000


def find_changes(state: Path) -> dict[str, bytes]:
    """Digests by the full hash of a commit; none where they cannot be read."""
    data = read_kept(state / "changes.json", _LARGEST)
    try:
        if data["format"] != _FORMAT:
            return {}
        return {str(commit): bytes.fromhex(digest) for commit, digest in data["changes"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}  # they are made again


def keep_changes(state: Path, changes: dict[str, bytes]) -> None:
    """Write them, where anything can be written."""
    data = {"format": _FORMAT, "changes": {commit: digest.hex() for commit, digest in changes.items()}}
    keep_private(state / "changes.json", json.dumps(data).encode())
