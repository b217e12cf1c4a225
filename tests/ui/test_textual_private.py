"""Textual's private parts are as they were when the app began to use them, and one module alone uses them."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from asyncio import Event
from functools import cache
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.cache import LRUCache
from textual.notifications import Notifications
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets._toggle_button import ToggleButton
from textual.widgets.option_list import Option

import partner_tui.ui
from partner_tui.ui.textual_private import EndingApp, TellsOfSizes, active_binding

ALONE = "partner_tui.ui.textual_private"


@cache
def _tree(kind: type) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(kind)))


@cache
def _parts_of_its_own(kind: type) -> set[str]:
    stored = [node for node in ast.walk(_tree(kind)) if isinstance(node, ast.Attribute)]
    return set(vars(kind)) | {node.attr for node in stored if isinstance(node.ctx, ast.Store)}


def _private_parts(kind: type) -> set[str]:
    """Names with an underscore that Textual's classes below this one define or assign."""
    found: set[str] = set()
    for base in kind.__mro__:
        if base.__module__.startswith("textual"):
            found |= _parts_of_its_own(base)
    return {name for name in found if name.startswith("_") and not name.startswith("__")}


def _used(kind: type) -> set[str]:
    nodes = list(ast.walk(_tree(kind)))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return names | {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.slow
def test_one_module_alone_uses_them() -> None:
    found: list[str] = []
    for module in pkgutil.walk_packages(partner_tui.ui.__path__, "partner_tui.ui."):
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name != ALONE and (used := _used(kind) & _private_parts(kind)):
                found.append(f"{module.name}.{name}: {used}")
    assert found == []


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (App._handle_exception, ["self", "error"]),
        (App._close_messages_no_wait, ["self"]),
        (Widget._size_updated, ["self", "size", "virtual_size", "container_size", "layout"]),
    ],
    ids=["handle_exception", "close_messages", "size_updated"],
)
def test_they_are_called_as_before(function: Any, parameters: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == parameters


def test_they_are_of_the_same_types() -> None:
    app = App[None]()
    assert app._exception is None
    assert isinstance(app._exception_event, Event)
    assert isinstance(app._notifications, Notifications)
    assert app._exit_renderables == []
    assert app._return_code is None
    assert app._keymap == {}
    assert isinstance(app.stylesheet._parse_cache, LRUCache)
    assert isinstance(inspect.getattr_static(ToggleButton, "_button"), property)
    assert isinstance(inspect.getattr_static(App, "_background_screens"), property)
    assert Screen[None]()._result_callbacks == []


async def test_one_key_is_bound_as_it_is_among_all() -> None:
    class Inner(OptionList):
        BINDINGS = [
            ("a", "none", "Disabled"),
            ("b", "inner", "Shadows"),
            ("c", "hidden", "Not there"),
            ("p", "inner", "P"),
        ]

        def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
            return {"none": None, "hidden": False}.get(action, True)

    class Bound(App[None]):
        BINDINGS = [("b", "outer", "B"), ("c", "outer", "C"), Binding("p", "outer", "First", priority=True)]

        def compose(self) -> ComposeResult:
            yield Inner(Option("row"))

    app = Bound()
    async with app.run_test():
        bound = app.screen.active_bindings
        assert {"a", "b", "c", "p", "down", "ctrl+q"} <= bound.keys()
        assert {key: active_binding(app.screen, key) for key in bound} == bound
        assert active_binding(app.screen, "z") is None
        assert not bound["a"].enabled and bound["c"].node is bound["p"].node is app

        await app.push_screen(ModalScreen())
        assert active_binding(app.screen, "b") is app.screen.active_bindings.get("b") is None


def test_rows_are_drawn_again_by_what_an_option_list_keeps() -> None:
    rows = OptionList(Option("a"))
    assert [option.prompt for option in rows._options] == ["a"]
    assert rows._option_to_index == {rows._options[0]: 0}
    assert rows._index_to_line == {} and rows._heights == {}


@pytest.mark.parametrize(
    ("screen", "is_told"), [(Screen, False), (type("Told", (TellsOfSizes, Screen), {}), True)]
)
async def test_a_size_that_somebody_looked_at_before_it_was_applied_is_told(
    screen: type[Screen[None]], is_told: bool
) -> None:
    """Where Textual's own screen tells it, too, ours is not needed any more."""
    sizes: list[int] = []

    class Cut(Static):
        def on_resize(self) -> None:
            sizes.append(self.size.width)

    app = App[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen())
        await app.screen.mount(Cut("a"))
        await pilot.pause()
        cut = app.screen.query_one(Cut)
        cut.styles.width = 30
        app.screen._clear_arrangement_cache()
        app.screen._compositor._full_map_invalidated = True  # as while something scrolls
        assert app.screen.find_widget(cut).region.width == 30
        await pilot.pause()
        assert (cut.size.width, sizes) == (30, [80, 30] if is_told else [80])
        compositor = app.screen._compositor
        await app.pop_screen()
        assert not any(isinstance(kept, dict) and kept for kept in vars(compositor).values())


@pytest.mark.parametrize(("over", "is_seen"), [(Screen, False), (ModalScreen, True)])
async def test_what_is_not_seen_through_the_screen_on_top_is_drawn_once_it_is_gone(
    over: type[Screen[None]], is_seen: bool
) -> None:
    class Below(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Static("as it was", id="below")

    class Two(EndingApp):
        def unexpected(self, error: Exception, in_own_loop: bool) -> None:
            raise error

    app, below = Two(), Below()
    async with app.run_test() as pilot:
        await app.push_screen(below)
        await app.push_screen(over())
        await pilot.pause()
        assert below.is_current is is_seen
        shown = below.query_one("#below", Static)
        shown.update("longer\nthan before")
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        assert below.is_current and shown.size.height == 2
