"""The lines of a diff with the colours of their language. Bounded, and of few languages: what is coloured is contributed text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from posixpath import basename, splitext

from textual.content import Content

from partner_tui.comparison.hunks import Hunk
from partner_tui.plain import visible
from partner_tui.ui.widgets.diff_lines import MAX_LINE

MAX_HIGHLIGHTED = 60_000
"""Characters of a hunk."""
MAX_HIGHLIGHTED_LINE = 1_000
LANGUAGES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".ipynb": "json",
    ".py": "python",
    ".md": "markdown",
    ".toml": "toml",
    ".cfg": "ini",
    ".ini": "ini",
    ".sh": "bash",
    ".html": "html",
    ".xml": "xml",
    ".js": "javascript",
    ".css": "css",
}


def language_of(path: str) -> str | None:
    """The language that a file's name says; None for one that is not coloured."""
    return LANGUAGES.get(splitext(basename(path))[1].lower())


def highlighted(hunk: Hunk, language: str) -> Sequence[Content | None]:
    """Each line of a hunk in colours, both sides read as the texts that they are; None where there are none."""
    old = _coloured([line.text for line in hunk if line.sign != "+"], language)
    new = _coloured([line.text for line in hunk if line.sign != "-"], language)
    lines: list[Content | None] = []
    for line in hunk:
        before = next(old) if line.sign != "+" else None
        after = next(new) if line.sign != "-" else None
        lines.append(before if line.sign == "-" else after)
    return lines


def _coloured(texts: Sequence[str], language: str) -> Iterator[Content | None]:
    from textual.highlight import highlight

    plain = [visible(text, MAX_LINE) for text in texts]
    is_short = (
        sum(map(len, plain)) <= MAX_HIGHLIGHTED and max(map(len, plain), default=0) <= MAX_HIGHLIGHTED_LINE
    )
    if is_short:
        lines = highlight("\n".join(plain), language=language).split("\n", allow_blank=True)
        if [line.plain for line in lines] == plain:
            yield from lines
            return
    yield from [None] * len(plain)
