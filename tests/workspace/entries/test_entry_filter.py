from typing import Any

import pytest

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.workspace.entries.filter import EntryFacts, EntryFilter, facts_of

MANIFEST = """
collection:
  - {id: livecell, type: dataset, name: LIVECell, tags: [2D, live cell], authors: [{name: Ada Ek}], description: cells in dishes}
  - {id: unet, type: model, name: Nuclei U-Net, tags: [3D, nuclei], authors: Bo Sol, license: MIT}
  - {id: ilastik, type: application, name: ilastik}
  - {type: dataset, name: no id, covers: [a.png]}
"""
STATUSES = (Status.LATEST, Status.INVALID, Status.OUTDATED, Status.UNCHECKED)


def facts() -> list[EntryFacts]:
    manifest = read_manifest(Document.parse(MANIFEST))
    finding = Finding("spec", Severity.ERROR, (), 1, 1, "wrong")
    return [
        facts_of(
            entry,
            None,
            EntryCheck(entry.index, status, (lambda: (finding,)) if status is Status.INVALID else tuple),
        )
        for entry, status in zip(manifest.entries, STATUSES, strict=True)
    ]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("", [0, 1, 2, 3]),
        ("live", [0]),
        ("LIVE CELLS", [0]),
        ("ada", [0]),
        ("dishes", [0]),
        ("-nuclei", [0, 2, 3]),
        ("status:invalid", [1]),
        ("status:inv", [1]),
        ("status:invalid,outdated", [1, 2]),
        ("-status:latest", [1, 2, 3]),
        ("type:dataset", [0, 3]),
        ("type:dataset tag:2d", [0]),
        ('tag:"live cell"', [0]),
        ("author:sol", [1]),
        ("has:findings", [1]),
        ("has:cover", [3]),
        ("has:license type:model", [1]),
        ("status:", [0, 1, 2, 3]),
        ("status:invalid nothing", []),
        ('"no id', [3]),
    ],
)
def test_a_filter_line_shows_the_entries_that_it_names(line: str, shown: list[int]) -> None:
    assert [one.index for one in EntryFilter.parse(line).select(facts())] == shown


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("stauts:invalid", "“stauts:” is not a filter. Did you mean “status:”?"),
        ("qqq:1", "“qqq:” is not a filter. Filters: status, type, format, tag, author, id, name, has."),
        ("status:wrong", "“status:” must be one of latest, outdated, invalid, unresolved, unchecked."),
        (
            "has:wings",
            "“has:” must be one of findings, errors, warnings, fixes, cover, documentation, license, citation, rdf.",
        ),
        ("https://example.org/x", ""),
    ],
)
def test_what_is_not_understood_is_said(line: str, problem: str) -> None:
    assert EntryFilter.parse(line).problem == problem


@pytest.mark.parametrize(
    "own", [{"tags": None, "authors": 3}, {"authors": [None, {"name": None}]}, {"id": 7}, {}]
)
def test_facts_of_any_shape_are_read(own: dict[str, Any]) -> None:
    import json

    manifest = read_manifest(Document.parse(json.dumps({"collection": [own]})))
    assert facts_of(manifest.entries[0], None, None).status is Status.UNCHECKED
