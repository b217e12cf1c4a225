"""The history of an entry holds each commit that changed it, across renames, merges, and versions that cannot be read."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path
from threading import Event

import pytest

from partner_tui.comparison.tracing import Seen
from partner_tui.errors import Cancelled, GitError
from partner_tui.workspace.contributions.side import read_side
from partner_tui.workspace.entries.history import History, Snapshot
from partner_tui.workspace.entries.rdf_versions import rdf_now
from tests.comparison.pulls import PULLS
from tests.corpus import needs_corpus
from tests.real_git import git, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.workspace.entries.versions import (
    FERN,
    HEAD,
    MOSS,
    NAME,
    begin,
    commit,
    history_of,
    table,
    versions_of,
)

pytestmark = pytest.mark.usefixtures("own_git_configuration")
GPL = MOSS.replace("MIT", "GPL-3.0")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An entry that was added, changed and left alone."""
    root = begin(tmp_path / "clone")
    commit(root, "Begin", {NAME: HEAD + FERN})
    commit(root, "Add moss", {NAME: HEAD + MOSS + FERN})
    commit(root, "Change fern", {NAME: HEAD + MOSS + FERN.replace("name: Fern", "name: Ferns")})
    commit(root, "Change moss", {NAME: HEAD + FERN + GPL})
    commit(root, "Say more", {"README.md": "Meadow\n"})
    return root


def test_each_commit_that_changed_it_is_there_with_its_values(root: Path) -> None:
    changed, added = versions_of(root, "moss")
    assert table([changed, added]) == [("Change moss", "changed", "license"), ("Add moss", "added", "")]
    assert [(one.path, one.before, one.after) for one in changed.fields] == [(("license",), "MIT", "GPL-3.0")]
    assert {one.path[0] for one in added.fields} == {"id", "type", "name", "license", "authors"}
    assert added.commit is not None and added.commit.author.email == "ada@example.org"


def test_a_repository_that_git_refuses_is_no_entry_without_a_history(root: Path) -> None:
    git("config", "core.repositoryFormatVersion", "9", cwd=root)
    with pytest.raises(GitError, match="has a format that it does not know"):
        versions_of(root, "moss")


def test_what_is_not_committed_comes_first(root: Path) -> None:
    write(root, NAME, HEAD + FERN + GPL.replace("name: Moss", "name: Mosses"))
    assert table(versions_of(root, "moss"))[:2] == [
        ("(not committed)", "changed", "name"),
        ("Change moss", "changed", "license"),
    ]


def test_an_entry_that_was_never_committed_has_one_version(root: Path) -> None:
    write(root, NAME, HEAD + FERN + GPL + MOSS.replace("moss", "ivy"))
    (only,) = versions_of(root, "ivy")
    assert only.change == "added" and only.commit is None


def test_it_is_followed_across_its_ids(root: Path) -> None:
    commit(root, "Rename moss", {NAME: HEAD + FERN + GPL.replace("id: moss", "id: green-moss")})
    commit(root, "Rename and edit", {NAME: HEAD + FERN + MOSS.replace("id: moss", "id: Green_Moss")})
    found = versions_of(root, "Green_Moss")
    assert table(found) == [
        ("Rename and edit", "renamed", "id license"),
        ("Rename moss", "renamed", "id"),
        ("Change moss", "changed", "license"),
        ("Add moss", "added", ""),
    ]
    assert (found[0].was, found[0].name) == ("green-moss", "Green_Moss")


def test_an_id_that_another_entry_took_later_does_not_lead_to_it(root: Path) -> None:
    green = GPL.replace("id: moss", "id: green")
    commit(root, "Rename moss", {NAME: HEAD + FERN + green})
    commit(root, "Fern takes its id", {NAME: HEAD + FERN.replace("id: fern", "id: moss") + green})
    assert [row[:2] for row in table(versions_of(root, "green"))] == [
        ("Rename moss", "renamed"),
        ("Change moss", "changed"),
        ("Add moss", "added"),
    ]


@pytest.mark.parametrize("other", ["manifest.bioimage.io.yaml", "partner/ours.yaml"])
def test_it_is_followed_across_names_of_the_manifest(root: Path, other: str) -> None:
    (root / "partner").mkdir()
    git("mv", NAME, other, cwd=root)
    commit(root, "Rename the manifest", {other: HEAD + FERN + GPL + "# moved\n"})
    commit(root, "Change moss again", {other: HEAD + FERN + MOSS})
    assert table(versions_of(root, "moss", other)) == [
        ("Change moss again", "changed", "license"),
        ("Change moss", "changed", "license"),
        ("Add moss", "added", ""),
    ]


def test_it_is_followed_where_a_rename_of_the_manifest_was_merged(root: Path) -> None:
    git("switch", "--quiet", "-c", "side", "HEAD~2", cwd=root)
    git("mv", NAME, "collection.bioimage.io.yaml", cwd=root)
    commit(root, "Rename the manifest", {})
    git("switch", "--quiet", "main", cwd=root)
    git("merge", "--quiet", "-m", "Merge side", "side", cwd=root)
    assert not (root / NAME).exists()
    assert table(versions_of(root, "moss", "collection.bioimage.io.yaml")) == [
        ("Change moss", "changed", "license"),
        ("Add moss", "added", ""),
    ]


def test_of_a_merge_the_sides_are_told_and_only_its_own_values(root: Path) -> None:
    edited = GPL.replace("name: Moss", "name: Mosses")
    git("switch", "--quiet", "-c", "side", cwd=root)
    commit(root, "Name it", {NAME: HEAD + FERN + edited})
    git("switch", "--quiet", "main", cwd=root)
    commit(root, "Type it", {NAME: HEAD + FERN + GPL.replace("dataset", "model")})
    git("merge", "--quiet", "--no-commit", "side", cwd=root, check=False)
    both = edited.replace("dataset", "model")
    commit(root, "Merge side", {NAME: HEAD + FERN + both})
    expected = [
        ("Change moss", "changed", "license"),
        ("Name it", "changed", "name"),
        ("Type it", "changed", "type"),
    ]
    assert sorted(table(versions_of(root, "moss"))[:-1]) == expected
    git("reset", "--quiet", "--hard", "HEAD~1", cwd=root)
    git("merge", "--quiet", "--no-commit", "side", cwd=root, check=False)
    commit(root, "Merge side", {NAME: HEAD + FERN + both.replace("GPL-3.0", "CC0-1.0")})
    assert sorted(table(versions_of(root, "moss"))[:-1]) == [
        expected[0],
        ("Merge side", "changed", "license"),
        *expected[1:],
    ]


def test_a_side_that_a_merge_dropped_is_not_its_history(root: Path) -> None:
    git("switch", "--quiet", "-c", "side", cwd=root)
    commit(root, "Never came", {NAME: HEAD + FERN + GPL.replace("name: Moss", "name: No")})
    git("switch", "--quiet", "main", cwd=root)
    commit(root, "Change fern again", {NAME: HEAD + GPL + FERN.replace("CC0-1.0", "MIT")})
    git("merge", "--quiet", "-s", "ours", "-m", "Merge nothing", "side", cwd=root)
    assert "Never came" not in {row[0] for row in table(versions_of(root, "moss"))}


def test_what_was_removed_and_added_again_is_one_history(root: Path) -> None:
    commit(root, "Remove moss", {NAME: HEAD + FERN})
    commit(root, "Between", {NAME: HEAD + FERN + "# moss is missed\n"})
    removed = table(versions_of(root, "moss"))
    assert removed[0] == ("Remove moss", "removed", "")
    commit(root, "Add moss again", {NAME: HEAD + FERN + MOSS})
    assert table(versions_of(root, "moss")) == [("Add moss again", "added", ""), *removed]
    assert len(removed) == 3


def test_the_same_lines_in_another_list_are_another_type(tmp_path: Path) -> None:
    root = begin(tmp_path / "clone")
    lines = "  - id: moss\n    name: Moss\n"
    commit(root, "Begin", {NAME: f"config:\n  id: x\ndataset:\n{lines}model:\n  - id: other\n"})
    commit(root, "Move", {NAME: f"config:\n  id: x\ndataset:\n  - id: third\nmodel:\n  - id: other\n{lines}"})
    assert table(versions_of(root, "moss")) == [("Move", "changed", "type"), ("Begin", "added", "")]


def test_the_same_lines_with_more_behind_them_are_no_same_entry(root: Path) -> None:
    commit(root, "Describe", {NAME: HEAD + GPL + "    description: Green\n" + FERN})
    commit(root, "Describe less", {NAME: HEAD + GPL + FERN})
    assert [row[0] for row in table(versions_of(root, "moss"))][:2] == ["Describe less", "Describe"]


def test_a_version_that_cannot_be_read_is_told_and_what_it_hid_is_the_next_ones(root: Path) -> None:
    broken = HEAD + FERN + GPL.replace("name: Moss", 'name: "Moss" is "green"')
    commit(root, "Break it", {NAME: broken})
    commit(root, "Break it more", {NAME: broken + "   - x: [\n"})
    commit(root, "Mend it", {NAME: HEAD + FERN + MOSS})
    found = versions_of(root, "moss")
    assert table(found) == [
        ("Mend it", "changed", "license"),
        ("Break it more", "unreadable", ""),
        ("Change moss", "changed", "license"),
        ("Add moss", "added", ""),
    ]
    assert NAME in found[1].problem and found[1].more == 1
    assert [(one.before, one.after) for one in found[0].fields] == [("GPL-3.0", "MIT")]


def test_a_shallow_clone_says_that_there_is_more(root: Path, tmp_path: Path) -> None:
    git("clone", "--quiet", "--depth=2", root.as_uri(), str(tmp_path / "shallow"), cwd=tmp_path)
    history = history_of(tmp_path / "shallow", "moss")
    found = [one for group in history.versions() for one in group]
    assert table(found) == [("Change moss", "oldest", "")]
    assert history.is_cut
    whole = history_of(root, "moss")
    assert list(whole.versions()) and not whole.is_cut


def test_a_clone_without_contents_fetches_them_together(root: Path, tmp_path: Path) -> None:
    git("config", "uploadpack.allowFilter", "true", cwd=root)
    git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=root)
    clone = tmp_path / "blobless"
    git("clone", "--quiet", "--filter=blob:none", root.as_uri(), str(clone), cwd=tmp_path)
    packs = len(list((clone / ".git/objects/pack").glob("*.pack")))
    assert table(versions_of(clone, "moss")) == table(versions_of(root, "moss"))
    assert len(list((clone / ".git/objects/pack").glob("*.pack"))) == packs + 1


def test_commits_of_its_rdf_file_count(tmp_path: Path) -> None:
    root = begin(tmp_path / "clone")
    entry = "  - id: net\n    type: model\n    rdf_source: models/net/rdf.yaml\n"
    rdf = "type: model\nname: Net\nlicense: MIT\n"
    commit(root, "Begin", {NAME: HEAD + entry, "models/net/rdf.yaml": rdf, "models/net/b.yaml": rdf})
    commit(root, "Other file", {"models/net/b.yaml": "a: b\n"})
    commit(root, "Edit the RDF", {"models/net/rdf.yaml": rdf.replace("MIT", "GPL-3.0")})
    commit(root, "Break the RDF", {"models/net/rdf.yaml": "a: [\n"})
    commit(root, "Mend the RDF", {"models/net/rdf.yaml": rdf.replace("MIT", "GPL-3.0")})
    commit(root, "Point elsewhere", {NAME: HEAD + entry.replace("/rdf", "/b"), "models/net/b.yaml": rdf})
    found = versions_of(root, "net")
    assert table(found) == [
        ("Point elsewhere", "changed", "rdf_source license"),
        ("Edit the RDF", "changed", "license"),
        ("Begin", "added", ""),
    ]
    assert [len(one.rdf_fields) for one in found] == [1, 1, 3]
    write(root, "models/net/b.yaml", rdf.replace("Net", "Nets"))
    assert table(versions_of(root, "net"))[0] == ("(not committed)", "changed", "name")


def test_the_splash_has_a_history_too(root: Path) -> None:
    titled = HEAD.replace("Meadow", "The Meadow")
    commit(root, "Title it", {NAME: titled + FERN + GPL})
    commit(root, "Change moss again", {NAME: titled + FERN + MOSS})
    assert table(versions_of(root, None)) == [("Title it", "changed", "splash_title"), ("Begin", "added", "")]


def test_it_can_be_stopped(root: Path) -> None:
    stopped = Event()
    stopped.set()
    known = history_of(root, "moss")
    history = History(root, known._start, NAME, cancelled=stopped)
    with pytest.raises(Cancelled):
        list(history.versions())


@pytest.mark.parametrize("seed", range(6))
def test_of_any_history_the_commits_are_those_that_changed_the_data(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    root = begin(tmp_path / "clone")
    parts: list[bytes] = []
    expected: list[tuple[str, str]] = []
    names = [NAME, "manifest.bioimage.io.yaml", "collection.yml"]
    name, entries, broken, hidden = NAME, {"moss": 0, "fern": 0, "ivy": 0}, False, False
    ids = {one: one for one in entries}
    order = list(entries)
    for number in range(30):
        act = chance.choice(["edit", "edit", "other", "rename", "order", "break", "file", "nothing"])
        files = ""
        did = ""
        if number and not broken:
            if act == "edit":
                entries["moss"] += 1
                did = "changed"
            elif act == "other":
                entries[chance.choice(["fern", "ivy"])] += 1
            elif act == "rename":
                ids["moss"] = f"moss{number}"
                did = "renamed"
            elif act == "order":
                chance.shuffle(order)
            elif act == "file":
                files, name = f"D {name}\n", chance.choice([one for one in names if one != name])
        broken = act == "break" and not broken and 0 < number < 29
        text = HEAD + "".join(
            f"  - id: {ids[one]}\n    type: dataset\n    name: {one}\n    description: About {one}\n"
            f"    version: {entries[one]}\n"
            for one in order
        )
        text = text.replace("splash_title: Meadow", 'splash_title: "a" b') if broken else text
        data = text.encode()
        who = f"A <a@example.org> {1_600_000_000 + number * 60} +0000"
        parts.append(
            f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(str(number))}\n{number}\n{files}"
            f"M 100644 inline {name}\ndata {len(data)}\n".encode()
            + data
            + b"\n"
        )
        if did:
            expected.append((str(number), did))
    assert not hidden
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=b"".join(parts), check=True)
    git("reset", "--quiet", "--hard", cwd=root)
    found = table(versions_of(root, ids["moss"], name))
    told = [row[:2] for row in found if row[1] != "unreadable"]
    assert told == [*reversed(expected), ("0", "added")]


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("bundle", sorted(PULLS.glob("*.bundle")), ids=lambda one: str(one.stem))
def test_every_entry_of_real_repositories_was_added_by_some_commit(bundle: Path, tmp_path: Path) -> None:
    root = tmp_path / "clone"
    git("clone", "--quiet", str(bundle), str(root), cwd=tmp_path)
    side = read_side(root, "HEAD")
    if side.manifest is None or side.name is None:
        pytest.skip("its default branch has no manifest")
    for entry in side.manifest.entries:
        start = Snapshot(Seen(side.manifest, entry), rdf_now(Seen(side.manifest, entry), side.files))
        found = [one for group in History(root, start, side.name).versions() for one in group]
        readable = [one for one in found if one.change != "unreadable"]
        assert readable[-1].change == "added", entry.id
        assert readable[0].after.seen.fields == start.seen.fields
        assert all(one.commit and (one.fields or one.rdf_fields) for one in readable)
