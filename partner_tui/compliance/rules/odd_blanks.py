"""A blank that the spec library's reader stops at, or that not every reader takes for the same.

Source: ruyaml, which the spec library reads RDFs with, takes no tab outside of texts and comments; a line ends at U+0085,
U+2028 and U+2029 in YAML 1.1 alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.blanks import odd_breaks, tabs_outside_texts
from partner_tui.manifest.text.document import Path

NAME = "odd-blank"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    document = manifest.document
    for index in tabs_outside_texts(document):
        yield finding(
            NAME,
            Severity.ERROR if manifest.is_rdf else Severity.WARNING,
            manifest,
            _home(manifest, document.place(index).line),
            "A tab outside quotes and comments: the spec library cannot read this file",
            "Replace the tab with a space",
            position=document.place(index),
        )
    for index in odd_breaks(document):
        name = f"U+{ord(document.text[index]):04X}"
        yield finding(
            NAME,
            Severity.WARNING,
            manifest,
            _home(manifest, document.place(index).line),
            f"An invisible line break ({name}) is a line break in YAML 1.1 and none in YAML 1.2",
            f"Remove it, or write it as \\u{name[2:].lower()} in double quotes",
            position=document.place(index),
        )


def _home(manifest: Manifest, line: int) -> Path:
    """The entry that a line belongs to; the root for a line of none."""
    entry = next((one for one in reversed(manifest.entries) if one.line <= line), None)
    return entry.path if entry and line <= manifest.document.line_span(entry.path)[1] else ()
