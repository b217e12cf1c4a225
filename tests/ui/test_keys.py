"""Every key is listed, explained and can be rebound: the help is made from the bindings alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.dialogs.help import HelpScreen, key_lines
from partner_tui.ui.keymap import bound_classes, unknown_ids
from partner_tui.ui.keys import Key, is_move, keys_of, matching, sections, spoken
from partner_tui.ui.review.words_screen import WordsScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import opened_frame, until

MakeApp = Callable[..., PartnerApp]


CLASSES = list(bound_classes())


@pytest.mark.parametrize("found", CLASSES, ids=lambda found: found.__name__)
def test_every_binding_is_named_explained_and_listed(found: type[DOMNode]) -> None:
    listed = {key.id for key in keys_of(found)}
    for binding in vars(found)["BINDINGS"]:
        assert isinstance(binding, Binding), binding
        assert binding.id, f"{binding.key}: no id, so it cannot be rebound"
        assert binding.description, f"{binding.id}: no label"
        assert binding.tooltip, f"{binding.id}: no tooltip"
        assert binding.id in listed


def test_an_id_means_one_act() -> None:
    acts: dict[str, set[str]] = defaultdict(set)
    for found in CLASSES:
        for binding in vars(found)["BINDINGS"]:
            is_apps = binding.action.startswith("app.")
            acts[binding.id].add(binding.action if is_apps else f"{found.__name__}.{binding.action}")
    assert not {name: places for name, places in acts.items() if len(places) > 1}


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("question_mark,f1", "? f1"), ("ctrl+z", "^z"), ("G", "G"), ("enter", "⏎"), ("shift+tab", "shift+⇥")],
)
def test_keys_are_written_as_people_know_them(keys: str, shown: str) -> None:
    assert spoken(keys).replace("shift+tab", "shift+⇥") == shown


async def test_the_focused_pane_comes_first_and_the_app_last(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        found = sections(app.screen, app)
        assert found[0].keys[0].id.startswith("entries.")
        assert found[-1].title == "Global"
        ids = [key.id for section in found for key in section.keys if key.id]
        assert {"view.splash", "edit.undo", "app.quit"} <= set(ids)
        assert len(ids) == len(set(ids)), "a key is listed twice"


async def test_a_rebound_key_works_and_is_listed_as_rebound(make_app: MakeApp) -> None:
    app = make_app(keymap={"app.help": "f2"})
    async with app.run_test() as pilot:
        await pilot.press("f2")
        assert isinstance(app.screen, HelpScreen)
        listed = {key.id: key.keys for section in sections(app.screen_stack[-2], app) for key in section.keys}
        assert listed["app.help"] == "f2"


def test_a_keymap_knows_the_ids_of_every_screen_and_what_was_meant_by_others() -> None:
    ids = ("entries.filter", "upgrade.apply", "entries.fliter", "no such thing")
    assert unknown_ids(ids) == {"entries.fliter": "entries.filter", "no such thing": ""}


async def test_a_keymap_that_binds_nothing_is_told_of(make_app: MakeApp) -> None:
    app = make_app(keymap={"app.hepl": "f2"})
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app._notifications))
        assert "did you mean app.help?" in next(iter(app._notifications)).message


async def test_f1_helps_inside_a_field_and_escape_closes_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(app.focused, Input)


@pytest.mark.parametrize(
    "found", [one for one in CLASSES if issubclass(one, ModalScreen)], ids=lambda found: found.__name__
)
def test_help_is_there_in_every_dialog(found: type[ModalScreen[object]]) -> None:
    assert issubclass(found, Dialog) or found is HelpScreen


@pytest.mark.parametrize(
    ("dialog", "key"),
    [(ConfirmScreen("Undo?", "The branch goes back.", yes="Undo"), "?"), (WordsScreen("Remark", ""), "f1")],
    ids=lambda one: type(one).__name__,
)
async def test_a_dialog_is_helped_with_and_stays(make_app: MakeApp, dialog: Dialog[object], key: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.push_screen(dialog)
        await pilot.press(key)
        assert isinstance(app.screen, HelpScreen)
        said = " ".join(str(app.screen.query_one("#text", Static).content).split())
        assert " ".join((dialog.HELP or "").split()) in said
        assert "asks first if unsaved" not in said, "q does nothing here"
        assert "^q Quit" in said
        await pilot.press("escape")
        assert app.screen_stack[-1] == dialog


def test_a_long_tooltip_goes_on_below_and_nothing_of_it_is_cut() -> None:
    words = "Ask the forge for description, checks and earlier reviews"
    lines = [
        line.plain for line in key_lines(Key("review", "d", "Discussion", words, "review.discussion", ""), 70)
    ]
    assert len(lines) == 2
    assert max(map(len, lines)) <= 70
    assert " ".join(" ".join(lines).split()) == f"d Discussion {words}"


async def test_the_search_keeps_what_fits_and_escape_first_clears_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f1", *"demo")
        text = str(app.screen.query_one("#text", Static).content)
        assert "start.demo" in text
        assert "start.right" not in text
        await pilot.press("escape")
        assert isinstance(app.screen, HelpScreen)
        assert "start.right" in str(app.screen.query_one("#text", Static).content)


async def test_a_search_without_a_hit_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test():
        assert matching(sections(app.screen, app), "no such thing") == ()


@pytest.mark.parametrize("found", CLASSES, ids=lambda found: found.__name__)
def test_every_key_does_something(found: type[DOMNode]) -> None:
    for binding in vars(found)["BINDINGS"]:
        for action in binding.action.split(","):
            name, _, _ = action.strip().partition("(")
            place, _, act = name.rpartition(".")
            owner = {"": found, "app": PartnerApp, "screen": None}[place]
            known = owner is None or hasattr(owner, f"action_{act}") or hasattr(owner, f"_action_{act}")
            assert known, f"{binding.id}: there is no action {name}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "first", "act"),
    [
        ((), "Entries table", "entries.mark"),
        (("3",), "Form", "splash.save"),
        (("3", "enter"), "Text field", "splash.leave_field"),
        (("5",), "Changes", "changes.commit"),
        (("slash",), "Filter", "filter.apply"),
    ],
)
async def test_the_help_begins_with_the_acts_of_where_the_focus_is_and_ends_short(
    make_app: MakeApp, repository: Path, keys: tuple[str, ...], first: str, act: str
) -> None:
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened_frame(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.8)
        found = sections(app.screen, app)
        acts = [key for section in found[:-2] for key in section.keys]
        assert (found[0].title, found[-2].title, found[-1].title) == (first, "Moving", "Global")
        assert act in [key.id for key in acts[:12]]
        assert not [key.id for key in acts if is_move(key)]
        assert all(key.id for key in acts), "no row of Textual's own"
        assert len(found[-2].keys) <= 20
        assert len(found[-1].keys) <= 10
        ids = [key.id for section in found for key in section.keys if key.id]
        assert len(ids) == len(set(ids)), "a key is listed twice"
