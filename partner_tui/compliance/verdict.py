"""The spec library's answer about one entry: values only, so that they can be cached and shown without it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Self

from partner_tui.compliance.status import Status


@dataclass(frozen=True, slots=True)
class SpecError:
    """One error of the library, as it words it.

    Args:
        loc: Keys and indices from the entry's root, with pydantic's parts for union members among them.
        kind: pydantic's name for it, such as ``missing`` or ``literal_error``.
    """

    loc: tuple[str | int, ...]
    message: str
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The library's judgement of one entry.

    Args:
        latest: The latest format version of the entry's type.
        declared: Errors against the declared format; none when it is valid as declared.
        current: Errors against the latest format, when that is another class than the declared one's.
        warnings: What the library finds odd in the declared format.
    """

    latest: str
    declared: tuple[SpecError, ...] = ()
    current: tuple[SpecError, ...] = ()
    warnings: tuple[SpecError, ...] = ()

    def status(self, format_version: object) -> Status:
        """Where an entry that declares this version stands.

        Valid and the latest version, patch level included, is LATEST. So is a later patch of the same format: the
        library reads it as the latest it knows. Every other valid entry is OUTDATED, also one with a version that
        never existed (the library reads those as the latest format, with a warning).
        """
        if self.declared:
            return Status.INVALID
        declared, latest = _numbers(format_version), _numbers(self.latest)
        if declared and latest and declared[:2] == latest[:2] and declared >= latest:
            return Status.LATEST
        return Status.OUTDATED

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Self:
        """Read `to_json`'s shape.

        Raises:
            KeyError, TypeError, ValueError: It is another shape.
        """
        return cls(
            str(shape["latest"]),
            *(
                tuple(
                    SpecError(tuple(error["loc"]), error["message"], error["kind"]) for error in shape[part]
                )
                for part in ("declared", "current", "warnings")
            ),
        )


def is_newer(version: object, latest: str) -> bool:
    """Whether a format version is later than the latest that the library knows, its patch level aside."""
    declared, known = _numbers(version), _numbers(latest)
    return bool(declared and known and declared[:2] > known[:2])


def _numbers(version: object) -> tuple[int, ...] | None:
    """``0.3.4`` as numbers; None for anything else, two parts included."""
    return _parts(version) if isinstance(version, str) else None


@lru_cache(maxsize=64)
def _parts(version: str) -> tuple[int, ...] | None:
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        return None
    return tuple(int(part) for part in version.split("."))
