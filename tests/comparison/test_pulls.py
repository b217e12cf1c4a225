"""The real contributions of the corpus merge: nothing that git merges is asked about, and nothing of either side is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.comparison.figures import Figures
from tests.comparison.pulls import PULLS, Repository
from tests.corpus import needs_corpus

BUNDLES = sorted(PULLS.glob("*.bundle"))
ALLOWED = {
    "all",
    "git merges",
    "git merges: git's result, byte for byte",
    "git does not merge",
    "git does not: merged",
    "git does not: a side cannot be read",
    "git does not: to be decided",
}


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: str(bundle.stem))
def test_real_contributions_merge(bundle: Path, tmp_path: Path) -> None:
    figures, past = Figures(), Figures()
    repository = Repository(bundle, tmp_path)
    for triple in (*repository.all_pairs(), *repository.successive()):
        figures.count(triple)
    for triple in repository.merges():
        past.merged_before(triple)
    assert figures.rows.keys() <= ALLOWED, figures.why
    assert figures.rows["git merges"] == figures.rows["git merges: git's result, byte for byte"]
    assert past.rows.keys() <= {"all", "what was committed, byte for byte", "a side cannot be read"}, past.why
