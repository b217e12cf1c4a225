"""Every key of the app, read from the Binding objects alone: the one source of the help and the palette."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.containers import ScrollableContainer
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import Screen
from textual.widget import Widget

from partner_tui.ui.textual_private import keymap_of

HIDDEN_BINDINGS = (App, Screen, ScrollableContainer)
"""Textual's classes whose keys every program has: scrolling, focus, quitting."""

MOVES = frozenset(
    (
        *("up", "down", "left", "right", "first", "last", "top", "bottom", "home", "end"),
        *("next", "previous", "before", "page_up", "page_down"),
        *("next_tab", "previous_tab", "tab_before", "other_pane", "other_pane_back"),
    )
)
"""What moves a cursor or scrolls; binding ids end with these."""


@dataclass(frozen=True, slots=True)
class Key:
    """One act and the keys that do it.

    Args:
        area: Where it works: the part of its id before the dot.
        keys: As the user bound them, for people: ``^z``, ``? f1``.
        id: What the settings' keymap calls it; empty for Textual's own keys, which are not rebound there.
        in_dialogs: Whether it works over a dialog, which keeps all other keys of the app from what has the focus.
    """

    area: str
    keys: str
    label: str
    tooltip: str
    id: str
    action: str
    in_footer: bool = False
    in_dialogs: bool = False

    def matches(self, words: str) -> bool:
        """Whether every word stands somewhere in it."""
        text = f"{self.area} {self.keys} {self.label} {self.tooltip} {self.id}".lower()
        return all(word in text for word in words.lower().split())


TYPING = tuple(
    Key("", keys, "Typing", words, "", "")
    for keys, words in (
        ("^a ^e", "Go to the start or the end of the line"),
        ("^w", "Delete the word to the left"),
        ("^u ^k", "Delete to the start or the end of the line"),
        ("shift+← →", "Select; ctrl+x cuts, ctrl+v pastes"),
    )
)
"""The keys of every text field, in short."""


@dataclass(frozen=True, slots=True)
class Section:
    """The keys of one screen or widget, and what it says about itself."""

    title: str
    text: str
    keys: tuple[Key, ...]


def sections(screen: Screen[Any], app: App[Any]) -> tuple[Section, ...]:
    """The help of a screen: the acts of the focused pane, of what it is in, of the screen, of its other panes; then what
    every program has: moving, the app's own keys, typing.
    """
    focused = screen.focused
    chain = list(focused.ancestors_with_self) if focused is not None else [screen, app]
    inner = [node for node in chain if node not in (screen, app)]
    others = [node for node in screen.walk_children(with_self=False) if node not in inner]
    others.sort(key=lambda node: not _is_seen(node))
    seen: set[str] = set()
    acts = [_section(node, app, seen) for node in (*inner, screen, *others)]
    near = [*inner, screen, *filter(_is_seen, others)]
    moves = {key.id: key for node in near for key in keys_of(type(node), keymap_of(app)) if is_move(key)}
    typing = TYPING if focused is not None and focused.check_consume_key("x", "x") else ()
    everywhere = _section(app, app, seen)
    global_keys = tuple(key for key in everywhere.keys if key.in_dialogs or not screen.is_modal)
    return tuple(
        section
        for section in (
            *acts,
            Section("Moving", "", tuple(moves.values())),
            Section(everywhere.title, everywhere.text, (*global_keys, *typing)),
        )
        if section.keys or section.text
    )


def is_move(key: Key) -> bool:
    """Whether it moves a cursor or scrolls, as keys do in every program; what the footer offers is an act."""
    return key.id.rpartition(".")[2] in MOVES and not key.in_footer


def _is_seen(node: DOMNode) -> bool:
    return isinstance(node, Widget) and all(above.display for above in node.ancestors_with_self)


def _section(node: DOMNode, app: App[Any], seen: set[str]) -> Section:
    """What a node says of itself, and its acts that are not listed yet."""
    keys = [
        key
        for key in keys_of(type(node), keymap_of(app))
        if key.id and key.id not in seen and not is_move(key)
    ]
    seen.update(key.id for key in keys)
    text = inspect.cleandoc(getattr(node, "HELP", None) or "")
    if text and f"HELP {type(node).__name__}" in seen:
        text = ""
    seen.add(f"HELP {type(node).__name__}")
    return Section(title_of(node), " ".join(text.split()), tuple(keys))


def title_of(node: DOMNode) -> str:
    """What a node is called: its own title, its border's, or its class's name in words."""
    title = getattr(type(node), "TITLE", None)
    if isinstance(node, App):
        return "Global"
    if isinstance(title, str) and title:
        return title
    name = type(node).__name__.removesuffix("Screen").removesuffix("View")
    return "".join(
        f" {letter.lower()}" if letter.isupper() and at else letter for at, letter in enumerate(name)
    )


def keys_of(node_class: type[DOMNode], keymap: Mapping[str, str] = {}) -> Iterator[Key]:
    """The keys that a class binds, its bases' included, in the order in which they are written.

    Args:
        keymap: The user's keys by binding id.
    """
    bases = [base for base in node_class.__mro__ if "BINDINGS" in vars(base) and base not in HIDDEN_BINDINGS]
    bindings = [binding for base in bases for binding in vars(base)["BINDINGS"]]
    known: dict[str, Key] = {}
    for binding in bindings:
        if isinstance(binding, tuple):
            binding = Binding(*binding)
        if not binding.description or binding.system:
            continue
        name = binding.id or ""
        area = name.partition(".")[0]
        keys = spoken(keymap.get(name, "") or binding.key)
        words = (binding.description, binding.tooltip, name, binding.action)
        key = Key(area, keys, *words, in_footer=binding.show, in_dialogs=binding.priority)
        known.setdefault((name or binding.key), key)
    yield from known.values()


def spoken(keys: str) -> str:
    """Keys as people write them: ``question_mark,f1`` is ``? f1``, ``ctrl+z`` is ``^z``."""
    return " ".join(_spoken(key.strip()) for key in keys.split(","))


def _spoken(key: str) -> str:
    *modifiers, last = key.split("+")
    shown = format_key(last)
    if modifiers == ["ctrl"]:
        return f"^{shown}"
    return "+".join((*modifiers, shown))


def matching(found: Iterable[Section], words: str) -> tuple[Section, ...]:
    """The sections with the keys that fit some words; all of a section whose title or text does."""
    if not words.strip():
        return tuple(found)
    kept = []
    for section in found:
        whole = all(word in f"{section.title} {section.text}".lower() for word in words.lower().split())
        keys = section.keys if whole else tuple(key for key in section.keys if key.matches(words))
        if keys:
            kept.append(Section(section.title, section.text if whole else "", keys))
    return tuple(kept)
