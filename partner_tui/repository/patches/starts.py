"""The commit that a patch was made from: the newest whose files are as the patch says that they were.

There it applies as it was written, and what changed since is merged as for any branch, by entry too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.commits.commit import resolve
from partner_tui.repository.git import run
from partner_tui.repository.patches.mails import PatchSeries

_MOST_COMMITS = 2_000
_FILE = re.compile(rb"^diff --git ", re.MULTILINE)
_BEFORE = re.compile(rb"^index ([0-9a-f]{7,64})\.\.[0-9a-f]", re.MULTILINE)
_NAME = re.compile(rb"^(?:--- a/|rename from |copy from )([^\"\n][^\t\r\n]*)", re.MULTILINE)


def starts(root: Path, series: PatchSeries, target: str) -> Iterator[str]:
    """Commits that a series may have been made from, the likeliest first; the last one is the target."""
    found = dict.fromkeys(
        one for one in (_said(root, series.base), _fitting(root, series, target), target) if one
    )
    yield from found


def _said(root: Path, base: str) -> str | None:
    try:
        return resolve(root, base) if base else None
    except GitError:
        return None


def _fitting(root: Path, series: PatchSeries, target: str) -> str | None:
    """The newest commit of the target's first-parent history that has the files which the first patch changes."""
    wanted = _before(series.patches[0].diff)
    if not wanted:
        return None
    listed = run(["ls-tree", "-r", "-z", "--full-tree", target], cwd=root).split("\0")[:-1]
    entries = (line.partition("\t") for line in listed)
    held = {path: about.split()[2] for about, _, path in entries if path in wanted}
    if _fits(held, wanted):
        return target
    command = ["log", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "-z", "--format=%H"]
    printed = run([*command, f"--max-count={_MOST_COMMITS}", target, "--", *wanted], cwd=root)
    commit = ""
    parts = iter(printed.split("\0"))
    for part in parts:
        about = part.strip("\n")
        if about.startswith(":"):
            held[next(parts, "")] = about.split(" ")[2]
        elif about:
            if commit and _fits(held, wanted):
                break
            commit = about
    return resolve(root, f"{commit}^") if commit and _fits(held, wanted) else None


def _before(diff: bytes) -> dict[str, str]:
    """The files that a diff changes, each with how the hash of its content began."""
    found = {}
    for about in _FILE.split(diff)[1:]:
        header = about.partition(b"\n@@ ")[0]
        before, name = _BEFORE.search(header), _NAME.search(header)
        if before and name and before[1].strip(b"0"):
            found[name[1].decode("utf-8", "surrogateescape")] = before[1].decode()
    return found


def _fits(held: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(held.get(path, "").startswith(before) for path, before in wanted.items())
