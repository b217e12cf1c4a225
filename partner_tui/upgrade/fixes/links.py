"""Links: to the file itself, and only where the format takes them; covers and documentation that are none."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.addresses.forge import raw_of_blob
from partner_tui.addresses.urls import is_path, is_url, suffix, without_punctuation
from partner_tui.pictures.references import COVER_SUFFIXES
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import listed, objects, path_of
from partner_tui.upgrade.fix import FixKind, fix

_FIELDS = ("source", "documentation", "git_repo", "icon", "download_url", "covers", "badges", "attachments")


_SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/]([^\s]+?)(?:\.git)?/?")
_BARE = re.compile(r"(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)/\S+")


@fix(
    "url-punctuation",
    "Trim URL punctuation",
    "A trailing comma passes the check but leads nowhere.",
    FixKind.AUTO,
)
def url_punctuation(draft: Draft) -> None:
    for field in _FIELDS:
        if field in draft.data:
            draft.data[field] = _mended(draft, draft.data[field])
    for one in objects(draft.data.get("cite")):
        if isinstance(one.get("url"), str):
            one["url"] = _mended(draft, one["url"])


def _mended(draft: Draft, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _mended(draft, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_mended(draft, one) for one in value]
    if isinstance(value, str) and is_url(value.strip()):
        return draft.respell(value, without_punctuation(value))
    return value


@fix(
    "blob-to-raw",
    "Use raw GitHub URLs",
    "A GitHub blob page is HTML, not the picture or text that it shows.",
    FixKind.AUTO,
)
def blob_to_raw(draft: Draft) -> None:
    for field in ("covers", "icon", "attachments"):
        if field in draft.data:
            draft.data[field] = _raw(draft, draft.data[field])
    documentation = draft.data.get("documentation")
    if isinstance(documentation, str) and suffix(documentation) == ".md":
        draft.data["documentation"] = _raw(draft, documentation)
    source = draft.data.get("source")
    if draft.type == "notebook" and isinstance(source, str) and suffix(source) == ".ipynb":
        draft.data["source"] = _raw(draft, source)


def _raw(draft: Draft, value: Any) -> Any:
    if isinstance(value, list):
        return [_raw(draft, one) for one in value]
    if isinstance(value, dict):
        return {key: _raw(draft, one) for key, one in value.items()}
    raw = raw_of_blob(value) if isinstance(value, str) else None
    return draft.respell(value, raw) if raw else value


@fix(
    "git-repo-url",
    "Complete git_repo URLs",
    "git_repo is a full URL.",
    FixKind.CONFIG,
)
def git_repo_url(draft: Draft) -> None:
    """git_repo is a full URL: other ways to write one are spelled out, anything else is kept in config."""
    given = draft.data.get("git_repo")
    if given is None or is_url(given):
        return
    text = given.strip() if isinstance(given, str) else ""
    if found := _SSH.fullmatch(text):
        draft.data["git_repo"] = draft.respell(given, f"https://{found[1]}/{found[2]}")
    elif _BARE.fullmatch(text):
        draft.data["git_repo"] = draft.respell(given, f"https://{text}")
    elif text.startswith("git://") and is_url(https := f"https://{text[6:]}"):
        draft.data["git_repo"] = draft.respell(given, https)
    elif is_url(text):
        draft.data["git_repo"] = draft.respell(given, text)
    else:
        draft.to_config("git_repo", draft.data.pop("git_repo"))


@fix(
    "cover-suffix",
    "Move non-image covers",
    "A cover is a .gif, .jpeg, .jpg, .png or .svg file.",
    FixKind.CONFIG,
)
def cover_suffix(draft: Draft) -> None:
    covers = listed(draft.data.get("covers"))
    if others := [one for one in covers if not _is_picture(one)]:
        draft.data["covers"] = [one for one in covers if _is_picture(one)]
        draft.to_config("covers", others)
        draft.drop_if_empty("covers")


def _is_picture(cover: Any) -> bool:
    source = path_of(cover)
    return (
        source is not None
        and (is_url(source) or is_path(source))
        and suffix(source).lower() in COVER_SUFFIXES
    )


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
