from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.ui.editor import editor_words, with_line

FILE = Path("/clone/collection.yaml")


@pytest.mark.parametrize(
    ("setting", "environment", "words"),
    [
        ("", {"VISUAL": "code -n", "EDITOR": "vi"}, ["code", "-n"]),
        ("", {"EDITOR": "'/opt/my editor/ed' -x"}, ["/opt/my editor/ed", "-x"]),
        ("nano", {"VISUAL": "vi"}, ["nano"]),
    ],
)
def test_the_setting_goes_before_visual_and_editor(
    setting: str, environment: dict[str, str], words: list[str]
) -> None:
    assert editor_words(setting, environment) == words


def test_a_common_editor_stands_in_when_none_is_set(tmp_path: Path) -> None:
    (tmp_path / "nano").write_text("#!/bin/sh\n")
    (tmp_path / "nano").chmod(0o755)
    assert editor_words("", {"PATH": str(tmp_path)}) == ["nano"]
    with pytest.raises(PartnerTuiError, match="No editor"):
        editor_words("", {"PATH": str(tmp_path / "empty")})


def test_a_command_with_an_open_quote_is_said_and_not_run() -> None:
    with pytest.raises(PartnerTuiError, match="Invalid editor command"):
        editor_words("vi '", {})


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["vi"], ["vi", "+7", str(FILE)]),
        (["/usr/bin/nvim", "-p"], ["/usr/bin/nvim", "-p", "+7", str(FILE)]),
        (["nano"], ["nano", "+7", str(FILE)]),
        (["emacs", "-nw"], ["emacs", "-nw", "+7", str(FILE)]),
        (["code"], ["code", "--wait", "--goto", f"{FILE}:7"]),
        (["code", "-w"], ["code", "-w", "--goto", f"{FILE}:7"]),
        (["hx"], ["hx", f"{FILE}:7"]),
        (["subl"], ["subl", "--wait", f"{FILE}:7"]),
        (["unheard-of"], ["unheard-of", str(FILE)]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(words: list[str], command: list[str]) -> None:
    assert with_line(words, FILE, 7) == command
