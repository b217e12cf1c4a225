"""One partner-tui writes to a clone at a time, and who waits in vain is told."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.workspace.steps import lock
from partner_tui.workspace.steps.lock import locked, why_nothing_is_kept


def test_a_lock_that_another_holds_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_SECONDS", 0.05)
    with locked(tmp_path), pytest.raises(PartnerTuiError) as caught, locked(tmp_path):
        pass
    assert caught.value.message == "Another partner-tui is writing to this clone."
    assert caught.value.hint == "Wait until it is done, then try again."
    with locked(tmp_path):
        pass


def test_a_state_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(PartnerTuiError, match="Nothing was changed") as caught,
        locked(tmp_path / "file" / "a"),
    ):
        pass
    assert caught.value.hint


def test_a_state_folder_is_made_for_its_user_alone_and_why_it_cannot_be_is_said(tmp_path: Path) -> None:
    state = tmp_path / "home" / "state"
    assert why_nothing_is_kept(state) == ""
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    (state / "file").write_text("")
    assert why_nothing_is_kept(state / "file" / "a").startswith(f"{state / 'file' / 'a'} cannot be written:")
