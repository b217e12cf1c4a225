"""Every handler is for a message that there is: Textual finds them by name alone, and a renamed widget's would be silent."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import textual.events
import textual.widgets
from textual.message import Message
from textual.widget import Widget

import partner_tui.ui

ASKED_BY_NAME = frozenset(("on_checked", "on_pushed"))
"""Callbacks of ours that are no handlers."""


def _classes() -> Iterator[type]:
    for module in pkgutil.walk_packages(partner_tui.ui.__path__, "partner_tui.ui."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            yield kind


def _messages(kind: type) -> Iterator[type[Message]]:
    if issubclass(kind, Message):
        yield kind
    for inner in (one for base in kind.__mro__ for one in vars(base).values()):
        if inspect.isclass(inner) and issubclass(inner, Message):
            yield inner


def test_every_handler_is_for_a_message_that_there_is() -> None:
    widgets = [getattr(textual.widgets, name) for name in vars(textual.widgets)["__all__"]]
    events = [one for _, one in inspect.getmembers(textual.events, inspect.isclass)]
    known = {
        getattr(message, "handler_name", "")
        for kind in (*_classes(), *widgets, *events, Widget)
        for message in _messages(kind)
    }
    found = {
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in _classes()
        if kind.__module__.startswith("partner_tui.ui")
        for name, function in vars(kind).items()
        if name.startswith("on_") and inspect.isfunction(function) and name not in ASKED_BY_NAME
        if name not in known
    }
    assert found == set()
