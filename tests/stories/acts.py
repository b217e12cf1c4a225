"""What maintainers do again and again in the stories, by the words and keys that the screen names."""

from __future__ import annotations

from pathlib import Path

from partner_tui.settings import Directories
from partner_tui.workspace.headless import check_and_set
from partner_tui.workspace.opening.opening import find_manifest, resolve_source
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal


def set_title(partner: Partner, home: Path, title: str) -> None:
    """Set the title as `partner-tui set` does, for stories that are about what follows."""
    directories = Directories(home / "config", home / "data", home / "state", home / "cache")
    place = find_manifest(resolve_source(str(partner.clone), directories), None, directories)
    check_and_set.set_field(place, "splash_title", title, directories)


def type_into(terminal: Terminal, field: str, text: str) -> None:
    """Go to a field of the splash form, as far down as it lies, and type at its start."""
    terminal.keys("3").sees("  Id  ", "Preview").rests()
    terminal.presses_until("down", f"  {field}  ").click(f"  {field}  ", right=22)
    terminal.sees("Leave field").rests()
    terminal.keys("home").type(text).sees("edited, not saved")


def save(terminal: Terminal) -> None:
    terminal.keys("ctrl+s").sees("Saved: ").keys("escape").sees_no_more("Leave field")


def commit(terminal: Terminal) -> None:
    """Commit what is listed with the message that is proposed."""
    terminal.keys("5").sees("Uncommitted changes", "~ splash_").rests()
    terminal.keys("c").sees("new branch").rests().keys("ctrl+s").sees("Committed ")


def push(terminal: Terminal) -> None:
    terminal.rests().keys("P").sees("Pushed")


def leave(terminal: Terminal) -> None:
    """Quit, without being asked anything."""
    assert terminal.rests().keys("ctrl+q").ends() == 0
