"""A notebook's source is an .ipynb file: where it is a home page, the notebook behind a badge or link is the source."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.question import Choice, Question
from partner_tui.upgrade.urls import is_path, is_url, notebook_behind, opens_in_colab, strings, suffix

NAME = "notebook-source-from-badge"
TITLE = "Use .ipynb as source"
WHY = "A notebook's source is the .ipynb file; a home page that stood there is kept in config."
CLASS = "config"

IS_APPLICATION = "application"
_LINKING = ("source", "download_url", "badges", "documentation", "git_repo", "attachments")


def fix(draft: Draft) -> None:
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
        for text in strings(draft.data.get(field)):
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
    several = tuple(Choice(one, one) for one in found)
    answer = draft.ask(
        Question(
            f"{NAME}:{draft.context.id}" if found else NAME,
            NAME if found else "notebook-without-source",
            f"Which notebook is {draft.context.id}?"
            if found
            else "These notebooks name no .ipynb file; what are they?",
            WHY,
            proposal=next(iter(found), IS_APPLICATION),
            derived="the first notebook it links to" if found else "an application may have any source",
            choices=(*several, Choice(IS_APPLICATION, "an application, not a notebook")),
        )
    )
    if answer == IS_APPLICATION:
        draft.data["type"] = draft.respell("notebook", IS_APPLICATION)
    else:
        _put(draft, answer, found[answer])
