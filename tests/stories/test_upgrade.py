"""The upgrade: questions answered, files agreed to, applied as one step, taken back, done again, committed and pushed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from partner_tui.compliance.judge import Judge
from partner_tui.compliance.status import Status
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.document import Document
from partner_tui.manifest.files import NoFiles
from partner_tui.upgrade.judging import Remembered
from partner_tui.upgrade.plan import Plan, make_plan
from partner_tui.upgrade.question import Answers
from tests.corpus import manifests, needs_corpus
from tests.repository.remotes import git, make_clone
from tests.small_partner import make_repository
from tests.stories import acts
from tests.stories.conftest import NAME, Partner
from tests.stories.terminal import Terminal

SIZES = pytest.mark.parametrize("size", ((120, 36), (80, 24)), ids=lambda size: "x".join(map(str, size)))


@SIZES
def test_the_sample_is_upgraded_taken_back_done_again_and_pushed(
    size: tuple[int, int], home: Path, demo: Partner
) -> None:
    before = demo.manifest
    with Terminal(str(demo.clone), home=home, size=size) as app:
        app.sees("Entries 16", "● 5", "◐ 6", "✗ 3").rests()
        app.keys("U").sees("Upgrade 9 entries", "open", "Strip DOI prefixes").rests()
        app.keys("2").sees("to lowercase?", "Yes, and update links").rests().keys("enter").sees(
            "of 4"
        ).rests()
        app.sees("Moss application").keys("enter").sees("Question").rests()
        app.type("1.13.1").keys("enter").sees("Question 4").rests()
        app.type("1.15").keys("enter").sees("0 open").rests()
        app.keys("ctrl+s").sees("docs/meadow_segmenter.md").rests().keys("y").rests()
        app.keys("ctrl+s").sees("Applied as one step")
        assert demo.manifest != before
        app.rests().keys("ctrl+z").sees("Undone")
        assert demo.manifest == before
        app.rests().keys("ctrl+s").sees("Applied as one step").rests().keys("escape").sees(
            "Entries 16"
        ).rests()
        app.keys("3").sees("Not committed", "upgrade of").rests()
        app.keys("c").sees("sign off").rests().keys("ctrl+s").sees("Committed ")
        acts.push(app)
        acts.leave(app)
    assert "id: meadow_segmenter" in demo.pushed()
    assert "# three at most: more of them push the button down" in demo.pushed()
    assert "docs/meadow_segmenter.md" in git("ls-tree", "-r", "--name-only", "main", cwd=demo.remote)


@pytest.fixture(scope="module")
def historic() -> tuple[str, Plan]:
    """The text of a real manifest whose upgrade asks, creates files and finishes several entries; and its plan."""
    with Judge() as judge:
        remembered = Remembered(judge.judge)
        for path in manifests():
            try:
                manifest = read_manifest(Document.decode(path.read_bytes(), NAME))
            except ManifestParseError:
                continue
            plan = make_plan(manifest, NoFiles(), remembered, Answers(defaults=True))
            if plan.questions and len(plan.files) > 1 and len(_latest(plan)) > 3:
                return manifest.document.text, plan
    pytest.fail("no manifest of the corpus is upgraded with questions and files")


def _latest(plan: Plan) -> list[int]:
    return [entry.index for entry in plan.entries if entry.after is Status.LATEST]


def _behind(app: Terminal) -> int:
    """How many entries are outdated or invalid, as the bar says."""
    return sum(int(count) for count in re.findall(r"[◐✗] (\d+)", app.text.partition("╭")[0]))


@needs_corpus
@SIZES
def test_a_real_manifest_is_upgraded_taken_back_done_again_and_pushed(
    size: tuple[int, int], home: Path, tmp_path: Path, historic: tuple[str, Plan]
) -> None:
    text, plan = historic
    seed = make_repository(tmp_path / "seed", {NAME: text})
    remote = tmp_path / "remotes" / "historic.git"
    git("clone", "--quiet", "--bare", str(seed), str(remote), cwd=tmp_path)
    partner = Partner(remote, make_clone(remote, tmp_path / "historic"))
    upgraded = plan.documents[NAME].text
    with Terminal(str(partner.clone), home=home, size=size) as app:
        app.waits(lambda: _behind(app) == len(_latest(plan)), "never saw every entry checked").rests()
        app.keys("U").sees(f"Upgrade {len(_latest(plan))} entries", "open").rests()
        for answered in range(len(plan.questions)):
            left = len(plan.questions) - answered - 1
            app.keys("2").sees("Question").rests().keys("enter").sees(f"{left} open").rests()
        app.keys("ctrl+s").sees("y agrees").rests().keys("y").rests().keys("ctrl+s").sees(
            "Applied as one step"
        )
        assert partner.manifest == upgraded
        app.rests().keys("escape").sees("Entries ").rests().keys("ctrl+z").sees("Undone")
        assert partner.manifest == text
        app.rests().keys("ctrl+y").sees("Redone").rests()
        assert partner.manifest == upgraded
        app.keys("3").sees("Not committed", "upgrade of").rests()
        app.keys("c").sees("sign off").rests().keys("ctrl+s").sees("Committed ")
        acts.push(app)
        acts.leave(app)
    assert partner.pushed() == upgraded.rstrip("\n")
    listed = git("ls-tree", "-r", "--name-only", "main", cwd=remote).split()
    assert {file.path for file in plan.files} < set(listed)
