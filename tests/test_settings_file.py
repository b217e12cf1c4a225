"""The settings file: every option as a comment, and a chosen theme as one changed line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.settings import Settings
from partner_tui.settings_file import TEMPLATE, keep_forge, keep_theme, make_settings_file


def test_the_template_lists_every_option_with_its_default_and_sets_none(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.yaml"
    make_settings_file(path)
    assert Settings.load(path) == Settings()
    without = re.sub(r"^# ((?:  )?[a-z_.]+:)(?!.*,)", r"\1", TEMPLATE, flags=re.MULTILINE)
    options = Settings.parse(without, path)
    assert (options.theme, options.editor, options.fetch_on_open) == ("partner-dark", "", True)
    assert options.forges == {"git.example.org": "gitlab"}
    assert options.keymap == {"entries.filter": "/", "changes.push": "P"}
    assert all(f"# {name}:" in TEMPLATE for name in Settings.__dataclass_fields__)


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("editor: vi\n")
    make_settings_file(path)
    assert path.read_text() == "editor: vi\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("editor: vi\n", "editor: vi\ntheme: nord\n"),
        ("editor: vi", "editor: vi\ntheme: nord"),
        ("theme: a\neditor: vi\n", "theme: nord\neditor: vi\n"),
        ('theme: "a"   # mine\n', 'theme: "nord"   # mine\n'),
        ("# theme: partner-dark\nkeymap:\n  a.b: x\n", "theme: nord\nkeymap:\n  a.b: x\n"),
        ("# the theme: see the help\ntheme: b\n", "# the theme: see the help\ntheme: nord\n"),
        (TEMPLATE, TEMPLATE.replace("# theme: partner-dark", "theme: nord")),
        ("{editor: vi}\n", "{editor: vi, theme: nord}\n"),
        ("keymap:\n  theme: x\n", "keymap:\n  theme: x\ntheme: nord\n"),
    ],
)
def test_a_theme_changes_one_line(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(before)
    keep_theme(path, "nord")
    assert path.read_text() == after
    assert Settings.load(path).theme == "nord"


@pytest.mark.parametrize("text", ["- editor\n", "a: b: c\n", "editor: 5\n"])
def test_a_file_of_another_form_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(PartnerTuiError):
        keep_theme(path, "nord")
    assert path.read_text() == text


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.yaml"
    real.write_text("editor: vi\n")
    link = tmp_path / "settings.yaml"
    link.symlink_to(real)
    keep_theme(link, "nord")
    assert link.is_symlink() and real.read_text() == "editor: vi\ntheme: nord\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("editor: vi  # mine\n", "editor: vi  # mine\nforges:\n  git.example.org: gitlab\n"),
        (
            "forges:\n  a.example.org: gitea  # ours\ntheme: nord\n",
            "forges:\n  a.example.org: gitea  # ours\n  git.example.org: gitlab\ntheme: nord\n",
        ),
        ("forges: {git.example.org: other}\n", "forges: {git.example.org: gitlab}\n"),
        (TEMPLATE, TEMPLATE + "\nforges:\n  git.example.org: gitlab\n"),
    ],
)
def test_what_a_host_runs_is_written_and_no_other_line_touched(
    tmp_path: Path, before: str, after: str
) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(before)
    assert keep_forge(path, "git.example.org", "gitlab") == Settings.load(path)
    assert path.read_text() == after


def test_a_github_enterprise_server_is_the_one_whose_api_is_asked_unless_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    assert keep_forge(path, "code.example.org", "github").github_api == "https://code.example.org/api/v3"
    assert keep_forge(path, "b.example.org", "github").github_api == "https://code.example.org/api/v3"


@pytest.mark.parametrize("said", ["git.example.org: gitlub", "git.example.org: [gitlab]", "5: gitlab"])
def test_a_kind_of_forge_that_is_not_known_is_said(tmp_path: Path, said: str) -> None:
    with pytest.raises(PartnerTuiError, match="unknown kind for"):
        Settings.parse(f"forges: {{{said}}}", tmp_path / "settings.yaml")


@pytest.mark.parametrize("wish", ["auto", "kitty", "sixel", "blocks", "off"])
def test_how_pictures_are_drawn_is_one_of_five(tmp_path: Path, wish: str) -> None:
    assert Settings.parse(f"pictures: {wish}", tmp_path).pictures == wish
    with pytest.raises(PartnerTuiError, match="pictures") as refused:
        Settings.parse(f"pictures: {wish}s", tmp_path)
    assert wish in refused.value.hint
