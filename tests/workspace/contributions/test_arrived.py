"""What others put on the default branch is listed until it is seen, whatever becomes of its hashes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import State
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions import arrived
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_seen import find_seen
from tests.contributed import FERN, IVY, MOSS
from tests.real_git import git, make_clone, make_remote, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.small_partner import MANIFEST

NAME = "collection.yaml"
ADA, BOB, BOT = (
    "Ada <ada@example.org>",
    "Bob <bob@example.org>",
    "ci[bot] <1+ci[bot]@users.noreply.github.com>",
)


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as made:
        yield made


@dataclass(frozen=True)
class Followed:
    """A clone that Ada follows a branch with, and another one where everybody else pushes from."""

    bare: Path
    clone: Path
    elsewhere: Path
    state: Path
    checker: Checker

    def commit(self, content: str, title: str = "Change", by: str = BOB, date: str = "") -> str:
        """Commit a manifest elsewhere."""
        write(self.elsewhere, NAME, content)
        return self.record(title, by, date)

    def record(self, title: str, by: str = BOB, date: str = "") -> str:
        name, email = by.removesuffix(">").split(" <")
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", email))
        }
        when = {"GIT_COMMITTER_DATE": date} if date else {}
        git("add", "--all", cwd=self.elsewhere)
        git("commit", "--quiet", "--allow-empty", "-m", title, cwd=self.elsewhere, env=who | when)
        return git("rev-parse", "HEAD", cwd=self.elsewhere)

    def push(self, *options: str) -> None:
        """Push from elsewhere, and fetch it here."""
        git("push", "--quiet", *options, "origin", "HEAD:main", cwd=self.elsewhere)
        git("fetch", "--quiet", "origin", cwd=self.clone)

    @property
    def contributions(self) -> Contributions:
        return Contributions(self.clone, self.checker)

    def all(self) -> tuple[Arrival, ...]:
        known = self.contributions
        return arrived.arrivals(known.repository, self.state, known.target)

    def unseen(self) -> list[str]:
        return [one.title for one in self.all() if not one.is_seen]

    def mark(self, *titles: str, is_seen: bool = True) -> None:
        marked = [one for one in self.all() if not titles or one.title in titles]
        known = self.contributions
        arrived.mark(known.repository, self.state, known.target, marked, is_seen=is_seen)


@pytest.fixture
def followed(tmp_path: Path, checker: Checker) -> Followed:
    bare = make_remote(tmp_path)
    elsewhere = make_clone(bare, tmp_path / "elsewhere")
    made = Followed(bare, tmp_path / "clone", elsewhere, tmp_path / "state", checker)
    made.commit(MANIFEST, "Begin")
    git("push", "--quiet", "origin", "HEAD:main", cwd=elsewhere)
    make_clone(bare, made.clone)
    git("config", "user.name", "Ada", cwd=made.clone)
    git("config", "user.email", "ada@example.org", cwd=made.clone)
    return made


def test_what_is_there_at_the_first_sight_has_not_arrived_and_what_comes_later_has(
    followed: Followed,
) -> None:
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    (one,) = followed.all()
    assert (one.title, one.author, one.state, one.is_seen) == ("Add moss", "Bob", State.ARRIVED, False)
    assert one.why == "pushed to main" and one.reference == one.head[:7]


def test_what_was_fetched_before_the_app_was_opened_and_not_pulled_has_arrived(followed: Followed) -> None:
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    assert followed.unseen() == ["Add moss"]


def test_at_the_first_sight_nothing_is_older_than_some_months(followed: Followed) -> None:
    followed.commit(MANIFEST + MOSS, "Add moss", date="2020-01-01T00:00:00Z")
    followed.commit(MANIFEST + MOSS + IVY, "Add ivy")
    followed.push()
    assert followed.unseen() == ["Add ivy"]


def test_the_maintainers_own_commits_and_merges_are_not_listed(followed: Followed) -> None:
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, "Mine", by="Somebody <ADA@example.org>")
    git("switch", "--quiet", "-c", "topic", cwd=followed.elsewhere)
    followed.commit(MANIFEST + MOSS + IVY, "Theirs")
    git("switch", "--quiet", "main", cwd=followed.elsewhere)
    git("merge", "--quiet", "--no-ff", "--no-commit", "topic", cwd=followed.elsewhere)
    followed.record("Merge pull request #8 from bob/topic", by=ADA)
    followed.push()
    assert followed.unseen() == []


def test_what_the_maintainer_pulled_outside_of_the_app_waits_all_the_same(followed: Followed) -> None:
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    git("pull", "--quiet", "--rebase", cwd=followed.clone)
    assert followed.unseen() == ["Add moss"]


def test_a_merge_is_one_arrival_with_what_it_brought(followed: Followed) -> None:
    assert followed.all() == ()
    base = git("rev-parse", "HEAD", cwd=followed.elsewhere)
    git("switch", "--quiet", "-c", "topic", cwd=followed.elsewhere)
    followed.commit(MANIFEST + MOSS, "One")
    followed.commit(MANIFEST + MOSS + IVY, "Two")
    git("switch", "--quiet", "main", cwd=followed.elsewhere)
    git("merge", "--quiet", "--no-ff", "--no-commit", "topic", cwd=followed.elsewhere)
    followed.record("Merge pull request #8 from bob/topic")
    followed.push()
    (one,) = followed.all()
    assert (one.base, one.why) == (base, "merged into main")
    review = followed.contributions.review(one)
    assert (review.counts, review.base, review.merges.how) == ("+2 ~0 -0", base, "git")


def test_successive_commits_of_one_author_are_one_arrival_and_those_of_another_are_not(
    followed: Followed,
) -> None:
    assert followed.all() == ()
    before = git("rev-parse", "HEAD", cwd=followed.elsewhere)
    made = [followed.commit(MANIFEST + MOSS, "Add moss"), followed.commit(MANIFEST + MOSS + IVY, "Add ivy")]
    followed.commit(MANIFEST + MOSS + FERN, "Update", by=BOT)
    followed.push()
    bot, bob = followed.all()
    assert (bot.title, bot.by_bot, bob.by_bot) == ("Update", True, False)
    assert (bob.title, bob.base, bob.commits) == ("Add ivy (and 1 earlier commit)", before, tuple(made[::-1]))
    assert bob.why == "pushed to main in 2 commits"
    assert followed.contributions.review(bob).counts == "+2 ~0 -0"
    assert followed.contributions.review(bot).counts == "+1 ~0 -1"


def test_days_of_work_and_pull_requests_stand_for_themselves(followed: Followed) -> None:
    assert followed.all() == ()
    for day, title in enumerate(("Add a", "Add b (#4)", "Add c", "Add d"), 1):
        hour = {"Add c": 1, "Add d": 1}.get(title, day)
        followed.commit(MANIFEST + f"# {title}\n", title, date=f"2030-01-{day + hour:02}T00:00:00Z")
    followed.push()
    assert followed.unseen() == ["Add d (and 1 earlier commit)", "Add b (#4)", "Add a"]


def test_seen_is_kept_and_can_be_taken_off(followed: Followed) -> None:
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.commit(MANIFEST + MOSS + IVY, "Update", by=BOT)
    followed.push()
    followed.mark("Update")
    assert followed.unseen() == ["Add moss"]
    assert [(one.title, one.why) for one in followed.all() if one.is_seen] == [
        ("Update", "pushed to main, seen")
    ]
    followed.mark("Update", is_seen=False)
    assert followed.unseen() == ["Update", "Add moss"]
    followed.mark()
    assert followed.unseen() == []
    followed.commit(MANIFEST, "Undo all of it")
    followed.push()
    assert followed.unseen() == ["Undo all of it"]


def test_marks_that_are_made_at_once_are_all_kept(followed: Followed) -> None:
    """As two presses of a key make them, or two windows."""
    assert followed.all() == ()
    for number in range(6):
        followed.commit(f"{MANIFEST}# {number}\n", f"Change {number}", by=(BOB, BOT)[number % 2])
    followed.push()
    arrivals, known = followed.all(), followed.contributions
    assert len(arrivals) == 6

    def mark(one: Arrival) -> None:
        arrived.mark(known.repository, followed.state, known.target, [one])

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(mark, arrivals))
    assert followed.unseen() == []


def test_seen_survives_a_rebase_of_the_branch(followed: Followed) -> None:
    """Somebody force-pushed: what was seen came back under another hash, and one thing is new."""
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    followed.mark()
    followed.commit(MANIFEST + MOSS + IVY, "Add ivy", by=BOT)
    followed.push()
    assert followed.unseen() == ["Add ivy"]
    git("reset", "--quiet", "--hard", "HEAD~2", cwd=followed.elsewhere)
    write(followed.elsewhere, "docs.md", "New\n")
    followed.record("Slip something in", by="Eve <eve@example.org>")
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push("--force")
    assert followed.unseen() == ["Slip something in"]


def test_a_rewritten_branch_whose_old_commits_are_gone_is_told_by_its_dates(followed: Followed) -> None:
    followed.commit(MANIFEST + MOSS, "Add moss", date="2030-01-01T00:00:00Z")
    followed.push()
    git("reset", "--quiet", "--hard", "origin/main", cwd=followed.clone)
    assert followed.all() == ()
    git("reset", "--quiet", "--hard", "HEAD~1", cwd=followed.elsewhere)
    followed.commit(MANIFEST + MOSS, "Add moss again", date="2029-12-31T00:00:00Z")
    followed.commit(MANIFEST + MOSS + IVY, "Add ivy (#5)", date="2030-01-02T00:00:00Z")
    followed.push("--force")
    git("reset", "--quiet", "--hard", "origin/main", cwd=followed.clone)
    git("update-ref", "-d", "ORIG_HEAD", cwd=followed.clone)
    git("reflog", "expire", "--expire=now", "--all", cwd=followed.clone)
    git("gc", "--quiet", "--prune=now", cwd=followed.clone)
    assert followed.unseen() == ["Add ivy (#5)"]


def test_a_pull_that_merged_hides_nobodys_commits(followed: Followed) -> None:
    """Ada merged the branch into her own line, and pushed: what Bob had pushed is on the second line of her merge."""
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    assert followed.unseen() == ["Add moss"]
    write(followed.clone, "docs.md", "Mine\n")
    git("add", "docs.md", cwd=followed.clone)
    git("commit", "--quiet", "-m", "Mine", cwd=followed.clone)
    git("pull", "--quiet", "--no-rebase", "--no-edit", cwd=followed.clone)
    git("push", "--quiet", cwd=followed.clone)
    assert git("log", "-1", "--format=%s", cwd=followed.clone).startswith("Merge branch 'main' of")
    assert followed.unseen() == ["Add moss"]


def test_a_pull_that_merged_by_another_one_brings_nothing_of_mine_again(followed: Followed) -> None:
    assert followed.all() == ()
    write(followed.clone, "docs.md", "Mine\n")
    git("add", "docs.md", cwd=followed.clone)
    git("commit", "--quiet", "-m", "Mine", cwd=followed.clone)
    git("push", "--quiet", cwd=followed.clone)
    followed.commit(MANIFEST + MOSS, "Add moss")
    git("pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main", cwd=followed.elsewhere)
    followed.push()
    assert followed.unseen() == ["Add moss"]


def test_many_seen_ones_are_not_listed_for_ever(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrived, "LISTED_AS_SEEN", 2)
    assert followed.all() == ()
    made = [followed.commit(MANIFEST + f"# {number}\n", f"Change (#{number})") for number in range(5)]
    followed.push()
    followed.mark()
    kept = find_seen(followed.state)
    assert kept is not None and kept.head == made[2] and kept.commits == {*made[3:]}
    assert [one.is_seen for one in followed.all()] == [True, True]


def test_a_commit_is_reviewed_by_its_hash_whether_or_not_it_was_seen(followed: Followed) -> None:
    made = followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    one = followed.contributions.find(made[:8])
    assert one.head == made
    found = followed.contributions.review(one).to_json()
    assert (found["state"], found["merges"], found["base"]) == (
        "arrived",
        "git",
        git("rev-parse", f"{made}^", cwd=followed.clone),
    )
    assert [(entry["id"], entry["change"]) for entry in found["entries"]] == [("moss", "added")]


def test_a_broken_note_is_a_first_sight(followed: Followed) -> None:
    for content in (
        b"",
        b"[]",
        b'{"head": "--all", "date": "2026-01-01T00:00:00+00:00", "commits": []}',
        b'{"head": 1}',
    ):
        write(followed.state, "seen.json", content)
        assert find_seen(followed.state) is None
    assert followed.all() == () and find_seen(followed.state) is not None
    assert Repository.open(followed.clone).state.dirty == ()
