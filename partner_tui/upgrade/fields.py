"""The fields of the latest formats (generic 0.3 and its kin), and which of them are lists or people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partner_tui.manifest.resource_types import WITH_FORMAT

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


def people(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every author and maintainer that is an object."""
    for field in ("authors", "maintainers"):
        value = data.get(field)
        yield from (one for one in (value if isinstance(value, list) else []) if isinstance(one, dict))


def citations(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every citation that is an object."""
    cite = data.get("cite")
    yield from (one for one in (cite if isinstance(cite, list) else []) if isinstance(one, dict))


def called(field: str, member: dict[str, Any]) -> dict[str, Any]:
    """The part of a list's object that tells it from the others: a person's name, a badge's label."""
    key = _CALLED[field]
    return {key: member[key]} if member.get(key) is not None else {}
