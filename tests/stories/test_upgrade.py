"""The upgrade: questions answered, files approved, applied at once, undone, redone, committed and pushed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.status import Status
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.plain import plural
from partner_tui.upgrade.plan import Plan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.corpus import manifests, needs_corpus
from tests.real_git import git, make_clone
from tests.small_partner import make_repository
from tests.stories import acts
from tests.stories.conftest import NAME, Partner
from tests.stories.terminal import Terminal

SUBJECT = "Upgrade 7 entries to 0.3.4 and 2 models to 0.5.14"


def test_the_sample_is_upgraded_from_the_first_question_to_the_push(home: Path, demo: Partner) -> None:
    before = demo.manifest
    with Terminal(str(demo.clone), home=home) as app:
        app.sees("Entries 16", "● 5", "◐ 6", "✗ 3").rests()
        app.keys("U").sees("4 questions, 2 new files to approve, then ctrl+s", "to lowercase?").rests()
        app.keys("1").sees("3 questions", "longer name", "Moss application").rests()
        app.keys("enter").sees("2 questions", "PyTorch version").rests()
        app.type("1.13.1").keys("enter").sees("1 question,", "TensorFlow version").rests()
        app.type("1.15").keys("enter").sees("2 new files to approve, then ctrl+s", "Fixes 24").rests()
        app.keys("ctrl+s").sees("Approve the new files first", "docs/meadow_segmenter.md").rests()
        assert demo.manifest == before
        app.keys("y").sees("Ready: press ctrl+s to apply.").rests()
        app.keys("ctrl+s").sees("Signed-off-by", SUBJECT).rests()
        assert "id: meadow_segmenter" in demo.manifest
        app.keys("escape").rests().keys("ctrl+z").sees("Undone").sees("No uncommitted changes")
        assert demo.manifest == before
        app.rests().keys("ctrl+y").sees("Redone").sees_no_more("No uncommitted changes").rests()
        app.keys("c").sees("Signed-off-by", SUBJECT).rests().keys("ctrl+s").sees("Committed ")
        acts.push(app)
        acts.leave(app)
    assert "id: meadow_segmenter" in demo.pushed()
    assert "# three at most: more of them push the button down" in demo.pushed()
    assert "docs/meadow_segmenter.md" in git("ls-tree", "-r", "--name-only", "main", cwd=demo.remote)
    assert git("log", "-1", "--format=%s", "main", cwd=demo.remote).strip() == SUBJECT


@pytest.fixture(scope="module")
def historic() -> tuple[str, Plan]:
    """The text of a real manifest whose upgrade asks, creates files and finishes several entries; and its plan."""
    with SpecWorker() as judge:
        remembered = CachedJudge(judge.judge_all)
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


@pytest.mark.slow
@needs_corpus
def test_a_real_manifest_is_upgraded_undone_redone_and_pushed(
    home: Path, tmp_path: Path, historic: tuple[str, Plan]
) -> None:
    text, plan = historic
    seed = make_repository(tmp_path / "seed", {NAME: text})
    remote = tmp_path / "remotes" / "historic.git"
    git("clone", "--quiet", "--bare", str(seed), str(remote), cwd=tmp_path)
    partner = Partner(remote, make_clone(remote, tmp_path / "historic"))
    upgraded = plan.documents[NAME].text
    with Terminal(str(partner.clone), home=home, size=(80, 24)) as app:
        app.waits(lambda: _behind(app) == len(_latest(plan)), "never saw every entry checked").rests()
        app.keys("U").sees(
            f"Upgrade {len(_latest(plan))} entries", plural(len(plan.questions), "question")
        ).rests()
        app.keys("escape").rests().keys("a").sees("Accepted ").rests()
        app.sees(f"{plural(len(plan.files), 'new file')} to approve, then ctrl+s").keys("y").sees("Ready")
        app.rests().keys("ctrl+s").sees("Signed-off-by", "Upgrade ").rests()
        assert partner.manifest == upgraded
        app.keys("escape").rests().keys("ctrl+z").sees("Undone").sees("No uncommitted changes")
        assert partner.manifest == text
        app.rests().keys("ctrl+y").sees("Redone").sees_no_more("No uncommitted changes").rests()
        assert partner.manifest == upgraded
        app.keys("c").sees("Signed-off-by", "Upgrade ").rests().keys("ctrl+s").sees("Committed ")
        acts.push(app)
        acts.leave(app)
    assert partner.pushed() == upgraded.rstrip("\n")
    listed = git("ls-tree", "-r", "--name-only", "main", cwd=remote).split()
    assert {file.path for file in plan.files} < set(listed)
