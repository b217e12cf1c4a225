"""Checks that what changes what a model does is said in the new format, was asked or noted: never in `config` unsaid.

`config` keeps every old value word for word, so that nothing is lost; but no software reads it there. Whatever fix moved
a value, the audit asks here, at the end, which parts of the old model the new one does not say: every field that is not
declared as words about it, of tensors, of weights and of the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.models.steps import INEXPRESSIBLE
from partner_tui.upgrade.models.tensor_meaning import Compared, asked
from partner_tui.upgrade.models.tensors import SIDES, is_described_by_letters, name, tensors

OF_WEIGHTS = frozenset(("authors", "comment", "name", "description", "documentation", "attachments"))
"""Fields of weights that say nothing of what the model does."""
WORDS_OF_THE_ROOT = frozenset(
    (
        *(
            "id",
            "type",
            "name",
            "description",
            "documentation",
            "format_version",
            "version",
            "version_comment",
        ),
        *("authors", "maintainers", "packaged_by", "contributors", "uploader", "owners", "cite", "license"),
        *(
            "tags",
            "covers",
            "icon",
            "id_emoji",
            "nickname",
            "nickname_icon",
            "badges",
            "links",
            "attachments",
        ),
        *("git_repo", "download_url", "download_count", "rdf_source", "url", "thumbnails", "training_data"),
        *(
            "date",
            "timestamp",
            "created",
            "status",
            "language",
            "framework",
            "sample_inputs",
            "sample_outputs",
        ),
    )
)
"""Fields of a model that say nothing of what it does; any other, also one that nobody here knows, is told when it goes to
`config`."""
_NOTHING: tuple[Any, ...] = (None, "", "null", "None", [], {})


_ASKED = ("weights_versions", "weights_format")
"""Answered by the maintainer."""


def unsaid(draft: Draft, old: dict[str, Any]) -> Iterator[str]:
    """What the new model does not say of the old one, one line each.

    Args:
        old: The old fields, under the names that the spec has for them.
    """
    inputs = tensors(draft.data, "inputs")
    for side in SIDES:
        for place, (was, now) in enumerate(zip(tensors(old, side), tensors(draft.data, side), strict=False)):
            if is_described_by_letters(was):
                compared = Compared(f"{side}[{place}]", was, now, inputs, asked(draft, side, name(now)))
                yield from compared.unsaid()
    yield from _of_the_root(draft, old)


def _of_the_root(draft: Draft, old: dict[str, Any]) -> Iterator[str]:
    """What the fixes put into `config`, by the names that they use there."""
    for field, value in draft.moved:
        root = field.partition("_")[0] if field.startswith(("weights_", "architecture_")) else field
        if field in _ASKED or field in SIDES or value in _NOTHING:
            continue  # asked for; and compared above
        if field == "parent" and "parent" in draft.data:
            continue  # linked by its id; the rest says where it lies
        if field == "weights":
            yield from _of_weights(value)
        elif root not in WORDS_OF_THE_ROOT:
            yield f"{field} {INEXPRESSIBLE}"


def _of_weights(value: Any) -> Iterator[str]:
    for format, fields in value.items() if isinstance(value, dict) else ():
        if isinstance(fields, dict) and "source" in fields:
            continue  # weights of an unknown format, which their fix tells of
        for field in fields if isinstance(fields, dict) else (None,):
            if field not in OF_WEIGHTS:
                place = f"weights.{format}" if field is None else f"weights.{format}.{field}"
                yield f"{place} {INEXPRESSIBLE}"
