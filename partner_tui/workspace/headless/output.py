"""What a command prints, written to the file that the user names instead."""

from __future__ import annotations

from pathlib import Path

from partner_tui.repository.atomic import replace_file


def write_to(path: Path, text: str) -> None:
    """Write a text to a file, whole or not at all.

    Raises:
        PartnerTuiError: It cannot be written.
    """
    replace_file(path, f"{text.removesuffix(chr(10))}\n".encode())
