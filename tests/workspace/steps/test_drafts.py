"""What a form held is found again; what is torn or missing is no draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.workspace.steps.form_drafts import Drafts


def test_a_draft_is_kept_replaced_and_dropped(tmp_path: Path) -> None:
    Drafts(tmp_path / "state").keep("splash", {"title": "Zoö"})
    Drafts(tmp_path / "state").keep("splash", {"title": "Zoos"})
    drafts = Drafts(tmp_path / "state")
    assert drafts.find("splash") == {"title": "Zoos"} and drafts.find("commit") is None
    drafts.drop("splash")
    drafts.drop("splash")
    assert drafts.find("splash") is None


@pytest.mark.parametrize("torn", [b'{"title": "Zo', b"", b"\xff\xfe", b"{'a'}"])
def test_a_torn_draft_is_none(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "draft-splash.json").write_bytes(torn)
    assert Drafts(tmp_path).find("splash") is None
