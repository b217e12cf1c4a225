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

UNSAID = (App, Screen, ScrollableContainer)
"""Textual's classes whose keys every program has: scrolling, focus, quitting."""

NAMES = {"Input": "Text field", "TextArea": "Text", "OptionList": "List"}


@dataclass(frozen=True, slots=True)
class Key:
    """One act and the keys that do it.

    Args:
        area: Where it works: the part of its id before the dot.
        keys: As the user bound them, for people: ``^z``, ``? f1``.
        label: A word or two.
        tooltip: One sentence.
        id: What the settings' keymap calls it; empty for Textual's own keys, which are not rebound there.
        action: What it runs.
    """

    area: str
    keys: str
    label: str
    tooltip: str
    id: str
    action: str

    def matches(self, words: str) -> bool:
        """Whether every word stands somewhere in it."""
        text = f"{self.area} {self.keys} {self.label} {self.tooltip} {self.id}".lower()
        return all(word in text for word in words.lower().split())


@dataclass(frozen=True, slots=True)
class Section:
    """The keys of one screen or widget, and what it says about itself."""

    title: str
    text: str
    keys: tuple[Key, ...]


def sections(screen: Screen[object], app: App[Any]) -> tuple[Section, ...]:
    """The help of a screen: the focused pane first, then what it stands in, the rest of the screen, and the app."""
    focused = screen.focused
    chain = list(focused.ancestors_with_self) if focused is not None else [screen, app]
    inner = [node for node in chain if node not in (screen, app)]
    others = [node for node in screen.walk_children(with_self=False) if node not in inner]
    found: list[Section] = []
    seen: set[str] = set()
    for node in (*inner, screen, *others, app):
        section = _section(node, app, seen, named=node in inner)
        if section.keys or section.text:
            found.append(section)
    return tuple(found)


def _section(node: DOMNode, app: App[Any], seen: set[str], named: bool) -> Section:
    keys = [key for key in keys_of(type(node), app._keymap) if key.id not in seen and (key.id or named)]
    seen.update(key.id for key in keys if key.id)
    text = inspect.cleandoc(getattr(node, "HELP", None) or "")
    if text and f"HELP {type(node).__name__}" in seen:
        text = ""
    seen.add(f"HELP {type(node).__name__}")
    return Section(title_of(node), " ".join(text.split()), tuple(keys))


def title_of(node: DOMNode) -> str:
    """What a node is called: its own title, its border's, or its class's name in words."""
    title = getattr(type(node), "TITLE", None)
    if isinstance(node, App):
        return "Everywhere"
    if isinstance(title, str) and title:
        return title
    name = type(node).__name__.removesuffix("Screen").removesuffix("View")
    if name in NAMES:
        return NAMES[name]
    return "".join(
        f" {letter.lower()}" if letter.isupper() and at else letter for at, letter in enumerate(name)
    )


def keys_of(node_class: type[DOMNode], keymap: Mapping[str, str] = {}) -> Iterator[Key]:
    """The keys that a class binds, its bases' included, in the order in which they are written.

    Args:
        keymap: The user's keys by binding id.
    """
    bases = [base for base in node_class.__mro__ if "BINDINGS" in vars(base) and base not in UNSAID]
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
        key = Key(area, keys, binding.description, binding.tooltip, name, binding.action)
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
