"""Every real pull request of the corpus is listed and described by what differs in the data, and merges as git or as both sides mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from tests.comparison.pulls import PULLS
from tests.contributions.figures import Bundle
from tests.corpus import needs_corpus
from tests.repository.conftest import own_git_configuration  # noqa: F401

BUNDLES = sorted(PULLS.glob("*.bundle"))
MOST_PAIRS = 25
ALLOWED = {
    "pull requests",
    "state merged",
    "state unknown",
    "state probably-open",
    "merged, as all of its changes are in the branch",
    "touch the manifest",
    "entries as in the data",
    "a side cannot be read",
    "pairs",
    "pairs: git merges",
    "pairs: git does not merge",
    "pairs: a side cannot be read",
    "pairs: git does not, merged by entry",
    "pairs: git does not, to be decided",
    "pairs: git does not, another file to be decided",
    "historic merges of two sides",
    "historic merges: the tree that was committed",
    "historic merges: the manifest that was committed",
    "historic merges: asked about",
    "historic merges: what was committed lost an edit of one side",
}


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: str(bundle.stem))
def test_real_pull_requests_are_described_and_merge(bundle: Path, tmp_path: Path) -> None:
    with Checker() as checker:
        figures = Bundle(bundle, tmp_path, checker)
        figures.states()
        figures.entries()
        figures.pairs(MOST_PAIRS)
        figures.past()
    assert figures.rows.keys() <= ALLOWED, figures.why
    assert figures.rows["pull requests"] == len(figures.listed) > 0
