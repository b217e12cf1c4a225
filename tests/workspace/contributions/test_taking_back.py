"""What others have already is taken back by entry with a new commit; later edits stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError, PartnerTuiError, UsageError
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.applying import apply_plan
from partner_tui.workspace.contributions.merge_plan import Plan
from partner_tui.workspace.contributions.taking_back import plan_take_back
from tests.contributed import FERN, IVY
from tests.real_git import git, write
from tests.repository.conftest import own_git_configuration  # noqa: F401

NAME = "collection.yaml"


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as made:
        yield made


def text(clone: Path) -> str:
    return (clone / NAME).read_text("utf-8")


def commit(clone: Path, content: str, message: str = "Change") -> str:
    write(clone, NAME, content)
    git("commit", "--quiet", "-am", message, cwd=clone)
    return git("rev-parse", "HEAD", cwd=clone)


def planned(clone: Path, checker: Checker, rev: str, **wishes: object) -> Plan:
    return plan_take_back(Repository.open(clone), checker, rev, **wishes)  # type: ignore[arg-type]


def test_later_edits_stay(clone: Path, checker: Checker) -> None:
    brought = commit(clone, text(clone) + FERN, "Add fern")
    later = text(clone).replace("name: Petal nuclei", "name: Nuclei of petals") + "# later\n"
    head = commit(clone, later)
    plan = planned(clone, checker, brought)
    assert text(clone) == later and git("rev-parse", "HEAD", cwd=clone) == head, "a plan moves nothing"
    applied = apply_plan(Repository.open(clone), plan)
    assert text(clone) == later.replace(FERN, "")
    assert git("log", "-1", "--format=%P", cwd=clone) == head == applied.before
    assert git("log", "-1", "--format=%B", cwd=clone).strip() == (
        f'Revert "Add fern"\n\nThis reverts commit {brought}.'
    )


def test_one_entry_of_several_is_taken_back_alone(clone: Path, checker: Checker) -> None:
    before = text(clone)
    renamed = before.replace("id: leaf-veins", "id: veins")
    brought = commit(clone, renamed + FERN + IVY)
    for name, expected in (
        ("fern", renamed + IVY),
        ("ivy", renamed + FERN),
        ("veins", before + FERN + IVY),
    ):
        plan = planned(clone, checker, brought, entries=[name])
        assert plan.merged.tree is not None
        assert git("show", f"{plan.merged.tree}:{NAME}", cwd=clone) + "\n" == expected
    both = planned(clone, checker, brought, entries=["fern", "ivy"])
    assert git("show", f"{both.merged.tree}:{NAME}", cwd=clone) + "\n" == renamed
    assert both.message.startswith('Revert 2 entries of "Change"')


def test_a_removed_entry_comes_back_where_it_was(clone: Path, checker: Checker) -> None:
    before = text(clone) + FERN + IVY
    commit(clone, before)
    brought = commit(clone, before.replace(FERN, "").replace("name: Ivy growth", "name: Ivy"))
    plan = planned(clone, checker, brought, entries=["fern"])
    expected = before.replace("name: Ivy growth", "name: Ivy")
    assert git("show", f"{plan.merged.tree}:{NAME}", cwd=clone) + "\n" == expected


def test_several_commits_are_taken_back_together(clone: Path, checker: Checker) -> None:
    start, before = git("rev-parse", "HEAD", cwd=clone), text(clone)
    commit(clone, before + FERN)
    last = commit(clone, before + FERN + IVY)
    plan = planned(clone, checker, last, before=start)
    assert git("show", f"{plan.merged.tree}:{NAME}", cwd=clone) + "\n" == before


def test_what_was_edited_since_waits_for_a_choice(clone: Path, checker: Checker) -> None:
    brought = commit(clone, text(clone) + FERN)
    commit(clone, text(clone).replace("name: Fern growth", "name: Ferns"))
    plan = planned(clone, checker, brought)
    assert not plan.is_decided and [one.label for one in plan.merged.conflicts] == ["fern"]
    key = plan.merged.conflicts[0].key
    outcome = planned(clone, checker, brought, choices={key: "ours"}).outcome
    assert outcome is not None and not outcome.files
    taken = planned(clone, checker, brought, choices={key: "theirs"})
    assert taken.outcome is not None and "-  - id: fern" in taken.outcome.diff


def test_what_would_bring_an_error_back_has_to_be_agreed_to(clone: Path, checker: Checker) -> None:
    good = text(clone)
    commit(clone, good.replace("type: dataset", "type: 5", 1), "Break")
    fixed = commit(clone, good, "Fix")
    plan = planned(clone, checker, fixed)
    assert plan.is_decided and [one for one in plan.objections() if " new error" in one]


def test_what_cannot_be_taken_back_is_said(clone: Path, checker: Checker) -> None:
    brought = commit(clone, text(clone) + FERN)
    with pytest.raises(UsageError, match="ivy was not changed there"):
        planned(clone, checker, brought, entries=["ivy"])
    first = git("rev-list", "--max-parents=0", "HEAD", cwd=clone)
    with pytest.raises(GitError, match="is the first commit"):
        planned(clone, checker, first)


def test_an_entry_comes_back_where_all_were_removed(clone: Path, checker: Checker) -> None:
    before = text(clone)
    start = before.index("collection:")
    for gone in (before[:start], before[:start] + "collection: []\n"):
        commit(clone, before + "# again\n")
        brought = commit(clone, gone)
        plan = planned(clone, checker, brought, entries=["petal-nuclei"])
        made = git("show", f"{plan.merged.tree}:{NAME}", cwd=clone)
        assert made.count("- id:") == 1 and "id: petal-nuclei" in made


def test_an_entry_whose_list_is_gone_is_not_put_into_another_one(clone: Path, checker: Checker) -> None:
    grouped = (
        "config:\n  id: meadow\nmodel:\n  - id: unet\n    name: A UNet\n  - id: other\n    name: Other\n"
    )
    commit(clone, grouped)
    brought = commit(
        clone, "config:\n  id: meadow\ncollection:\n  - id: new\n    type: dataset\n    name: New\n"
    )
    with pytest.raises(PartnerTuiError, match="its list model is gone"):
        planned(clone, checker, brought, entries=["unet"])
