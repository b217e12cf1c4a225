"""Whatever two sides did to their files, a merge gives what both mean or asks, and never writes a marker."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from partner_tui.comparison.three_way import Side
from partner_tui.workspace.contributions.conflicted import read_versions
from partner_tui.workspace.contributions.merging import TreeMerge, merge_trees
from partner_tui.workspace.steps.writing import MAX_BYTES
from tests.contributed import FERN, IVY
from tests.real_git import git, write
from tests.small_partner import MANIFEST

NAME, OTHER, THIRD = "collection.yaml", "manifest.bioimage.io.yaml", "collection.bioimage.io.yaml"
Files = Mapping[str, str | bytes]


class Sides:
    """A repository with a base and two descendants of it, each a commit with just these files."""

    def __init__(self, root: Path, base: Files, ours: Files, theirs: Files) -> None:
        self.root = root
        git("init", "--quiet", "--initial-branch=main", str(root), cwd=root.parent)
        git("config", "user.name", "Ada", cwd=root)
        git("config", "user.email", "ada@example.org", cwd=root)
        self._commit(base)
        start = git("rev-parse", "HEAD", cwd=root)
        self.ours = self._commit(ours)
        git("switch", "--quiet", "--detach", start, cwd=root)
        self.theirs = self._commit(theirs)

    def _commit(self, files: Files) -> str:
        for path in git("ls-files", cwd=self.root).splitlines():
            (self.root / path).unlink()
        for path, content in files.items():
            write(self.root, path, content)
        git("add", "--all", cwd=self.root)
        git("commit", "--quiet", "--allow-empty", "-m", "State", cwd=self.root)
        return git("rev-parse", "HEAD", cwd=self.root)

    def merged(self, **choices: Side) -> TreeMerge:
        return self.decided(choices)

    def decided(self, choices: Mapping[str, Side]) -> TreeMerge:
        return merge_trees(self.root, self.root / ".git", self.ours, self.theirs, None, choices)

    def files(self, tree: str | None) -> dict[str, bytes]:
        """The content of every file of a tree, none of which has a marker."""
        assert tree is not None
        found = {
            path: subprocess.run(
                ["git", "show", f"{tree}:{path}"], cwd=self.root, capture_output=True, check=True
            ).stdout
            for path in git("ls-tree", "-r", "--name-only", tree, cwd=self.root).splitlines()
        }
        assert not any(b"<<<<<<<" in content for content in found.values())
        return found


TITLED = MANIFEST.replace("splash_title: Microscopy Meadow ", "splash_title: The Meadow ")
NAMED = MANIFEST.replace("name: Petal nuclei", "name: Nuclei of petals")
REWRITTEN = "# moved\n" + "".join(f"# line {number}\n" for number in range(80)) + NAMED
LIST = "".join(f"{number}\n" for number in range(20))


@pytest.mark.parametrize(
    ("theirs", "other_has_it"), [(NAMED + FERN, False), (REWRITTEN + FERN, True)], ids=["little", "much"]
)
@pytest.mark.parametrize("who", ["ours", "theirs"])
def test_a_manifest_that_one_side_renamed_is_merged_under_its_new_name(
    tmp_path: Path, theirs: str, other_has_it: bool, who: str
) -> None:
    states: list[Files] = [{NAME: TITLED + IVY}, {OTHER: theirs}]
    if who == "ours":
        states.reverse()
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, *states)
    made = sides.merged()
    assert (made.how, made.conflicts, made.files) == ("entries", (), ())
    (path, content), *more = sides.files(made.tree).items()
    assert (path, more) == (OTHER, [])
    text = content.decode()
    assert text.count("id: fern") == text.count("id: ivy") == text.count("name: Nuclei of petals") == 1
    assert "splash_title: The Meadow" in text
    assert text.startswith("# moved\n") == other_has_it


def test_a_manifest_that_both_renamed_is_merged_and_its_name_chosen(tmp_path: Path) -> None:
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, {OTHER: MANIFEST + FERN}, {THIRD: MANIFEST + IVY})
    made = sides.merged()
    assert made.how == "decision" and [file.path for file in made.files] == [NAME]
    assert made.why == f"{NAME} was renamed to {OTHER} in your branch and to {THIRD} in the contribution"
    choices: dict[str, Side] = {NAME: "theirs"}
    ((path, content),) = sides.files(sides.decided(choices).tree).items()
    assert path == THIRD
    assert content.count(b"id: fern") == content.count(b"id: ivy") == 1


def test_a_manifest_that_one_side_removed_is_chosen(tmp_path: Path) -> None:
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, {NAME: TITLED}, {"readme.md": "Gone\n"})
    made = sides.merged()
    assert made.how == "decision" and made.why and made.why.startswith(f"{NAME} was removed by the")
    assert sides.files(sides.decided({NAME: "ours"}).tree)[NAME] == TITLED.encode()
    assert NAME not in sides.files(sides.decided({NAME: "theirs"}).tree)


BROKEN = {
    "unparsable": NAMED.replace("config:", "config: [", 1) + IVY,
    "duplicates": NAMED + IVY + "    name: Again\n",
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("who", ["ours", "theirs"])
def test_a_side_that_cannot_be_read_is_named_with_what_can_be_done(
    tmp_path: Path, kind: str, who: str
) -> None:
    states: list[Files] = [{NAME: TITLED + FERN}, {NAME: BROKEN[kind]}]
    if who == "ours":
        states.reverse()
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, *states)
    made = sides.merged()
    assert (made.how, made.tree, [file.path for file in made.files]) == ("no", None, [NAME])
    side = {"ours": "your branch", "theirs": "the contribution"}[who]
    assert made.why and made.why.startswith(f"In {side}, ")
    assert "choose one side" in made.hint
    sound: Side = "theirs" if who == "ours" else "ours"
    assert sides.files(sides.decided({NAME: sound}).tree) == {NAME: (TITLED + FERN).encode()}


def test_other_files_are_told_with_both_sides_and_chosen(tmp_path: Path) -> None:
    both: Files = {NAME: MANIFEST, "a.txt": LIST, "b.bin": b"\0base", "c.md": "Base\n"}
    ours: Files = {**both, "a.txt": f"ours\n{LIST}", "b.bin": b"\0ours!", "c.md": "Ours\n"}
    theirs = {**both, "a.txt": f"theirs\n{LIST}", "b.bin": b"\0theirs"}
    del theirs["c.md"]
    sides = Sides(tmp_path / "r", both, ours, theirs)
    made = sides.merged()
    assert made.why == "both sides changed a.txt, and 2 more"
    told = {file.path: read_versions(sides.root, file) for file in made.files}
    assert [(one.kind, one.text) for one in told["a.txt"]] == [
        ("text", LIST),
        ("text", f"ours\n{LIST}"),
        ("text", f"theirs\n{LIST}"),
    ]
    assert [(one.kind, one.size) for one in told["b.bin"]] == [("binary", 5), ("binary", 6), ("binary", 7)]
    assert [one.kind for one in told["c.md"]] == ["text", "text", "removed"]
    choices: dict[str, Side] = {"a.txt": "theirs", "b.bin": "ours"}
    assert [file.path for file in sides.decided(choices).files] == ["c.md"]
    files = sides.files(sides.decided({**choices, "c.md": "theirs"}).tree)
    assert files == {NAME: MANIFEST.encode(), "a.txt": f"theirs\n{LIST}".encode(), "b.bin": b"\0ours!"}


def test_a_file_that_both_renamed_is_chosen_as_the_side_has_it(tmp_path: Path) -> None:
    sides = Sides(
        tmp_path / "r",
        {NAME: MANIFEST, "a.txt": LIST},
        {NAME: MANIFEST, "b.txt": LIST.replace("7\n", "seven\n", 1)},
        {NAME: MANIFEST, "c.txt": LIST.replace("7\n", "SEVEN\n", 1)},
    )
    files = sides.files(sides.decided({"a.txt": "ours"}).tree)
    assert files == {NAME: MANIFEST.encode(), "b.txt": LIST.replace("7\n", "seven\n", 1).encode()}


def test_a_file_in_the_place_of_a_folder_is_left_to_git(tmp_path: Path) -> None:
    sides = Sides(
        tmp_path / "r",
        {NAME: MANIFEST},
        {NAME: MANIFEST, "docs": "A file\n"},
        {NAME: MANIFEST, "docs/a.md": "In a folder\n"},
    )
    made = sides.merged()
    assert (made.how, made.tree, made.hint) == ("no", None, "Merge it with git.")


def test_a_rename_onto_a_new_file_never_gives_markers(tmp_path: Path) -> None:
    sides = Sides(
        tmp_path / "r",
        {NAME: MANIFEST, "a.txt": LIST},
        {NAME: MANIFEST, "b.txt": LIST.replace("7\n", "seven\n", 1)},
        {NAME: MANIFEST, "a.txt": LIST.replace("7\n", "SEVEN\n", 1), "b.txt": "Another\n"},
    )
    for side in ("ours", "theirs"):
        made = sides.decided({"b.txt": side, "a.txt": side})
        assert made.how == "no" or sides.files(made.tree)


def test_an_entry_that_both_added_at_different_places_is_there_once(tmp_path: Path) -> None:
    first = MANIFEST.replace("collection:\n", f"collection:\n{FERN}", 1)
    assert first != MANIFEST
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, {NAME: MANIFEST + FERN}, {NAME: first})
    made = sides.merged()
    assert made.how == "entries"
    assert sides.files(made.tree)[NAME].count(b"id: fern") == 1


def test_what_git_merges_is_gits_tree(tmp_path: Path) -> None:
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, {NAME: TITLED, "a.txt": "A\n"}, {NAME: MANIFEST + FERN})
    made = sides.merged()
    assert (made.how, made.tree) == (
        "git",
        git("merge-tree", "--write-tree", sides.ours, sides.theirs, cwd=sides.root),
    )


def test_a_branch_without_history_in_common_is_said_so(tmp_path: Path) -> None:
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, {NAME: TITLED}, {NAME: NAMED})
    git("switch", "--quiet", "--orphan", "pages", cwd=sides.root)
    git("commit", "--quiet", "--allow-empty", "-m", "Pages", cwd=sides.root)
    sides.theirs = git("rev-parse", "HEAD", cwd=sides.root)
    made = sides.merged()
    assert (made.how, made.why) == ("no", "it has no history in common with your branch")
    assert made.hint


@pytest.mark.slow
def test_a_manifest_that_is_too_large_or_a_link_is_chosen_as_a_whole(tmp_path: Path) -> None:
    large = TITLED + "# large\n" * (MAX_BYTES // 8)
    sides = Sides(tmp_path / "r", {NAME: MANIFEST}, {NAME: TITLED.replace("Meadow", "Wood")}, {NAME: large})
    made = sides.merged()
    assert (made.how, made.why) == ("no", f"{NAME} is too large to be merged by entry")
    assert [file.path for file in made.files] == [NAME]
    (sides.root / NAME).unlink()
    (sides.root / NAME).symlink_to("/etc/passwd")
    git("commit", "--quiet", "-am", "A link", cwd=sides.root)
    sides.theirs = git("rev-parse", "HEAD", cwd=sides.root)
    made = sides.merged()
    assert made.tree is None and made.how in ("no", "decision")
    for file in made.files:
        kinds = {(version.kind, version.text) for version in read_versions(sides.root, file)[1:]}
        assert not any(text and "root:" in text for _, text in kinds)
