"""Documentation is a Markdown file: a link to anything else is put into one, or dropped where the entry repeats it."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.addresses.urls import is_path, is_url, suffix
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

_REPEATED_BY = ("source", "download_url", "git_repo")


@fix(
    "documentation-stub",
    "Create Markdown docs",
    "Documentation must be a .md file; a new file links to the page.",
    FixKind.FILE,
)
def documentation_stub(draft: Draft) -> None:
    value = draft.data.get("documentation")
    given = value.get("source") if isinstance(value, dict) else value
    if given is None or (
        isinstance(given, str) and suffix(given) == ".md" and (is_url(given) or is_path(given))
    ):
        return
    repeated = next((field for field in _REPEATED_BY if given and draft.data.get(field) == given), None)
    if repeated:
        del draft.data["documentation"]
        draft.repeats(given)
        return
    texts = given if isinstance(given, list) else [given]
    if not all(isinstance(one, str) for one in texts):
        return  # of no shape that the formats ever had
    path = draft.create_file(f"docs/{_stem(draft)}.md", _content(texts), url=" ".join(texts))
    draft.data["documentation"] = {"source": path}


def _content(texts: list[Any]) -> str:
    lines = [f"<{one}>" if is_url(one) else one for one in texts]
    return "# Documentation\n\n" + "\n\n".join(lines) + "\n"


def _stem(draft: Draft) -> str:
    name = draft.data.get("id") or draft.context.id or draft.data.get("name") or "documentation"
    return re.sub(r"[^a-z0-9_-]+", "-", str(name).rpartition("/")[2].lower()).strip("-") or "documentation"
