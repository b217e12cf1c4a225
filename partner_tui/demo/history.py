"""The history of the sample partner: its commits and pull requests, derived backwards from its files.

The package holds the newest state alone. Each revision says what it brought, so that an older state is the newest one
without it; nothing is stored twice, and every state but a broken pull request parses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document

MANIFEST = "collection.bioimage.io.yaml"

Tree = dict[str, bytes]
"""Path to content."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    name: str
    email: str


JUNIPER = Person("Juniper Vale", "juniper@meadow.example.org")
ROBIN = Person("Robin Thistle", "robin@meadow.example.org")
SAGE = Person("Sage Brook", "sage@meadow.example.org")
FERN = Person("Fern Hollow", "fern@meadow.example.org")
BOT = Person("meadow-bot", "meadow-bot@meadow.example.org")


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit.

    Args:
        when: Seconds since 1970, in UTC.
        entries: The ids of the entries that it added, as they were then.
        files: The beginnings of the paths that it added.
        rewrites: Parts of the manifest that it changed, as (before, after).
        pull: The number of the pull request that brought it; 0 for none.
    """

    author: Person
    when: int
    message: str
    entries: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rewrites: tuple[tuple[str, str], ...] = ()
    removed: Mapping[str, str] = field(default_factory=dict)
    pull: int = 0


REVISIONS: tuple[Revision, ...] = (
    Revision(JUNIPER, 1614679200, "Start the collection of the meadow"),
    Revision(
        SAGE,
        1618214400,
        "Add pollen tubes and leaf veins",
        entries=("pollen-tubes", "LeafVeins"),
        files=("docs/leaf-veins", "docs/pollen-tubes", "covers/leaf-veins", "covers/pollen-tubes"),
    ),
    Revision(
        ROBIN,
        1620208800,
        "Add the first two models, and a notebook to train a third\n\n"
        "The weights are on Zenodo; the examples of the training are not cleared yet.",
        entries=("Root_Tip_Membranes", "stomata-stardist", "Notebook_Train_UNet_2D"),
        files=("models/root-tip", "models/stomata", "notebooks/train", "covers/petal-nuclei"),
    ),
    Revision(
        ROBIN,
        1632128400,
        "Add pollen grains",
        entries=("pollen-grains",),
        files=("docs/pollen-grains", "covers/pollen-grains"),
    ),
    Revision(
        FERN,
        1655287200,
        "Add moss, and the nuclei of stamens",
        entries=("Moss_Growth", "stamen-nuclei"),
        files=("covers/moss", "covers/stamen"),
        pull=5,
    ),
    Revision(
        JUNIPER,
        1667473200,
        "Say on the splash what the meadow is about",
        rewrites=(
            (
                'splash_subtitle: "Plant images for everyone"',
                'splash_subtitle: "Models and data for everything that grows"',
            ),
        ),
    ),
    Revision(
        JUNIPER,
        1684317600,
        "Add the viewer, and what is in the new format",
        entries=("meadow-viewer", "petal-nuclei", "clover-leaves", "count-pollen", "petal-nuclei-unet"),
        files=(
            "docs/meadow-viewer",
            "docs/petal-nuclei",
            "docs/clover-leaves",
            "docs/count-pollen",
            "models/petal-nuclei-unet",
            "notebooks/count",
            "covers/leaf-cells",
            "covers/clover-stomata",
        ),
        rewrites=(
            (
                "  - id: Moss_Growth\n    type: application\n    format_version: 0.2.2\n    name: Moss\n",
                "  - id: moss\n    type: application\n    format_version: 0.3.4\n    name: Moss\n",
            ),
            (
                "    authors: [Fern Hollow]\n    cite:\n      - text: Hollow F., Watching",
                "    authors:\n      - name: Fern Hollow\n    cite:\n      - text: Hollow F., Watching",
            ),
        ),
    ),
    Revision(
        SAGE,
        1694160000,
        "Move the documentation of the pollen to the website",
        removed={"docs/pollen-grains.md": "# Pollen grains\n\nPollen of 30 species, 200 grains of each.\n"},
    ),
    Revision(
        FERN,
        1699952400,
        "Say what moss measures, and free its license",
        rewrites=(
            (
                "    description: Watches moss grow.\n",
                "    description: Measures how fast moss grows, from one photograph a day.\n",
            ),
            (
                "    license: GPL-3.0-or-later\n    tags: [meadow, growth]\n",
                "    license: Apache-2.0\n    tags: [meadow, growth]\n",
            ),
        ),
    ),
    Revision(
        ROBIN,
        1708938000,
        "List two models of our neighbours",
        entries=("leaf-cells-3d", "pollen-classifier"),
    ),
    Revision(
        BOT,
        1709629200,
        "Write licenses as their names",
        rewrites=(
            (
                "      - doi: 10.5281/zenodo.1234576\n    license: CC-BY-4.0\n",
                "      - doi: 10.5281/zenodo.1234576\n    license: CC-BY 4.0\n",
            ),
        ),
    ),
)
"""The last one, by a bot, is new to the maintainer; see `build_demo`."""


@dataclass(frozen=True, slots=True)
class Pull:
    """One pull request, as the forge keeps it: ``refs/pull/<number>/head``; or a branch.

    Args:
        number: 0 of a branch.
        merges: Whether the forge has a test merge of it: ``refs/pull/<number>/merge``.
        behind: How many commits of the main branch it does not know.
        added: The folder, below ``pulls``, of the files that it adds; its ``entry.yaml`` goes into the manifest.
        after: The id of the entry behind which that one is put.
        rewrites: Parts of the manifest that it changes, as (before, after).
        files: Others that it writes, by their paths.
    """

    number: int
    author: Person
    when: int
    message: str
    behind: int = 0
    added: str = ""
    after: str = ""
    rewrites: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    branch: str = ""
    merges: bool = False

    @property
    def reference(self) -> str:
        return f"refs/heads/{self.branch}" if self.branch else f"refs/pull/{self.number}/head"


PULLS: tuple[Pull, ...] = (
    Pull(
        7,
        Person("Heath Moor", "heath@moor.example.org"),
        1657008000,
        "A friendlier splash\n\nPeople asked me what the meadow is. Now the splash says it.",
        behind=6,
        rewrites=(
            (
                'splash_subtitle: "Plant images for everyone"',
                'splash_subtitle: "Where plant images grow: models, data and tools"',
            ),
            ("explore_button_text: Start Exploring", "explore_button_text: Walk in"),
        ),
    ),
    Pull(
        11,
        Person("Poppy Fields", "poppy@fields.example.org"),
        1709200800,
        "Add daisy florets",
        behind=1,
        added="daisy-florets",
        after="clover-leaves",
        merges=True,
    ),
    Pull(
        12,
        Person("Bramble Reed", "bramble@reed.example.org"),
        1709546400,
        "Credit our group in the counting notebook",
        behind=1,
        merges=True,
        rewrites=(
            (
                "    name: Count pollen grains\n"
                "    description: Counts pollen grains in transmitted light images and plots their sizes.\n"
                "    authors:\n"
                "      - name: Robin Thistle\n"
                "        github_user: robin-thistle\n",
                "    name: Count pollen grains\n"
                "    description: Counts pollen grains in transmitted light images and plots their sizes.\n"
                "    authors: Robin Thistle and the Reed Group\n",
            ),
            (
                "        doi: 10.5281/zenodo.1234578\n    license: MIT\n",
                "        doi: 10.5281/zenodo.1234578\n    license: ask us first\n",
            ),
        ),
    ),
    Pull(
        13,
        FERN,
        1709550000,
        "Tag the stamen nuclei for segmentation",
        behind=1,
        rewrites=(
            (
                "    tags: [meadow, nuclei, fluorescence]\n",
                "    tags: [meadow, nuclei, fluorescence, segmentation]\n",
            ),
        ),
    ),
    Pull(
        14,
        Person("Burr Docken", "burr@docken.example.org"),
        1709110000,
        "Publish the docs on every push",
        behind=1,
        merges=True,
        files={
            ".github/workflows/docs.yml": "on: pull_request_target\n"
            "permissions: write-all\n"
            "jobs:\n"
            "  docs:\n"
            "    runs-on: ubuntu-latest\n"
            "    steps:\n"
            "      - uses: actions/checkout@v4\n"
            "        with: {ref: '${{ github.event.pull_request.head.sha }}'}\n"
            "      - run: sh publish.sh\n",
            "publish.sh": "#!/bin/sh\ncp -r docs public\n",
        },
    ),
    Pull(
        0,
        SAGE,
        1709282400,
        "Say how the leaf veins were traced",
        branch="leaf-veins",
        behind=1,
        rewrites=(
            (
                "transmitted light, with their veins traced\n",
                "transmitted light, with their veins traced by hand\n",
            ),
        ),
    ),
)


def trees(newest: Tree) -> list[Tree]:
    """The states after each of `REVISIONS`, oldest first; the last one is `newest`."""
    tree, gone = dict(newest), set[str]()
    states = [tree]
    for revision in reversed(REVISIONS[1:]):
        gone |= set(revision.entries)
        tree = {path: data for path, data in tree.items() if not path.startswith(revision.files or ("\0",))}
        tree |= {path: text.encode() for path, text in revision.removed.items()}
        text = newest[MANIFEST].decode()
        for later in reversed(REVISIONS[REVISIONS.index(revision) :]):
            text = _rewritten(text, tuple((after, before) for before, after in later.rewrites))
        tree[MANIFEST] = _without(text, gone).encode()
        states.append(tree)
    return states[::-1]


def pull_tree(pull: Pull, base: Tree, added: Tree) -> Tree:
    """The state after a pull request's commit, from the state before it and the files of its folder."""
    text = base[MANIFEST].decode()
    tree = base | {path: data for path, data in added.items() if path != "entry.yaml"}
    tree |= {path: text.encode() for path, text in pull.files.items()}
    if pull.after:
        _, last = _entry_spans(text)[pull.after]
        lines = text.splitlines(keepends=True)
        text = "".join((*lines[:last], "\n", added["entry.yaml"].decode(), *lines[last:]))
    tree[MANIFEST] = _rewritten(text, pull.rewrites).encode()
    return tree


def _entry_spans(text: str) -> dict[str, tuple[int, int]]:
    """First and last line (1-based) of each entry, by id."""
    manifest = read_manifest(Document.parse(text, MANIFEST))
    return {entry.id or "": manifest.document.line_span(entry.path) for entry in manifest.entries}


def _without(text: str, ids: set[str]) -> str:
    """The text without these entries, and without the blank line behind each."""
    spans = _entry_spans(text)
    dropped = {line for name in ids for line in range(spans[name][0], spans[name][1] + 2)}
    lines = text.splitlines(keepends=True)
    return "".join(line for number, line in enumerate(lines, 1) if number not in dropped)


def _rewritten(text: str, rewrites: tuple[tuple[str, str], ...]) -> str:
    for old, new in rewrites:
        if text.count(old) != 1:
            raise AssertionError(f"{old!r} stands {text.count(old)} times in the sample manifest")
        text = text.replace(old, new)
    return text
