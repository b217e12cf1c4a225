"""Of any edits by two sides, in a real repository: what they did to different things is both there, and nothing else changed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from partner_tui.comparison.three_way import Side
from partner_tui.manifest.editing.edits import Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document
from partner_tui.repository.commits.rebase import content_at
from partner_tui.workspace.contributions.merging import TreeMerge, merge_trees
from tests.comparison.test_merge_properties import IDS, acts, text_of, unordered
from tests.real_git import git

NAME, RENAMED = "collection.yaml", "manifest.bioimage.io.yaml"
Files = Mapping[str, bytes]
_NUMBERS = count(1)


class Repository:
    """A bare repository in which two descendants of a base are made with one command."""

    def __init__(self, root: Path) -> None:
        self.root = root
        git("init", "--quiet", "--bare", str(root), cwd=root.parent)

    def merged(
        self, base: Files, ours: Files, theirs: Files, choices: Mapping[str, Side] | None = None
    ) -> TreeMerge:
        number = next(_NUMBERS)
        stream = b""
        for mark, files in enumerate((base, ours, theirs), 1):
            stream += b"commit refs/heads/%d-%d\nmark :%d\ncommitter x <x> 0 +0000\ndata 0\n" % (
                number,
                mark,
                mark,
            )
            stream += (b"from :1\n" if mark > 1 else b"") + b"deleteall\n"
            for path, content in files.items():
                stream += b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(content), content)
        subprocess.run(["git", "fast-import", "--quiet"], cwd=self.root, input=stream, check=True)
        return merge_trees(
            self.root,
            self.root,
            f"refs/heads/{number}-2",
            f"refs/heads/{number}-3",
            choices=choices,
        )

    def names(self, tree: str) -> list[str]:
        return git("ls-tree", "-r", "--name-only", tree, cwd=self.root).splitlines()

    def content(self, tree: str | None, path: str) -> bytes:
        assert tree is not None
        found = content_at(self.root, tree, path)
        assert found is not None and b"<<<<<<<" not in found
        return found


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository(tmp_path_factory.mktemp("merges") / "r.git")


def edited(data: st.DataObject, base: Document) -> tuple[list[Document], Document, set[str]]:
    """Two descendants with edits of different things, one with both, and the ids of entries that were removed."""
    known = acts(1)
    chosen = data.draw(st.lists(st.sampled_from(sorted(known)), unique=True, min_size=1, max_size=8))
    gone = {id for id, what in chosen if what == "all"}
    sides, both = [base, base], base
    for act in chosen:
        if act[0] in gone and act[1] != "all":
            continue
        side = data.draw(st.integers(0, 1))
        sides[side] = apply(sides[side], known[act](sides[side]))
        both = apply(both, known[act](both))
    return sides, both, gone


@pytest.mark.slow
@given(st.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_edits_of_different_things_are_both_there_also_across_a_rename(
    repository: Repository, data: st.DataObject
) -> None:
    base = Document.parse(text_of(1))
    sides, both, _ = edited(data, base)
    names = data.draw(st.sampled_from([(NAME, NAME), (RENAMED, NAME), (NAME, RENAMED)]))
    other = {"docs/a.md": b"A\n"}
    states = [{name: side.encode(), **other} for name, side in zip(names, sides, strict=True)]
    made = repository.merged({NAME: base.encode(), **other}, states[0], states[1])
    assert made.how in ("git", "entries") and made.tree is not None, made
    name = RENAMED if RENAMED in names else NAME
    assert repository.names(made.tree) == sorted([name, "docs/a.md"])
    result = Document.decode(repository.content(made.tree, name))
    assert unordered(result.data) == unordered(both.data)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_a_field_that_both_changed_is_asked_about_whatever_else_they_did(
    repository: Repository, data: st.DataObject
) -> None:
    base = Document.parse(text_of(1))
    sides, _, gone = edited(data, base)
    id = data.draw(st.sampled_from([id for id in IDS if id not in gone] or IDS[:1]))
    values = ("By us", "By them")
    for number, value in enumerate(values):
        entries = sides[number].data["collection"]
        at = next((at for at, one in enumerate(entries) if one["name"] == f"The {id}"), None)
        if at is None:
            return  # one side removed it: that is another conflict
        sides[number] = apply(sides[number], [Replace(("collection", at, "field0"), value)])
    files = [{NAME: side.encode()} for side in (base, *sides)]
    made = repository.merged(files[0], files[1], files[2])
    assert made.how == "decision" and made.tree is None
    assert [(one.ours, one.theirs) for one in made.conflicts] == [values]
    (conflict,) = made.conflicts
    for side, value in zip(("ours", "theirs"), values, strict=True):
        choices: dict[str, Side] = {conflict.key: "ours" if side == "ours" else "theirs"}
        decided = repository.merged(files[0], files[1], files[2], choices)
        assert decided.chosen == {conflict.key}
        result = Document.decode(repository.content(decided.tree, NAME))
        assert [one["field0"] for one in result.data["collection"] if one["name"] == f"The {id}"] == [value]


@given(st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_entries_of_one_id_are_not_mixed_up(repository: Repository, data: st.DataObject) -> None:
    """Two entries share an id: each side edits one of them."""
    text = text_of(1).replace("id: entry-d", "id: entry-a")
    base = Document.parse(text)
    first, second = data.draw(st.permutations([0, 3]))
    fields = data.draw(st.tuples(st.sampled_from(["name", "field0"]), st.sampled_from(["name", "field0"])))
    ours = apply(base, [Replace(("collection", first, fields[0]), "Ours")])
    theirs = apply(base, [Replace(("collection", second, fields[1]), "Theirs")])
    both = apply(ours, [Replace(("collection", second, fields[1]), "Theirs")])
    made = repository.merged({NAME: text.encode()}, {NAME: ours.encode()}, {NAME: theirs.encode()})
    assert repository.content(made.tree, NAME) == both.encode()


BREAKING = st.sampled_from(
    [
        ("collection:", "collection: ["),
        ("  - id: entry-c", "  - id: 'entry-c"),
        ("    name: ", "\tname: "),
        ("    tags:", "    name: again\n    tags:"),
    ]
)


@pytest.mark.slow
@given(st.data(), BREAKING)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_a_broken_side_is_never_merged_by_guess_and_a_side_can_be_chosen(
    repository: Repository, data: st.DataObject, how: tuple[str, str]
) -> None:
    base = Document.parse(text_of(1))
    sides, _, _ = edited(data, base)
    who = data.draw(st.integers(0, 1))
    texts = [side.encode() for side in sides]
    assume(how[0].encode() in texts[who])
    broken = texts[who] = texts[who].replace(how[0].encode(), how[1].encode(), 1)
    sound = texts[1 - who]
    base_text = base.encode()
    files = [{NAME: text} for text in (base_text, *texts)]
    made = repository.merged(files[0], files[1], files[2])
    if made.how == "git":
        result = repository.content(made.tree, NAME)
        assert result == broken if sound == base_text else how[1].encode() in result
        return
    side = ("your branch", "the contribution")[who]
    assert made.how == "no" and made.tree is None and made.why
    assert made.why.startswith(f"In {side}, ") and "choose one side" in made.hint
    choices: dict[str, Side] = {NAME: "theirs" if who == 0 else "ours"}
    decided = repository.merged(files[0], files[1], files[2], choices)
    assert repository.content(decided.tree, NAME) == sound
