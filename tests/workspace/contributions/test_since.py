"""What a contributor changed since the last look, in entries of the manifest and in the RDFs that they name."""

from __future__ import annotations

from pathlib import Path

from partner_tui.compliance.checker import Checker
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.since import since
from tests.real_git import git, make_remote, push_from_elsewhere, write
from tests.small_partner import MANIFEST

RDF = "type: dataset\nformat_version: 0.3.0\nid: fern\nname: Fern\nlicense: MIT\n"


def _commit(root: Path, rdf: str) -> str:
    write(root, "rdfs/fern/rdf.yaml", rdf)
    git("commit", "--quiet", "--all", "-m", "Change", cwd=root)
    return git("rev-parse", "HEAD", cwd=root)


def test_fields_of_an_rdf_count_as_those_of_its_entry(tmp_path: Path) -> None:
    bare = make_remote(tmp_path)
    listed = MANIFEST + "  - id: fern\n    rdf_source: rdfs/fern/rdf.yaml\n"
    push_from_elsewhere(bare, "rdfs/fern/rdf.yaml", RDF)
    push_from_elsewhere(bare, "collection.yaml", listed)
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(bare), str(clone), cwd=tmp_path)
    git("switch", "--quiet", "--create", "theirs", cwd=clone)
    looked_at = _commit(clone, RDF.replace("MIT", "none"))
    _commit(clone, RDF.replace("MIT", "none").replace("Fern", "Royal fern"))
    checker = Checker()
    try:
        contributions = Contributions(clone, checker)
        review = contributions.review(contributions.find("theirs"))
        changed = since(clone, review, looked_at, contributions.sides)
        gone = since(clone, review, "0" * 40, contributions.sides)
    finally:
        checker.close()
    assert changed is not None and gone is not None
    assert [one.name for one in changed.entries] == ["fern"]
    assert "name" in changed.fields and "license" not in changed.fields
    assert gone.head == "" and {"name", "license"} <= gone.fields
