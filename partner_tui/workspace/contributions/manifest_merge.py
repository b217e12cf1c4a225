"""A contribution's manifest merged into ours: the same merge as for a rejected push, with the sides the other way round.

The rule: the branch that others have keeps its layout, and what a contribution adds at the same place follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from partner_tui.comparison.merge import LineMerge, Merge, Read, merge
from partner_tui.comparison.three_way import Side
from partner_tui.repository.commits.line_merge import merge_lines
from partner_tui.workspace.contributions.side import read_by_parts, read_once

_SWAPPED: Mapping[str, Side] = {"ours": "theirs", "theirs": "ours"}


def merge_manifests(
    name: str,
    base: bytes | None,
    ours: bytes | None,
    theirs: bytes | None,
    choices: Mapping[str, Side] | None = None,
    lines: LineMerge | None = None,
) -> Merge:
    """Merge a contribution's manifest into ours by path; its lines are git's where that means the same.

    Args:
        lines: What git makes of them, where that is known.
    """
    # `merge` puts what it calls theirs first, and keeps its layout.
    if lines is None and ours is not None and theirs is not None:
        lines = merge_lines(base or b"", theirs, ours)
    swapped = {key: _SWAPPED[side] for key, side in (choices or {}).items()}

    def merged_by(read: Read) -> Merge:
        versions = [read(content, name) for content in (base, theirs, ours)]
        return merge(versions[0], versions[1], versions[2], swapped, lines=lines, read=read)

    clean = lines is not None and not lines.conflicts
    merged = merged_by(read_by_parts if clean else read_once)
    if clean and (lines is None or merged.content != lines.content):
        merged = merged_by(read_once)  # something is to be written
    return replace(
        merged,
        conflicts=tuple(replace(one, ours=one.theirs, theirs=one.ours) for one in merged.conflicts),
        problems=tuple(replace(one, version=_SWAPPED.get(one.version, "base")) for one in merged.problems),
    )
