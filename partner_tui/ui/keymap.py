"""Validates the user's keymap: unknown binding ids are reported instead of ignored."""

from __future__ import annotations

import asyncio
import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from textual.dom import DOMNode

import partner_tui.ui
from partner_tui.ui.keys import keys_of

if TYPE_CHECKING:
    from textual.app import App


def bound_classes() -> Iterator[type[DOMNode]]:
    """Every screen, view and widget of the app that binds keys of its own; imports them all."""
    for module in pkgutil.walk_packages(partner_tui.ui.__path__, "partner_tui.ui."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if found.__module__ == module.name and issubclass(found, DOMNode) and "BINDINGS" in vars(found):
                yield found


def unknown_ids(ids: Iterable[str]) -> dict[str, str]:
    """Those of these ids that no act has, each with the one that was probably meant, or ""."""
    known = [key.id for found in bound_classes() for key in keys_of(found) if key.id]
    return {
        unknown: next(iter(difflib.get_close_matches(unknown, known, n=1)), "")
        for unknown in ids
        if unknown not in known
    }


async def warn_of_unknown_ids(app: App[None], keymap: Mapping[str, str]) -> None:
    """Tell the user which keys of the settings file bind nothing."""
    if unknown := await asyncio.to_thread(unknown_ids, keymap):
        lines = [
            f"{written}: did you mean {meant}?" if meant else written for written, meant in unknown.items()
        ]
        app.notify(
            "\n".join([*lines, "Press ? to list all binding names."]),
            title="Unknown key binding in the settings file",
            severity="warning",
            timeout=12,
            markup=False,
        )
