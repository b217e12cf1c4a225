"""The spec library's own reader, to hold ours against."""

from __future__ import annotations

import warnings
from typing import Any

import ruyaml
from ruyaml.error import YAMLError

from partner_tui.manifest.text.values import same


class CannotRead(Exception):
    """The library has no value for a text."""


def read(text: str) -> Any:
    """What bioimageio.spec reads from a text: its `_yaml_load` is made just so (a new one, since a %YAML directive stays
    with a reader).

    Raises:
        CannotRead: It raised.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _plain(ruyaml.YAML(typ="safe").load(text))
        except (YAMLError, ValueError, IndexError, KeyError, OverflowError, TypeError) as error:
            raise CannotRead(str(error)) from error


def agree(text: str, ours: Any) -> bool:
    """Whether the library takes the same value from a text."""
    return same(ours, read(text))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
