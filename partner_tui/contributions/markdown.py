"""A review as Markdown, to be posted as a comment: what it does, what was said of it, and the whole checklist.

The rule: contributed text is no markup there and mentions nobody; what the reviewer wrote is as they wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.contributions.checklist.item import Item, by_section
from partner_tui.contributions.kept import Comment, KeptReview, with_answers
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.plain import plural, visible

_MOST_FILES = 50
_NOTHING_KEPT = KeptReview()
_MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~"} | {"@": "@\u200b"})


def to_markdown(review: Review, kept: KeptReview = _NOTHING_KEPT, url: str = "") -> str:
    """The review of a contribution, with what was said of it; `url` is that of its page, where it is known."""
    return "\n".join(_lines(review, kept, url)).rstrip() + "\n"


def _lines(review: Review, kept: KeptReview, url: str) -> Iterator[str]:
    one = review.contribution
    yield f"## Review of {_code(one.name)}: {as_markdown(one.heading)}"
    yield ""
    if url:
        yield from (url, "")
    yield f"Entries {review.counts}, {_merges_words(review.merges)}. Reviewed at {one.head[:10]}."
    if kept.verdict:
        yield from ("", f"**Verdict: {kept.verdict_words(one.head)}**")
    if kept.comments:
        yield from ("", "### Comments", "")
        for comment in kept.comments:
            yield from _comment(comment)
    if cautions := list(review.cautions()):
        yield from ("", "### Needs care", "", *(f"- {as_markdown(caution)}" for caution in cautions))
    yield from _findings(review)
    yield from _entries(review)
    items = with_answers(review.checklist, kept)
    if items:
        yield from ("", "### Checklist")
    for section, listed in by_section(items).items():
        yield from ("", f"**{section}**", "", *map(_item, listed))


def _comment(comment: Comment) -> Iterator[str]:
    kind, _, name = comment.place.partition(":")
    about = [_code(part) for part in (name or kind, comment.at) if part]
    first, *rest = comment.text.strip().splitlines()
    yield f"- {', '.join(about) or 'All of it'}: {first}"
    yield from (f"  {line}".rstrip() for line in rest)
    if comment.quote:
        yield from ("", f"  > {as_markdown(comment.quote)}", "")


def _findings(review: Review) -> Iterator[str]:
    for title, kind in (("New findings", "new"), ("Resolved findings", "resolved")):
        lines = [
            f"- {_code(name)}: {finding.severity}: {as_markdown(finding.message)}"
            + (f". {as_markdown(finding.hint)}" if finding.hint and kind == "new" else "")
            for name, found in review.found
            for finding in getattr(found, kind)
        ]
        if lines:
            yield from ("", f"### {title}", "", *lines)


def _entries(review: Review) -> Iterator[str]:
    if review.touched:
        yield from ("", "### Entries", "")
    for change, _ in review.touched:
        was = f" (was {_code(change.was)})" if change.was else ""
        fields = dict.fromkeys(str(field.path[0]) for field in change.fields)
        what = ", ".join(map(_code, fields)) or "a file that it names"
        yield f"- {change.change}: {_code(change.name)}{was}: {what}"
    if review.files:
        yield from ("", "### Files", "")
    for file in review.files[:_MOST_FILES]:
        was = f" (was {_code(file.was)})" if file.was else ""
        yield f"- {file.change}: {_code(file.path)}{was}"
    if (more := len(review.files) - _MOST_FILES) > 0:
        yield f"- {plural(more, 'more file')}"


def _item(item: Item) -> str:
    """``- [x] **The license is an SPDX id**: MIT``; what fails or does not apply says so in words."""
    mark = "x" if item.state in ("pass", "n/a") else " "
    word = {"fail": "**fails** ", "n/a": "*not applicable* "}.get(item.state, "")
    said = " — ".join(part for part in (as_markdown(item.evidence), " ".join(item.remark.split())) if part)
    return f"- [{mark}] {word}{item.item}" + (f": {said}" if said else "")


def _merges_words(merges: Mergeability) -> str:
    words = {
        "git": "git merges it",
        "entries": "it merges by entry where git alone conflicts",
        "decision": "it merges after a decision",
        "no": "it cannot be merged",
    }[merges.how]
    return f"{words} ({as_markdown(merges.why)})" if merges.why else words


def as_markdown(text: str) -> str:
    """Contributed text in one line of Markdown: no markup, no mention of anybody."""
    return visible(" ".join(text.split()), 300).translate(_MARKUP)


def _code(text: str) -> str:
    return f"`{visible(' '.join(text.split()), 120).replace('`', chr(0x2BC))}`"
