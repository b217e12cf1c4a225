"""The checklist: what the machine answers, with its evidence, and what it leaves to a person."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.contributions.checklist.item import Item, Subject
from partner_tui.contributions.checklist.questions import checklist
from partner_tui.contributions.checklist.tensors import npy_shape
from partner_tui.manifest.files import NoFiles


class Tree(NoFiles):
    """Files by path."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def exists(self, path: str) -> bool:
        return path in self._files

    def read_text(self, path: str) -> str | None:
        found = self._files.get(path)
        return None if found is None else found.decode()

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        found = self._files.get(path)
        return found if found is not None and len(found) <= limit else None


def finding(message: str, path: tuple[str | int, ...]) -> Finding:
    return Finding("spec", Severity.ERROR, path, 1, 1, message)


def answers(kind: str, data: dict[str, Any], *findings: Finding) -> dict[str, str]:
    subject = Subject("a", kind, data, findings, NoFiles())
    return {one.item: one.state for one in checklist([subject])}


def test_only_what_fits_the_type_is_asked() -> None:
    assert "Axes and shapes are described" not in answers("notebook", {})
    assert "Privacy is respected" not in answers("notebook", {})
    assert "Axes and shapes are described" in answers("model", {})
    assert checklist([]) == ()


@pytest.mark.parametrize(
    ("data", "item", "state"),
    [
        ({}, "Authors and maintainers are named", "fail"),
        ({"authors": [{"name": "Ada"}]}, "Authors and maintainers are named", "open"),
        (
            {"authors": [{"name": "Ada"}], "maintainers": [{"github_user": "ada"}]},
            "Authors and maintainers are named",
            "pass",
        ),
        ({"cite": [{"text": "Doe", "doi": "10.1234/abc"}]}, "Citations have a DOI or URL", "pass"),
        ({"cite": [{"text": "Doe"}]}, "Citations have a DOI or URL", "fail"),
        ({"license": "MIT"}, "The license is an SPDX id", "pass"),
        ({}, "The license is an SPDX id", "fail"),
        ({"name": "Leaves"}, "The name is descriptive", "open"),
        ({"covers": ["https://example.org/a.png"]}, "Covers are of an allowed type and size", "pass"),
        ({"covers": ["https://example.org/a.webp"]}, "Covers are of an allowed type and size", "fail"),
        ({"covers": ["gone.png"]}, "Covers are of an allowed type and size", "fail"),
        ({}, "Covers are clear, with scale bars where they help", "open"),
    ],
)
def test_the_machine_ticks_what_it_can_tell(data: dict[str, Any], item: str, state: str) -> None:
    assert answers("dataset", data)[item] == state


def test_what_the_checks_object_to_fails_with_their_words() -> None:
    for license in ("mine", ["MIT"], 4):
        found = (finding("no id", ("license",)),)
        item = asked_of_license(Subject("a", "dataset", {"license": license}, found, NoFiles()))
        assert (item.state, item.evidence) == ("fail", "no id")


@pytest.mark.parametrize(
    ("data", "evidence"),
    [({}, "no license"), ({"license": " "}, "no license"), ({"license": ["MIT"]}, "license is not text")],
)
def test_a_license_that_is_not_there_is_another_than_one_of_another_type(
    data: dict[str, Any], evidence: str
) -> None:
    item = asked_of_license(Subject("a", "dataset", data, (), NoFiles()))
    assert (item.state, item.evidence) == ("fail", evidence)


def asked_of_license(subject: Subject) -> Item:
    return next(one for one in checklist([subject]) if "SPDX" in one.item)


def test_an_item_fails_where_one_of_several_entries_fails_and_names_it() -> None:
    entries: dict[str, dict[str, Any]] = {"a": {"tags": ["x"]}, "b": {}}
    subjects = [Subject(name, "dataset", data, (), NoFiles()) for name, data in entries.items()]
    item = next(one for one in checklist(subjects) if one.item == "Tags are complete")
    assert (item.state, item.evidence) == ("fail", "b: no tags")


def npy(shape: str, version: int = 1) -> bytes:
    """A file as numpy writes it, without its data."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    size = len(header).to_bytes(2 if version == 1 else 4, "little")
    return b"\x93NUMPY" + bytes([version, 0]) + size + header


def asked(kind: str, data: dict[str, Any], item: str, files: dict[str, bytes] | None = None) -> Item:
    found = checklist([Subject("a", kind, data, (), Tree(files or {}))])
    return next(one for one in found if one.item == item)


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (npy("(1, 1, 64, 64)"), (1, 1, 64, 64)),
        (npy("(3,)", version=2), (3,)),
        (npy("__import__('os').getcwd()"), None),
        (npy("('a',)"), None),
        (npy("(" * 5000), None),
        (b"\x93NUMPY\x01\x00\xff\xff", None),
        (b"PK", None),
        (b"", None),
    ],
)
def test_a_shape_is_read_from_a_header_that_is_never_executed(
    content: bytes, shape: tuple[int, ...] | None
) -> None:
    assert npy_shape(content) == shape


OLD = {
    "inputs": [{"axes": "bcyx", "shape": {"min": [1, 1, 64, 64], "step": [1, 0, 16, 16]}}],
    "outputs": [{"axes": "bcyx", "shape": [1, 2, 80, 80]}],
    "test_inputs": ["in.npy"],
    "test_outputs": ["out.npy"],
}
SPACE = {"type": "space", "id": "y", "size": {"min": 64, "step": 16}}
CHANNEL = {"type": "channel", "channel_names": ["a", "b"]}
NEW = {
    "inputs": [{"axes": [{"type": "batch"}, CHANNEL, SPACE], "test_tensor": {"source": "in.npy"}}],
    "outputs": [{"axes": [{"type": "batch"}, {**SPACE, "size": 64}], "test_tensor": {"source": "out.npy"}}],
}
TEST = "Test arrays are present, of the declared shape"


@pytest.mark.parametrize(
    ("data", "files", "state", "evidence"),
    [
        (OLD, ("(1, 1, 80, 96)", "(1, 2, 80, 80)"), "pass", "2 arrays of the declared shape"),
        (
            OLD,
            ("(1, 1, 80, 90)", "(1, 2, 80, 80)"),
            "fail",
            "in.npy: axis 4 is 90, but 64 + n × 16 is declared",
        ),
        (OLD, ("(1, 1, 80, 80)", "(1, 80, 80)"), "fail", "out.npy: 3 axes, but 4 are declared"),
        (NEW, ("(5, 2, 96)", "(5, 64)"), "pass", "2 arrays of the declared shape"),
        (NEW, ("(5, 3, 96)", "(5, 64)"), "fail", "in.npy: axis 2 is 3, but 2 is declared"),
    ],
)
def test_test_arrays_have_the_declared_shape(
    data: dict[str, Any], files: tuple[str, str], state: str, evidence: str
) -> None:
    item = asked("model", data, TEST, {"in.npy": npy(files[0]), "out.npy": npy(files[1])})
    assert (item.state, item.evidence) == (state, evidence)


def test_test_arrays_that_are_not_at_hand_are_said_so() -> None:
    assert asked("model", OLD, TEST).state == "fail"
    external = OLD | {
        "test_inputs": ["https://example.org/a.npy"],
        "test_outputs": ["https://example.org/b.npy"],
    }
    assert asked("model", external, TEST).state == "open"
    lfs = dict.fromkeys(("in.npy", "out.npy"), pointer(b"w", 1))
    assert asked("model", OLD, TEST, lfs).state == "open"


def pointer(content: bytes, size: int) -> bytes:
    """What Git LFS keeps in git for a file."""
    hashed = hashlib.sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{hashed}\nsize {size}\n".encode()


@pytest.mark.parametrize(("size", "state"), [(500_000, "pass"), (500_001, "fail")])
def test_a_cover_in_lfs_has_the_size_of_its_content_and_not_of_its_pointer(size: int, state: str) -> None:
    item = "Covers are of an allowed type and size"
    assert asked("dataset", {"covers": ["a.png"]}, item, {"a.png": pointer(b"w", size)}).state == state


HOW_TO = "The documentation has steps, input and an example"


def test_documentation_in_lfs_is_left_to_the_reviewer() -> None:
    found = asked("dataset", {"documentation": "a.md"}, HOW_TO, {"a.md": pointer(b"w", 9)})
    assert (found.state, found.evidence) == ("open", "a.md is in Git LFS")


@pytest.mark.parametrize(
    ("declared", "state"),
    [(hashlib.sha256(b"w").hexdigest().upper(), "pass"), ("0" * 64, "fail"), (None, "n/a")],
)
@pytest.mark.parametrize("is_in_lfs", [False, True])
def test_a_checksum_is_that_of_the_file(declared: str | None, state: str, is_in_lfs: bool) -> None:
    data = {"weights": {"onnx": {"source": "w.onnx", "sha256": declared}}}
    stored = pointer(b"w", 1) if is_in_lfs else b"w"
    assert asked("model", data, "Checksums are those of the files", {"w.onnx": stored}).state == state


def test_the_tags_of_a_model_are_looked_for_in_the_categories_of_the_site() -> None:
    full = ["other", "2D", "cells", "pytorch", "fiji", "unet", "denoising"]
    assert asked("model", {"tags": full}, "Tags are complete").state == "pass"
    lacking = asked("model", {"tags": full[:-1]}, "Tags are complete")
    assert (lacking.state, lacking.evidence) == ("open", "6 tags, none of task")


def test_what_does_not_apply_is_said_so() -> None:
    assert asked("dataset", {}, "Icon and badges fit").state == "n/a"
    assert asked("model", {"weights": {"onnx": {}}}, "The architecture is present").state == "n/a"
    assert (
        asked("model", {"weights": {"pytorch_state_dict": {}}}, "The architecture is present").state == "fail"
    )


def test_documentation_says_how_much_there_is_to_read() -> None:
    text = b"# A\n\n## B\n\n```\nrun\n```\n![x](y.png)\n"
    item = asked(
        "dataset",
        {"documentation": "a.md"},
        "The documentation has steps, input and an example",
        {"a.md": text},
    )
    assert (item.state, item.evidence) == ("open", "a.md: 2 headings, 1 code blocks")


def test_a_doi_is_well_formed() -> None:
    cite = [{"text": "Doe", "doi": "10.1/x"}]
    assert asked("dataset", {"cite": cite}, "Citations have a DOI or URL").evidence == "“10.1/x” is not a DOI"
