"""The partner: what the manifest's `config` says of who maintains it and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


def as_text(value: Any) -> str:
    """A text, or a number as one; "" for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A reading view of `config`; texts are "" and lists empty when absent or of another type.

    Attributes:
        config: The field as it is; empty when it is null, absent, or no mapping.
    """

    config: Mapping[str, Any]

    def text(self, field: str) -> str:
        """A text or number of `config`; "" for anything else."""
        return as_text(self.config.get(field))

    def texts(self, field: str) -> tuple[str, ...]:
        """The texts in a list of `config`; a single text counts as a list of one."""
        value = self.config.get(field)
        if isinstance(value, str):
            return (value,)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    @property
    def id(self) -> str:
        return self.text("id")

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def default_type(self) -> str:
        return self.text("default_type")
