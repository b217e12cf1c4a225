"""Git's progress lines read into values: the phase, how far it is, and how much has arrived."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Git's own phases, JGit's and those of LFS. Any other line of this shape is somebody's words: "Ticket: 42 is closed".
_PHASE = (
    r"(?:remote: )?((?:Checking|Compressing|Counting|Enumerating|Indexing|Receiving|Unpacking|Writing) objects|Resolving deltas"
    r"|Updating files|Checking out files|Filtering content|Checking connectivity|Finding sources|Getting sizes"
    r"|Refresh(?:ing)? index|Removing (?:duplicate|unreachable) objects|Performing inexact rename detection"
    r"|Expanding reachable commits in commit graph|Computing commit graph generation numbers"
    r"|(?:Uploading|Downloading) LFS objects)"
)
_RELATIVE = re.compile(rf"^{_PHASE}:\s+\d+% \((\d+)/(\d+)\)(.*)$")
_ABSOLUTE = re.compile(rf"^{_PHASE}:\s+(\d+)(?:, done\.?.*)?$")
_BYTES = re.compile(r"([\d.]+) (bytes|KiB|MiB|GiB)(?!/s)")
_UNITS = {"bytes": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a git command is.

    Args:
        phase: In git's words, such as ``Receiving objects``.
        done: Objects or files so far; None when git does not say.
        total: Of how many; None when git does not say.
        received_bytes: Bytes that came or went over the wire so far, None outside of transfers.
    """

    phase: str
    done: int | None = None
    total: int | None = None
    received_bytes: int | None = None

    @property
    def words(self) -> str:
        """``Receiving objects 120/400, 1.2 MB``."""
        words = self.phase
        if self.done is not None:
            words += f" {self.done}/{self.total}" if self.total else f" {self.done}"
        return f"{words}, {self.received_bytes / 1e6:.1f} MB" if self.received_bytes else words


def parse_progress(line: str) -> Progress | None:
    """One line (without its ending) as progress, or None when it says something else."""
    if match := _RELATIVE.match(line):
        phase, done, total, rest = match.groups()
        size = _BYTES.search(rest)
        received = int(float(size[1]) * _UNITS[size[2]]) if size else None
        return Progress(phase, int(done), int(total), received)
    if match := _ABSOLUTE.match(line):
        return Progress(match[1], int(match[2]))
    return None
