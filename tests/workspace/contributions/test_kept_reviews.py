"""Reviews are on the disk at once, for their user alone; whatever a contribution is called, no file of another place is touched."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.kept import Comment, KeptReview
from partner_tui.workspace.contributions.kept_reviews import find_review, keep_review, verdict_of


def contribution(name: str, kind: str = "pull", head: str = "a" * 40) -> Contribution:
    return Contribution(name, kind, head, "Eve", datetime(2024, 1, 2, tzinfo=UTC), "T", State.UNKNOWN, "why")


KEPT = KeptReview("a" * 40).commented(Comment("", "", "Thanks \udcff")).decided("changes", "a" * 40)


@pytest.mark.parametrize("name", ["7", "../../etc/passwd", "a/b\n", "x" * 5000, "\udcff"])
def test_a_review_is_kept_below_its_folder_whatever_the_name(tmp_path: Path, name: str) -> None:
    one = contribution(name, "branch")
    keep_review(tmp_path, one, KEPT.decided("declined", one.head))
    assert find_review(tmp_path, one).verdict == "declined"
    (file,) = (tmp_path / "reviews").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_verdict_is_known_for_the_list(tmp_path: Path) -> None:
    one = contribution("7")
    assert verdict_of(tmp_path, one) == ""
    keep_review(tmp_path, one, KeptReview().commented(Comment("", "", "Hm.")))
    assert verdict_of(tmp_path, one) == "in review"
    keep_review(tmp_path, one, KEPT)
    assert verdict_of(tmp_path, one) == "changes requested"
    assert verdict_of(tmp_path, contribution("7", head="b" * 40)) == "changes requested, then updated"
    assert verdict_of(tmp_path, contribution("7", "branch")) == ""


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff", b'{"comments": 1}'])
def test_a_file_that_cannot_be_read_is_no_review(tmp_path: Path, content: bytes) -> None:
    one = contribution("7")
    keep_review(tmp_path, one, KEPT)
    (file,) = (tmp_path / "reviews").iterdir()
    file.write_bytes(content)
    assert find_review(tmp_path, one).is_empty
