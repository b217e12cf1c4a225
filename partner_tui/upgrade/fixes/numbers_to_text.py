"""Numbers and dates among texts (tags, links, names) become the text that is written there."""

from __future__ import annotations

from typing import Any

from partner_tui.manifest.text.document import Path
from partner_tui.upgrade.draft import Draft

NAME = "numbers-to-text"
TITLE = "Quote numbers"
WHY = "Tags, links, ids, names and descriptions are text; YAML reads a bare 2018 as a number."
CLASS = "auto"

_TEXTS = ("id", "name", "description", "license", "version_comment", "git_repo", "id_emoji")
_LISTS = ("tags", "links")
_OBJECTS = ("authors", "maintainers", "cite", "badges")


def fix(draft: Draft) -> None:
    for field in _TEXTS:
        if field in draft.data:
            draft.data[field] = _text(draft, (field,), draft.data[field])
    for field in _LISTS:
        value = draft.data.get(field)
        if isinstance(value, list):
            draft.data[field] = [_text(draft, (field, at), one) for at, one in enumerate(value)]
    for field in _OBJECTS:
        value = draft.data.get(field)
        for at, one in enumerate(value if isinstance(value, list) else []):
            if isinstance(one, dict):
                for key in one:
                    one[key] = _text(draft, (field, at, key), one[key])


def _text(draft: Draft, path: Path, value: Any) -> Any:
    if value is None or isinstance(value, str | list | dict):
        return value
    return draft.respell(value, draft.context.token(path) or str(value))
