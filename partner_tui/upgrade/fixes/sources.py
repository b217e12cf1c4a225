"""Fixes of a resource's `source`: notebooks behind badges, sources that are files, and those that are none."""

from __future__ import annotations

from typing import Any

from partner_tui.addresses.doi import bare
from partner_tui.addresses.forge import notebook_behind, opens_in_colab
from partner_tui.addresses.urls import is_path, is_url, suffix
from partner_tui.manifest.text.values import texts_in
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import described
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.question import Choice, each

IS_APPLICATION = "application"
_LINKING = ("source", "download_url", "badges", "documentation", "git_repo", "attachments")


_EMOJI = 2
"""An icon of at most so many characters is shown as it is."""


@fix(
    "notebook-source-from-badge",
    "Use .ipynb as source",
    "A notebook's source is the .ipynb file; a home page is moved to config.",
    FixKind.CONFIG,
)
def notebook_source_from_badge(draft: Draft) -> None:
    """A notebook's source is an .ipynb file: where it is a home page, the notebook behind a badge or link is the source."""
    source = draft.data.get("source")
    if draft.type != "notebook" or (
        isinstance(source, str) and suffix(source) == ".ipynb" and (is_url(source) or is_path(source))
    ):
        return
    found = _linked(draft)
    if not found or len(found) > 1:
        _asked(draft, found)
        return
    (notebook,) = found
    if source == found[notebook] and isinstance(source, str):
        draft.data["source"] = draft.respell(source, notebook)
        return
    _put(draft, notebook, found[notebook])


def _linked(draft: Draft) -> dict[str, str]:
    """The links to notebooks by the notebook: the one that a badge opens in Colab, before all that are mentioned."""
    found: dict[str, str] = {}
    for field in _LINKING:
        for text in texts_in(draft.data.get(field)):
            if (notebook := notebook_behind(text)) is not None:
                found.setdefault(notebook, text)
        if found and field in ("source", "download_url"):
            return found
    in_colab = {notebook: link for notebook, link in found.items() if opens_in_colab(link)}
    return in_colab if len(in_colab) == 1 else found


def _put(draft: Draft, notebook: str, link: str) -> None:
    source = draft.data.pop("source", None)
    if source not in (None, ""):
        draft.to_config("source", source)
    if link == draft.data.get("download_url"):
        del draft.data["download_url"]
    draft.respell(link, notebook)
    draft.data["source"] = notebook


def _asked(draft: Draft, found: dict[str, str]) -> None:
    """Several notebooks, or none: the maintainer says which, or that it is an application."""
    name, id = notebook_source_from_badge.name, draft.context.id
    answer = draft.ask(
        f"{name}:{id}" if found else name,
        name if found else "notebook-without-source",
        f"Which notebook is {id}?" if found else "These notebooks name no .ipynb file; what are they?",
        notebook_source_from_badge.why,
        proposal=next(iter(found), IS_APPLICATION),
        derived="the first notebook it links to" if found else "an application may have any source",
        choices=(*each(found), Choice(IS_APPLICATION, "an application, not a notebook")),
    )
    if answer == IS_APPLICATION:
        draft.data["type"] = draft.respell("notebook", IS_APPLICATION)
    else:
        _put(draft, answer, found[answer])


@fix(
    "source-to-config",
    "Move non-URL sources",
    "The source of this type is a URL.",
    FixKind.CONFIG,
)
def source_to_config(draft: Draft) -> None:
    """The source of a dataset or generic resource is a URL, a DOI's that of its page; what is none is kept in config."""
    source = draft.data.get("source")
    if source is None or draft.type in ("notebook", "model") or is_url(source):
        return
    if draft.type == "application" and is_path(source):
        return
    text = source.strip() if isinstance(source, str) else ""
    if (doi := bare(text) or bare(f"doi:{text}")) is not None:
        draft.data["source"] = draft.respell(source, f"https://doi.org/{doi}")
    elif is_url(text):
        draft.data["source"] = draft.respell(source, text)
    else:
        draft.to_config("source", draft.data.pop("source"))


@fix(
    "source-objects",
    "Convert file fields",
    "Covers, icon, documentation and attachments are objects with a source.",
    FixKind.AUTO,
)
def source_objects(draft: Draft) -> None:
    data = draft.data
    if "documentation" in data:
        data["documentation"] = described(data["documentation"])
    if isinstance(icon := data.get("icon"), str) and len(icon) > _EMOJI:
        data["icon"] = {"source": icon}
    if isinstance(covers := data.get("covers"), list):
        data["covers"] = [described(one) for one in covers]
    if isinstance(attachments := data.get("attachments"), dict):
        _attachments(draft, attachments)
    if isinstance(attachments := data.get("attachments"), list):
        data["attachments"] = [described(one) for one in attachments]


def _attachments(draft: Draft, attachments: dict[str, Any]) -> None:
    """Format 0.2 had `files` and anything else beside them."""
    files = attachments.pop("files", None)
    if attachments:
        draft.to_config("attachments", attachments)
    draft.data["attachments"] = files if isinstance(files, list) else [files] if files else []
    draft.drop_if_empty("attachments")
