"""A question that one model leaves open is answered by those beside it, as they are written."""

from __future__ import annotations

import pytest

from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.upgrade.models.test_models import MODEL
from tests.upgrade.test_plan import HEAD, Files

VERSION = "        pytorch_version: 1.10\n"
SILENT = MODEL.replace(VERSION, "")


def proposed(rdfs: dict[str, str], judge: CachedJudge) -> list[tuple[object, str]]:
    """(proposal, how it was derived) of each library version that is asked for."""
    entries = "".join(
        f"  - {{id: {id}, type: model, rdf_source: {id}.yaml}}\n" for id in rdfs if id != "elsewhere"
    )
    files = Files({f"{id}.yaml": text for id, text in rdfs.items()})
    plan = make_plan(read_manifest(Document.parse(HEAD + entries)), files, judge, Answers())
    return [(one.proposal, one.derived) for one in plan.questions if one.kind == "library-version"]


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"elsewhere": MODEL},
        {"b": SILENT.replace("torchscript:", "pytorch_state_dict:").replace("# traced", "# a.B")},
        {"b": MODEL.replace("1.10", "the newest")},
    ],
    ids=["nobody beside it", "outside the manifest", "of another format", "no version"],
)
def test_no_version_is_proposed_that_nobody_tells(others: dict[str, str], judge: CachedJudge) -> None:
    assert proposed({"a": SILENT, **others}, judge)[0] == (None, "")


def test_the_version_of_a_sibling_is_proposed_as_it_is_written(judge: CachedJudge) -> None:
    assert proposed({"a": SILENT, "b": MODEL}, judge) == [("1.10", "as in b")]


def test_the_version_that_most_siblings_tell_is_proposed(judge: CachedJudge) -> None:
    newer = MODEL.replace("1.10", "1.13")
    assert proposed({"a": MODEL, "b": newer, "c": SILENT, "d": newer}, judge) == [("1.13", "as in b")]
