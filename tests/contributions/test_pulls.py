"""Every real pull request of the corpus is described by exactly the entries that differ in the parsed data."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.contributions.entry_changes import entry_changes
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from tests.comparison.pulls import PULLS, Repository
from tests.corpus import needs_corpus

BUNDLES = sorted(PULLS.glob("*.bundle"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pulls")


def read(content: bytes | None) -> Manifest | None:
    try:
        return read_manifest(Document.decode(content or b""))
    except ManifestParseError:
        return None


def ids(manifest: Manifest) -> set[str]:
    return {entry.id for entry in manifest.entries if entry.id}


@needs_corpus
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: str(bundle.stem))
def test_entries_are_those_that_differ_in_the_data(bundle: Path, folder: Path) -> None:
    repository = Repository(bundle, folder)
    described = 0
    for number, head in repository.heads().items():
        start = repository.git("merge-base", f"{head}^", "HEAD") or f"{head}^"
        for _, (old, new) in repository.manifests(start, head):
            before, after = read(old), read(new)
            if before is None or after is None:
                continue
            described += 1
            changes = entry_changes(before, after)
            added = {one.name for one in changes if one.change == "added" and one.after and one.after.id}
            removed = {
                one.name for one in changes if one.change == "removed" and one.before and one.before.id
            }
            renamed = {(one.was, one.name) for one in changes if one.change == "renamed"}
            gone, come = {was for was, _ in renamed if was}, {name for _, name in renamed}
            assert added | come >= ids(after) - ids(before), number
            assert removed | gone >= ids(before) - ids(after), number
            for one in changes:
                if one.before and one.after:
                    assert not same(one.before.own, one.after.own), number
    assert described
