"""Versions are read once for all that ask for them, unless something of them could not be fetched."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import State
from partner_tui.contributions.kept import Comment, KeptReview
from partner_tui.contributions.on_forge import ForgeKnowledge, PullRequest
from partner_tui.contributions.review import Merges
from partner_tui.errors import GitError
from partner_tui.workspace.contributions.applying import branch_to_merge_into
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_reviews import keep_review
from partner_tui.workspace.contributions.reviewed import Reviewed
from partner_tui.workspace.contributions.reviewer import Reviewer
from tests.contributed import make_contributed
from tests.real_git import git, make_clone, push_from_elsewhere, write


def test_contributions_that_begin_at_the_same_commit_share_what_was_read_of_it(clone: Path) -> None:
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        fern, ivy = (known.outline(known.find(name)) for name in ("5", "7"))
        assert fern.base == ivy.base
        assert Reviewed(clone, fern, known.sides).old is Reviewed(clone, ivy, known.sides).old
        assert Reviewed(clone, fern, known.sides).new is not Reviewed(clone, ivy, known.sides).new


def test_a_manifest_that_could_not_be_fetched_is_read_once_it_can_be(remote: Path, tmp_path: Path) -> None:
    own, clone = tmp_path / "own.git", tmp_path / "partial"
    git("clone", "--quiet", "--mirror", str(remote), str(own), cwd=tmp_path)
    git("config", "uploadpack.allowFilter", "true", cwd=own)
    git("clone", "--quiet", "--filter=blob:none", own.as_uri(), str(clone), cwd=tmp_path)
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        one = next(one for one in known.listed(at_once=True) if one.name == "7")
        away = own.rename(tmp_path / "away.git")
        with pytest.raises(GitError):
            known.outline(one)
        away.rename(own)
        found = known.outline(one)
        assert not found.unreadable and [change.name for change, _ in found.entries] == ["ivy"]


def test_a_branch_that_a_pull_request_is_of_is_listed_once(clone: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    with Checker() as checker:
        known = Contributions(clone, checker, state=state)
        known.fetch()
        fern, veins = (known.find(name) for name in ("5", "2"))
        for name, head in (("fern", fern.head), ("veins", veins.head)):
            git("update-ref", f"refs/remotes/origin/{name}", head, cwd=clone)
        before = {one.reference for one in known.listed()}
        assert before == {f"#{number}" for number in range(1, 8)}
        branch = known.find("fern")
        assert (branch.kind, branch.head) == ("branch", fern.head), "who asks for it by name gets it"
        keep_review(state, branch, KeptReview().commented(Comment("", "", "Which fern?")))
        assert {one.reference for one in known.listed()} - before == {"fern"}, "nor is a review of it lost"


def test_a_branch_stays_listed_when_the_forge_closed_its_pull_request(clone: Path) -> None:
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        git("update-ref", "refs/remotes/origin/fern", known.find("5").head, cwd=clone)
        closed = PullRequest("5", "", "", "", "closed", False, (), "", "", "")
        said = ForgeKnowledge(datetime.now(UTC), {"5": closed})
        listed = {one.reference: one.state for one in known.listed(said)}
        assert (listed["#5"], listed["fern"]) == (State.CLOSED, State.UNKNOWN)


@pytest.mark.parametrize("digits", [7, 40])
def test_a_contribution_is_found_by_its_head(clone: Path, digits: int) -> None:
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        fern, moss = (known.find(name) for name in ("5", "1"))
        assert known.find(fern.head[:digits]) == fern
        assert isinstance(known.find(moss.head[:digits]), Arrival), "a merged one is a commit of the branch"


@pytest.mark.slow
def test_whether_it_merges_is_told_of_what_the_next_merge_goes_onto(tmp_path: Path) -> None:
    remote = make_contributed(tmp_path)
    clone = make_clone(remote, tmp_path / "clone")
    reviewer = Reviewer()
    with Checker() as checker, closing(reviewer):

        def judged() -> tuple[str, dict[str, Merges]]:
            """What merges go onto, and how each merges, which is the same in its review, its row, and the merge itself."""
            known = Contributions(clone, checker)
            in_child = Contributions(clone, checker, reviewer=reviewer)
            onto = branch_to_merge_into(known.repository)
            waiting = [one for one in known.listed() if one.state is not State.MERGED]
            told: dict[str, Merges] = {one.name: known.review(one).merges.how for one in waiting}
            assert told == {one.name: in_child.sum_up(one).merges for one in waiting}
            wanted = [one for one in waiting if one.head not in known.unpushed]
            planned = {one.name: known.plan(one, onto).merged.how for one in wanted}
            assert planned == {name: how for name, how in told.items() if name in planned}
            return known.onto, told

        git("switch", "--quiet", "main", cwd=clone)
        Contributions(clone, checker).fetch()
        git("merge", "--quiet", "--ff-only", "origin/main", cwd=clone)
        first, before = judged()
        assert first == "" and before["2"] == "git" and before["5"] == before["7"] == "entries"
        write(
            clone,
            "collection.yaml",
            (clone / "collection.yaml").read_text().replace("id: leaf-veins", "id: leaves"),
        )
        git("commit", "--quiet", "--all", "--message", "Rename it", cwd=clone)
        one = Contributions(clone, checker).find("3")
        git("merge", "--quiet", "--no-ff", "--message", "Merge it", one.head, cwd=clone)
        second, after = judged()
        assert second == "onto main with 3 unpushed commits"
        assert after == before | {"2": "decision"}
        merged_here = Contributions(clone, checker).review(one)
        assert merged_here.files and merged_here.merges.why == "it is merged here, and not pushed"
        push_from_elsewhere(remote, "NEWS.md", "New\n")
        known = Contributions(clone, checker)
        known.fetch()
        assert known.onto == "", "it lacks what the remote has, and nothing is merged before it is pulled"
        assert known.review(known.find("2")).merges.how == "git"
