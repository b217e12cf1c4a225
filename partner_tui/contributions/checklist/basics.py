"""Answers the questions about an entry's texts, people, license and tags, as far as a machine can."""

from __future__ import annotations

import re
from collections.abc import Callable

from partner_tui.addresses.doi import bare, read_doi
from partner_tui.addresses.urls import is_url
from partner_tui.compliance.finding import Severity
from partner_tui.contributions.checklist.files import HERE
from partner_tui.contributions.checklist.item import Answered, Check, State, Subject, counted, source_of
from partner_tui.manifest.files import path_in_clone
from partner_tui.manifest.stored_files import absent, lfs_pointer
from partner_tui.plain import plural
from partner_tui.splash.tag_categories import TAG_CATEGORIES

_HEADING = re.compile(r"^#{1,6}\s|^.+\n(?:=+|-{3,})\s*$", re.MULTILINE)
_CODE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(|<img\b", re.IGNORECASE)


def text_field(name: str, told: Callable[[str], str], found: State = "open") -> Check:
    """A text that is there, and that no check objects to: whether it is a good one, mostly a person tells."""

    def check(subject: Subject) -> Answered:
        value = subject.data.get(name)
        if value is None or not str(value).strip():
            return "fail", f"no {name}"
        if said := subject.objections(name):
            return "fail", said[0]
        return (found, told(value)) if isinstance(value, str) else ("fail", f"{name} is not text")

    return check


name = text_field("name", lambda text: f"“{text.strip()[:80]}”")
description = text_field("description", lambda text: f"{len(text)} characters")
license = text_field("license", str, "pass")


def people(subject: Subject) -> Answered:
    if not subject.data.get("authors"):
        return "fail", "no authors"
    if said := subject.objections("authors", "maintainers"):
        return "fail", said[0]
    maintainers = subject.data.get("maintainers")
    if not maintainers:
        return "open", "authors, but no maintainers"
    return "pass", f"{counted(subject.data['authors'], 'author')}, {counted(maintainers, 'maintainer')}"


def citation(subject: Subject) -> Answered:
    cite = subject.data.get("cite")
    if not isinstance(cite, list) or not cite:
        return "fail", "no cite"
    if said := subject.objections("cite"):
        return "fail", said[0]
    for one in cite:
        doi = str(one.get("doi") or "") if isinstance(one, dict) else ""
        if doi and not (read_doi(doi) or bare(doi)):
            return "fail", f"“{doi[:80]}” is not a DOI"
    named = [one for one in cite if isinstance(one, dict) and (one.get("doi") or is_url(one.get("url")))]
    if len(named) < len(cite):
        return "fail", f"{len(cite) - len(named)} of {len(cite)} citations have no DOI or URL"
    return "pass", plural(len(cite), "citation")


def tags(subject: Subject) -> Answered:
    value = subject.data.get("tags")
    if not isinstance(value, list) or not value:
        return "fail", "no tags"
    if said := subject.objections("tags"):
        return "fail", said[0]
    if subject.type != "model":
        return "pass", plural(len(value), "tag")
    own = {str(tag).lower() for tag in value}
    lacking = [category for category, known in TAG_CATEGORIES.items() if own.isdisjoint(known)]
    if not lacking:
        return "pass", f"{plural(len(value), 'tag')}, one of each category"
    return "open", f"{plural(len(value), 'tag')}, none of {', '.join(lacking)}"


def documentation(subject: Subject) -> Answered:
    reference = source_of(subject.data.get("documentation"))
    if not reference:
        return "fail", "no documentation"
    if said := subject.objections("documentation"):
        return "fail", said[0]
    path = path_in_clone(reference, subject.files, subject.base)
    if path is None:
        return "open", f"external: {reference[:80]}"
    text = subject.files.read_text(path)
    if text is None:
        return "fail", f"{absent(path, subject.files, HERE)}, or is not a text"
    if lfs_pointer(text.encode()):
        return "open", f"{path} is in Git LFS"
    return "open", f"{path}: {_count(_HEADING, text, 'heading')}, {len(_CODE.findall(text)) // 2} code blocks"


def pictures_in_documentation(subject: Subject) -> Answered:
    path = path_in_clone(source_of(subject.data.get("documentation")), subject.files, subject.base)
    text = subject.files.read_text(path) if path else None
    return "open", _count(_PICTURE, text, "picture") if text is not None else ""


def icon_and_badges(subject: Subject) -> Answered:
    icon = subject.data.get("icon") or subject.data.get("id_emoji")
    badges = subject.data.get("badges")
    if not icon and not badges:
        return "n/a", "no icon, no badges"
    return "open", f"{'an icon' if icon else 'no icon'}, {counted(badges or [], 'badge')}"


def valid(subject: Subject) -> Answered:
    errors = [one.message for one in subject.findings if one.severity is Severity.ERROR]
    return ("fail", errors[0]) if errors else ("pass", "no errors")


def _count(pattern: re.Pattern[str], text: str, noun: str) -> str:
    return plural(len(pattern.findall(text)), noun)
