"""Reviews kept between starts, one small file a contribution, in the clone's folder of the user's state.

The rule: what a reviewer wrote is on the disk before the next key, whole or not at all, and no name of a contribution is a
part of a path.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from partner_tui.contributions.contribution import Contribution, reference_of
from partner_tui.contributions.kept import KeptReview
from partner_tui.plain import visible
from partner_tui.repository.private_files import read_kept, write_private

_LARGEST = 4_000_000


def find_review(state: Path, one: Contribution) -> KeptReview:
    """What was said of a contribution; an empty review where nothing was, or it cannot be read."""
    return KeptReview.from_json(read_kept(_path(state, one), _LARGEST))


def keep_review(state: Path, one: Contribution, review: KeptReview) -> None:
    """Keep what was said of a contribution in place of what was before.

    Raises:
        PartnerTuiError: It cannot be written; what was kept before is there.
    """
    _write(_path(state, one), {"kind": one.kind, "name": one.name, "title": one.title, **review.to_json()})


def verdict_of(state: Path, one: Contribution) -> str:
    """The verdict so far in a word or two, such as ``changes requested``; "" where there is none. Reads one small file."""
    review = find_review(state, one)
    return review.verdict_words(one.head) or ("in review" if not review.is_empty else "")


def merged_by(state: Path, commit: str | None) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """What was merged here, up to a commit: the branch before and after, and what the contributions are called.

    Several that were merged in one go have one commit. Nothing where the commit was not made by a merge of ours.
    """
    found = [
        (about, review)
        for about, _, review in _all(state)
        if review.verdict in ("merged", "squashed") and review.merged and review.merged[1] == commit
    ]
    pair = found[0][1].merged if found else None
    names = (reference_of(str(about.get("kind", "")), str(about.get("name", ""))) for about, _ in found)
    return pair, tuple(sorted((visible(name, 60) for name in names), key=lambda name: (len(name), name)))


def forget_merge(state: Path, merged: tuple[str, str]) -> None:
    """A merge was undone: none of the contributions of it is merged any more.

    Raises:
        PartnerTuiError: It cannot be written.
    """
    for about, path, review in _all(state):
        if review.merged == merged:
            _write(path, {**about, **review.decided(None, "").to_json()})


def _all(state: Path) -> Iterator[tuple[dict[str, object], Path, KeptReview]]:
    """Every review that is kept: what it is about, its file, and itself."""
    for path in sorted((state / "reviews").glob("*.json")):
        about = read_kept(path, _LARGEST)
        if isinstance(about, dict):
            yield about, path, KeptReview.from_json(about)


def _write(path: Path, about: dict[str, object]) -> None:
    write_private(path, json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _path(state: Path, one: Contribution) -> Path:
    name = hashlib.sha256(f"{one.kind}\0{one.name}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return state / "reviews" / f"{name}.json"
