"""Blanks that readers of YAML disagree on: tabs outside of texts, and the line breaks that only YAML 1.1 knows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from partner_tui.manifest.text.comments import opaque_texts
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.syntax_errors import INVISIBLE_BREAKS

_BREAK = re.compile(f"[{INVISIBLE_BREAKS}]")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)


def odd_breaks(document: Document) -> Iterator[int]:
    """Where a line ends for PyYAML and does not for the spec library."""
    text = document.text
    return (
        (found.start() for found in _BREAK.finditer(text))
        if any(one in text for one in INVISIBLE_BREAKS)
        else iter(())
    )


def tabs_outside_texts(document: Document) -> Iterator[int]:
    """Where a tab stands that the spec library's reader stops at: in no quotes, text block or comment. One a line."""
    text = document.text
    at = text.find("\t")
    if at < 0:
        return
    spans = sorted(opaque_texts(document.layout, document.root))
    starts = [start for start, _ in spans]
    layout = document.layout
    while at >= 0:
        span = bisect_right(starts, at) - 1
        if span >= 0 and at < spans[span][1]:
            at = text.find("\t", at + 1)
            continue
        begin = layout.line_start(at)
        if span >= 0 and spans[span][1] > begin:  # a quoted text may hold what looks like a comment
            begin = spans[span][1]
        end = layout.line_end(at)
        if not _COMMENT.search(text, begin, at):
            rest = text[at:end].lstrip(" \t")
            if rest or text[layout.line_start(at) : at].strip():
                yield at
        at = text.find("\t", end)
