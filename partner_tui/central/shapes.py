"""A small language for what the CI's library accepted: shapes that find problems in a value, and write it back.

The library read a description into objects and wrote them again: URLs came back normalised, relative paths below the
folder that they were read from, fields that the format does not have not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal, TypeAlias
from urllib.parse import urlparse, urlsplit, urlunsplit

from packaging.version import InvalidVersion, Version

from partner_tui.manifest.text.document import Path

_URL = re.compile(
    r"https?://"
    r"(?:[^\s/?#@]*@)?"
    r"(?:localhost|\[[0-9a-f:.]+\]|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,}\.?|(?:\d{1,3}\.){3}\d{1,3})"
    r"(?::\d+)?(?:/?|[/?]\S+)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@]+@(?:localhost|(?:[^\s@.]+\.)+[^\s@.]{2,})")


@dataclass(frozen=True, slots=True)
class Problem:
    """What the library refuses.

    Attributes:
        path: Where, from the description's root.
        text: What is wrong there, to follow the name of the place: ``is empty``, ``is not a list``.
    """

    path: Path
    text: str
    hint: str

    def below(self, step: str | int) -> Problem:
        return Problem((step, *self.path), self.text, self.hint)


Check: TypeAlias = Callable[[Any], Iterator[Problem]]
Write: TypeAlias = Callable[[Any, str], Any]
"""What the library writes of an accepted value; the second argument is the folder of relative paths, "" for none known."""


def _as_it_is(value: Any, base: str) -> Any:
    return value


def _nothing(value: Any) -> Iterator[Problem]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value has to be.

    Attributes:
        check: Problems of a value that is not null.
        write: What becomes of an accepted one.
    """

    check: Check = _nothing
    write: Write = _as_it_is

    def problems(self, value: Any) -> Iterator[Problem]:
        """Problems of any value: a null is refused everywhere."""
        if value is None:
            yield Problem((), "is empty (null)", "Give it a value, or remove the line")
        else:
            yield from self.check(value)


def _no_text(value: Any) -> Problem:
    """What is wrong with what is no text: later specs write several fields as mappings, which this CI did not know."""
    match value:
        case {"source": str()}:
            return Problem(
                (), "is not a text", "Write what its source says, without the key: mappings came later"
            )
        case dict() | list():
            return Problem((), "is not a text", "Write one text")
    return Problem((), "is not a text", "Put it in quotes")


def text(
    accepts: Callable[[str], bool] = lambda value: True,
    says: str = "",
    hint: str = "",
    write: Write = _as_it_is,
) -> Shape:
    """A text, for which `accepts` holds; `says` and `hint` are for one for which it does not."""

    def check(value: Any) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield _no_text(value)
        elif not accepts(value):
            yield Problem((), says, hint)

    return Shape(check, write)


def one_of(*values: str) -> Shape:
    return text(lambda value: value in values, f"is not one of {', '.join(values)}", "Use one of them")


def listed(member: Shape, at_least: int = 0) -> Shape:
    def check(value: Any) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem((), "is not a list", "Write it as a list, with a dash before each member")
            return
        if len(value) < at_least:
            yield Problem((), "is an empty list", "Add a member, or remove the field")
        for number, one in enumerate(value):
            for problem in member.problems(one):
                yield problem.below(number)

    return Shape(check, lambda value, base: [member.write(one, base) for one in value])


Unknown: TypeAlias = Literal["refused", "dropped", "kept"]


def fields(
    shapes: Mapping[str, Shape],
    required: tuple[str, ...] = (),
    unknown: Unknown = "refused",
    also: Check = _nothing,
) -> Shape:
    """A mapping with named fields.

    Args:
        unknown: What becomes of fields that it does not have.
        also: Asked when no field has a problem.
    """

    def check(value: Any) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem((), "is not a mapping", "Write it as fields with values")
            return
        fine = True
        for name in required:
            if name not in value:
                fine = False
                yield Problem((name,), "is missing", f"Add {name}")
        for name, one in value.items():
            shape = shapes.get(name)
            if shape is None:
                if unknown == "refused":
                    fine = False
                    yield Problem((name,), "is not a field of this format", "Remove it, or move it to config")
                continue
            for problem in shape.problems(one):
                fine = False
                yield problem.below(name)
        if fine:
            yield from also(value)

    def write(value: Any, base: str) -> dict[str, Any]:
        return {
            name: shapes[name].write(one, base) if name in shapes else one
            for name, one in value.items()
            if name in shapes or unknown == "kept"
        }

    return Shape(check, write)


mapping = fields({}, unknown="kept")
name = text(
    lambda value: "/" not in value and "\\" not in value,
    "contains “/” or “\\”",
    "Remove the slash: the format 0.2.3 refuses it",
)
email = text(
    lambda value: bool(_EMAIL.fullmatch(value)), "is not an email address", "Correct it, or remove it"
)


def _orcid(value: str) -> bool:
    digits = value.replace("-", "")
    if len(value) < 19 or {value[4], value[9], value[14]} != {"-"} or not digits[:-1].isdigit():
        return False
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1].upper()


orcid = text(_orcid, "is not an ORCID iD", "Write it as 0000-0001-2345-6789, with its check digit")


def _no_version(value: Any) -> Iterator[Problem]:
    try:
        Version(str(value))
    except InvalidVersion:
        yield Problem((), "is not a version", "Write it as 1.2.3")


version = Shape(_no_version, lambda value, base: str(Version(str(value))))


# URLs and paths


def is_library_url(value: str) -> bool:
    """Whether the library takes a text for an http(s) URL, the line break of a block scalar or not; otherwise for a path."""
    return bool(_URL.fullmatch(value.removesuffix("\n")))


def _is_uri(value: str) -> bool:
    try:
        return len(urlparse(value).scheme) > 1
    except ValueError:
        return False


def _again(value: str) -> str:
    """A URL as the library writes it: without an empty query, and without parameters behind a semicolon."""
    parts = urlparse(value)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, parts.fragment))


def joined(base: str, path: str) -> str:
    """A path below a URL or folder; as it is where that is not known, or it is absolute."""
    name = PurePosixPath(path)
    if not base or name.is_absolute():
        return name.as_posix()
    parts = urlsplit(base)
    folder = PurePosixPath(parts.path)
    below = folder.parent / name / "content" if _is_zenodo_file(parts.netloc, parts.path) else folder / name
    return urlunsplit(parts._replace(path=below.as_posix()))


def _address(is_url: Callable[[str], bool]) -> Write:
    return lambda value, base: _again(value) if is_url(value) else joined(base, value)


url_or_path = text(write=_address(is_library_url))
uri_or_path = text(write=_address(_is_uri))
url = text(
    is_library_url,
    "is not an http or https URL",
    "Write the whole URL, https://… without spaces",
    _address(is_library_url),
)
documentation = text(
    lambda value: is_library_url(value) or value.endswith(".md"),
    "is neither a URL nor the path of a .md file",
    "Move the text to a file, such as README.md, and name that",
    _address(is_library_url),
)


def parent_of(url: str) -> str:
    """The folder of a file by its URL or path; of a file in a record of Zenodo, the record's."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = PurePosixPath(parts.path)
    if _is_zenodo_file(parts.netloc, parts.path):
        return urlunsplit(
            parts._replace(path=(path.parent.parent / "content").as_posix(), query="", fragment="")
        )
    parent = path.parent.as_posix()
    return urlunsplit(parts._replace(path="" if parent == "." else parent, query="", fragment=""))


def _is_zenodo_file(host: str, path: str) -> bool:
    return host == "zenodo.org" and path.startswith("/api/records/") and path.endswith("/content")
