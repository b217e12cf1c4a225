"""Whatever somebody puts on the branch, what arrived is listed, reviewed and marked as seen, and shown as text."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from partner_tui.contributions.arrived import Arrival
from partner_tui.ui.contributions.columns import lay_out
from partner_tui.ui.contributions.overview import overview
from partner_tui.ui.contributions.row_lines import draw_row
from partner_tui.workspace.contributions.arrived import MOST, arrivals
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.listed import Row
from tests.contributed import FERN, IVY, MOSS
from tests.real_git import git, make_clone, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.small_partner import MANIFEST
from tests.workspace.contributions.test_arrived import NAME, Followed, checker, followed  # noqa: F401

EVIL = "\x1b]0;owned\x07\x1b[2J[red]gone[/red] \u202egnp.exe"


def _shown(row: Row, followed: Followed) -> str:  # noqa: F811
    review = followed.contributions.review(row.one)
    lines = [draw_row(row, lay_out([row], width, is_alone=width < 100)).plain for width in (76, 118)]
    return "\n".join([*lines, overview(row, review).plain])


def test_escapes_and_markup_in_names_and_messages_are_text(followed: Followed) -> None:  # noqa: F811
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, EVIL, by=f"{EVIL} <eve\x1b[31m@example.org>")
    followed.push()
    (one,) = followed.all()
    shown = _shown(Row(one), followed)
    assert "[red]gone[/red]" in shown and not set(shown) & set("\x1b\x07\u202e")


@pytest.mark.slow
def test_a_merge_of_twenty_is_one_arrival(followed: Followed) -> None:  # noqa: F811
    assert followed.all() == ()
    start = git("rev-parse", "HEAD", cwd=followed.elsewhere)
    sides = []
    for number in range(19):
        git("switch", "--quiet", "--detach", start, cwd=followed.elsewhere)
        write(followed.elsewhere, f"docs/{number}.md", f"{number}\n")
        sides.append(followed.record(f"Side {number}", by=f"Bob {number} <bob{number}@example.org>"))
    git("switch", "--quiet", "--detach", start, cwd=followed.elsewhere)
    who = ("-c", "user.name=Bob", "-c", "user.email=bob@example.org")
    git(*who, "merge", "--quiet", "--no-ff", "-m", "All at once", *sides, cwd=followed.elsewhere)
    followed.push()
    (one,) = followed.all()
    parents = git("rev-list", "--parents", "--max-count=1", one.head, cwd=followed.clone).split()
    assert one.title == "All at once" and len(parents) == 1 + 20
    assert len(followed.contributions.review(one).files) == 19
    followed.mark()
    assert followed.unseen() == []


def test_a_branch_that_begins_anew_arrives_from_its_first_commit_on(followed: Followed) -> None:  # noqa: F811
    assert followed.all() == ()
    git("switch", "--quiet", "--orphan", "anew", cwd=followed.elsewhere)
    followed.commit(MANIFEST + MOSS, "Begin anew")
    followed.push("--force")
    (one,) = followed.all()
    added = {file.path: file.change for file in followed.contributions.review(one).files}
    assert one.title == "Begin anew" and added == {NAME: "added"}
    followed.mark()
    assert followed.unseen() == []


def test_in_a_shallow_clone_what_is_here_arrives_and_its_edge_does_not(
    followed: Followed,  # noqa: F811
    tmp_path: Path,
) -> None:
    for number in range(3):
        followed.commit(MANIFEST + f"# {number}\n", f"Before {number}")
    followed.push()
    clone = make_clone(followed.bare, tmp_path / "shallow")
    git("fetch", "--quiet", "--depth=1", f"file://{followed.bare}", "main", cwd=clone)
    contributions, state = Contributions(clone, followed.checker), tmp_path / "shallow-state"
    assert (clone / ".git" / "shallow").exists() and not arrivals(
        contributions.repository, state, contributions.target
    )
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    git("fetch", "--quiet", "origin", cwd=clone)
    later = Contributions(clone, followed.checker)
    (one,) = arrivals(later.repository, state, later.target)
    assert one.title == "Add moss"
    assert [change.name for change, _ in contributions.review(one).entries] == ["moss"]


def test_a_force_push_over_what_was_seen_shows_what_is_new_alone(followed: Followed) -> None:  # noqa: F811
    assert followed.all() == ()
    followed.commit(MANIFEST + MOSS, "Add moss")
    followed.push()
    followed.mark()
    git("reset", "--quiet", "--hard", "HEAD~1", cwd=followed.elsewhere)
    followed.commit("# a note\n" + MANIFEST, "Add a note", by="Eve <eve@example.org>")
    followed.commit("# a note\n" + MANIFEST + MOSS, "Add moss", by="Bob <bob@example.org>")
    followed.commit("# a note\n" + MANIFEST + MOSS + FERN, "Add fern", by="Eve <eve@example.org>")
    followed.push("--force")
    assert followed.unseen() == ["Add fern", "Add a note"]


@pytest.mark.slow
@pytest.mark.parametrize("separator", ["", "\n\n"], ids=["title", "body"])
def test_ten_megabytes_of_message_are_not_read(followed: Followed, separator: str) -> None:  # noqa: F811
    assert followed.all() == ()
    message = followed.elsewhere.parent / "message"
    message.write_text(f"Add ivy{separator}{'x' * 10_000_000}")
    write(followed.elsewhere, NAME, MANIFEST + IVY)
    who = ("-c", "user.name=Bob", "-c", "user.email=bob@example.org")
    git(*who, "commit", "--quiet", "--all", f"--file={message}", cwd=followed.elsewhere)
    followed.push()
    git("push", "--quiet", "origin", "HEAD:refs/pull/1/head", cwd=followed.elsewhere)
    git(
        *who,
        "commit",
        "--quiet",
        "--amend",
        "--no-edit",
        "--date=2001-01-01T00:00:00Z",
        cwd=followed.elsewhere,
    )
    git("push", "--quiet", "origin", "HEAD:refs/heads/other", cwd=followed.elsewhere)
    (one,) = followed.all()
    assert one.title.startswith("Add ivy") and len(one.title) <= 300
    assert len(_shown(Row(one), followed)) < 10_000
    git("reset", "--quiet", "--hard", "HEAD~1", cwd=followed.elsewhere)
    git("push", "--quiet", "--force", "origin", "HEAD:main", cwd=followed.elsewhere)
    git("fetch", "--quiet", "origin", cwd=followed.clone)
    followed.contributions.fetch()
    sent = followed.contributions.listed()
    assert {other.reference for other in sent} == {"#1", "other"}
    assert max(len(other.title) for other in sent) <= 300


@pytest.mark.slow
def test_of_five_thousand_arrivals_the_newest_are_listed_and_all_are_marked_at_once(
    followed: Followed,  # noqa: F811
) -> None:
    assert followed.all() == ()
    stream = "".join(
        f"commit refs/heads/main\ncommitter B{number % 7} <b{number % 7}@example.org> {1_800_000_000 + 60 * number} +0000\n"
        f"data 5\n{number:05}"
        + ("\nfrom refs/heads/main^0\n" if not number else "\n")
        + f"M 100644 inline docs/count.txt\ndata 5\n{number:05}\n"
        for number in range(5_000)
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=followed.bare, input=stream.encode(), check=True)
    git("fetch", "--quiet", "origin", cwd=followed.clone)
    listed = followed.all()
    assert len(listed) == MOST and listed[0].title == "04999"
    assert all(isinstance(one, Arrival) and not one.is_seen for one in listed)
    followed.mark()
    assert followed.unseen() == [] and len(followed.all()) <= MOST
