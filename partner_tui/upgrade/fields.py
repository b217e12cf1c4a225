"""The fields of the latest formats (generic 0.3 and its kin), and which of them are lists or people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from partner_tui.addresses.urls import is_path
from partner_tui.manifest.resource_types import WITH_FORMAT

FILES = frozenset(("source", "documentation", "covers", "icon", "attachments"))
"""The keys of files, described or bare; in any other field a text is no path, whatever it says."""

COMMON = frozenset(
    [
        "format_version",
        "type",
        "id",
        "parent",
        "name",
        "description",
        "documentation",
        "covers",
        "id_emoji",
        "authors",
        "attachments",
        "cite",
        "license",
        "git_repo",
        "icon",
        "links",
        "uploader",
        "maintainers",
        "tags",
        "version",
        "version_comment",
        "badges",
        "config",
        "source",
    ]
)
LISTS = ("covers", "authors", "attachments", "cite", "links", "maintainers", "tags", "badges")
PERSON = frozenset(["name", "affiliation", "email", "orcid", "github_user"])
FILE = frozenset(("source", "sha256"))
MEMBERS = {
    "authors": PERSON,
    "maintainers": PERSON,
    "cite": frozenset(("text", "doi", "url")),
    "badges": frozenset(("label", "icon", "url")),
    "covers": FILE,
    "attachments": FILE,
}
"""Of fields that are lists of objects: the keys that these may have."""
_CALLED = {
    "authors": "name",
    "maintainers": "name",
    "cite": "text",
    "badges": "label",
    "covers": "source",
    "attachments": "source",
}
NULLABLE = frozenset(
    [
        "id",
        "parent",
        "documentation",
        "id_emoji",
        "license",
        "git_repo",
        "icon",
        "uploader",
        "version",
        "version_comment",
        "source",
    ]
)
"""Fields that may be null, so that their lines can stay."""
NEEDED = frozenset(("format_version", "type", "id", "name", "inputs", "outputs", "weights"))
"""Fields that cannot move to `config` however wrong they are."""
SPECIFIC = WITH_FORMAT | {"collection"}
"""What has a format of its own; all else is generic."""


def mapping(value: Any) -> dict[Any, Any]:
    """A value that is a mapping; else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """A value that is a list; else an empty one."""
    return value if isinstance(value, list) else []


def objects(value: Any) -> list[dict[str, Any]]:
    """The members of a list that are mappings."""
    return [one for one in listed(value) if isinstance(one, dict)]


def people(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Every author and maintainer that is an object."""
    return objects(data.get("authors")) + objects(data.get("maintainers"))


def put(holder: dict[str, Any], key: str, value: Any, instead_of: Collection[str]) -> None:
    """Put a value where the first of some keys is; the others go."""
    old = list(holder.items())
    holder.clear()
    for name, one in old:
        if name in instead_of:
            holder.setdefault(key, value)
        else:
            holder[name] = one


def described(file: Any) -> Any:
    """A file as the format wants it: an object with a `source`."""
    return {"source": file} if isinstance(file, str) else file


def path_of(file: Any) -> str | None:
    """The path or URL of a file, described or bare."""
    path = file.get("source") if isinstance(file, dict) else file
    return path if isinstance(path, str) else None


def paths_in(value: Any, key: Any) -> list[str]:
    """The relative paths of the files in what stands behind a key."""
    if isinstance(value, dict):
        return [path for name, one in value.items() for path in paths_in(one, name)]
    if isinstance(value, list):
        return [path for one in value for path in paths_in(one, key)]
    return [value] if key in FILES and is_path(value) else []


def called(field: str, member: dict[str, Any]) -> dict[str, Any]:
    """The part of a list's object that tells it from the others: a person's name, a badge's label."""
    key = _CALLED[field]
    return {key: member[key]} if member.get(key) is not None else {}
