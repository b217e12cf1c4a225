"""What a review shows is read from git's objects: lines of files, sizes, entries as they will be; the work tree is not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from partner_tui.comparison.changes import ABSENT
from partner_tui.compliance.checker import Checker
from partner_tui.contributions.entry_changes import ValueChange
from partner_tui.contributions.files import FileChange
from partner_tui.contributions.review import Review
from partner_tui.plain import size_words
from partner_tui.workspace.contributions import reviewed as module
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.reviewed import Reviewed
from partner_tui.workspace.contributions.shown_pictures import cover_pictures, file_pictures, is_picture
from tests.real_git import git, make_clone, make_remote, push_from_elsewhere, write
from tests.small_partner import MANIFEST

ENTRY = "  - {id: fern, type: dataset, name: Fern, covers: [fern.png], format_version: 0.2.2}\n"


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    one = Checker()
    yield one
    one.close()


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory, checker: Checker) -> tuple[Reviewed, Review]:
    """A branch that changes files of every kind."""
    folder = tmp_path_factory.mktemp("reviewed")
    bare = make_remote(folder)
    push_from_elsewhere(bare, "collection.yaml", MANIFEST)
    push_from_elsewhere(bare, "keep.md", "The same text, moved.\n")
    work = make_clone(bare, folder / "work")
    git("switch", "--quiet", "--create", "many", cwd=work)
    write(work, "collection.yaml", MANIFEST + ENTRY)
    write(work, "fern.png", b"\x89PNG\r\n\0" + bytes(3_000))
    write(work, "model/readme.md", "# Model\n\nMore.\n")
    write(work, ":(top)odd name.txt", "one\n")
    write(work, "empty.txt", "")
    git("mv", "keep.md", "moved.md", cwd=work)
    git("rm", "--quiet", "images/large.bin", cwd=work)
    (work / "link").symlink_to("../../etc/passwd")
    git("add", "--all", cwd=work)
    git("update-index", "--add", "--cacheinfo", f"160000,{git('rev-parse', 'HEAD', cwd=work)},sub", cwd=work)
    git("commit", "--quiet", "--message=Many kinds", cwd=work)
    git("push", "--quiet", "origin", "many", cwd=work)
    contributions = Contributions(make_clone(bare, folder / "clone"), checker)
    review = contributions.review(contributions.find("many"))
    return Reviewed(contributions.root, review, contributions.sides), review


def lines(reviewed: tuple[Reviewed, Review], path: str) -> module.FileLines:
    return reviewed[0].lines(next(one for one in reviewed[1].files if one.path == path))


@pytest.mark.parametrize(
    ("path", "added"),
    [("model/readme.md", ["", "More."]), (":(top)odd name.txt", ["one"]), ("link", ["../../etc/passwd"])],
)
def test_the_lines_of_one_file_are_those_that_git_shows(
    reviewed: tuple[Reviewed, Review], path: str, added: list[str]
) -> None:
    hunks = lines(reviewed, path).hunks
    assert [line.text for hunk in hunks for line in hunk if line.sign == "+"] == added


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("fern.png", "A binary file: 0 B before, 3 kB after."),
        ("images/large.bin", "A binary file: 20 kB before, 0 B after."),
        ("sub", "A submodule"),
        ("moved.md", "Renamed from keep.md without other changes."),
        ("empty.txt", "An empty file."),
        ("link", "A symbolic link"),
    ],
)
def test_what_has_no_lines_says_what_it_is(reviewed: tuple[Reviewed, Review], path: str, words: str) -> None:
    assert lines(reviewed, path).note.startswith(words)


def test_a_file_that_is_too_large_is_named_with_its_size(
    reviewed: tuple[Reviewed, Review], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_DIFF_BYTES", 10)
    assert lines(reviewed, "model/readme.md") == module.FileLines(
        note="Too large to show: 8 B before, 15 B after."
    )


def test_an_entry_is_resolved_against_the_tree_of_the_contribution(reviewed: tuple[Reviewed, Review]) -> None:
    change = next(change for change, _ in reviewed[1].entries)
    resolved = reviewed[0].resolved(change)
    assert resolved is not None and resolved.data["name"] == "Fern"
    assert reviewed[0].side_of(change).files.exists("fern.png")


@pytest.mark.parametrize(
    ("path", "before", "after", "note"),
    [
        (("covers", 0), ABSENT, "fern.png", "3 kB"),
        (("documentation",), "model/readme.md", "model/readme.md", "8 B → 15 B"),
        (("documentation",), ABSENT, "gone.md", "gone.md is missing"),
        (("license",), ABSENT, "Apache-2.0", None),
        (("documentation",), ABSENT, "../../etc/passwd", None),
    ],
)
def test_a_value_that_names_a_file_has_its_size(
    reviewed: tuple[Reviewed, Review], path: tuple[str, ...], before: object, after: str, note: str | None
) -> None:
    assert reviewed[0].file_notes([ValueChange(path, before, after)]).get(0) == note


def test_pictures_are_those_of_both_versions(reviewed: tuple[Reviewed, Review]) -> None:
    change = next(change for change, _ in reviewed[1].entries)
    assert [one.caption for one in cover_pictures(reviewed[0], change)] == ["fern.png: new"]
    gone = replace(change, change="removed", before=change.after, after=None)
    assert [one.source.kind for one in cover_pictures(reviewed[0], gone)] == ["missing"]
    changed = FileChange("model/cover.png", "changed")
    captions = [one.caption for one in file_pictures(reviewed[0], changed)]
    assert captions == ["model/cover.png: after", "model/cover.png: before"]
    assert is_picture("a/B.PNG") and not is_picture("png")


@pytest.mark.parametrize(("size", "words"), [(0, "0 B"), (1_499, "1 kB"), (2_000_000, "2.0 MB")])
def test_sizes_are_said_in_the_unit_that_fits(size: int, words: str) -> None:
    assert size_words(size) == words


def test_the_first_commit_of_all_is_reviewed_too(tmp_path: Path, checker: Checker) -> None:
    bare = make_remote(tmp_path)
    first = git("rev-list", "--max-parents=0", "main", cwd=bare)
    git("update-ref", "refs/heads/main", first, cwd=bare)
    git("update-ref", "refs/pull/1/head", first, cwd=bare)
    contributions = Contributions(make_clone(bare, tmp_path / "clone"), checker)
    contributions.fetch()
    review = contributions.review(contributions.find("1"))
    assert (review.contribution.head, review.files) == (first, ())
