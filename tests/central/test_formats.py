from __future__ import annotations

from typing import Any

import pytest

from partner_tui.central.formats import read

BASE = "https://h.org/base"
SOUND = {"name": "n", "description": "d", "type": "dataset", "format_version": "0.2.3"}
MODEL: dict[str, Any] = {
    **SOUND,
    "type": "model",
    "format_version": "0.4.9",
    "authors": [{"name": "A"}],
    "documentation": "README.md",
    "license": "MIT",
    "inputs": [{"name": "i", "axes": "bcyx", "data_type": "float32", "shape": [1, 1, 8, 8]}],
    "outputs": [{"name": "o", "axes": "bcyx", "data_type": "float32", "shape": [1, 1, 8, 8]}],
    "test_inputs": ["i.npy"],
    "test_outputs": ["o.npy"],
    "timestamp": "2022-01-01T00:00:00",
    "weights": {"onnx": {"source": "w.onnx"}},
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("covers", ["c.png", "https://x.org/c.png", "ftp://x.org/c.png", "a text with spaces"]),
        ("authors", ["A", {"name": "B", "email": "b@x.org", "orcid": "0000-0002-8567-6389"}]),
        ("badges", [{"label": "l", "url": "u"}]),
        ("cite", [{"text": "t", "url": "no url, but a text"}]),
        ("attachments", {"files": ["f"], "anything": 1}),
        ("version", 0.1),
        ("format_version", "0.2"),
        ("format_version", "0.2.99"),
        ("git_repo", "https://github.com/fiji/fiji,"),
        ("git_repo", "http://localhost:80/x"),
        ("links", []),
        ("unknown", None),
    ],
)
def test_what_the_library_accepted(field: str, value: object) -> None:
    assert read({**SOUND, field: value}, BASE).problems == ()


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("covers", "c.png", ("covers",)),
        ("covers", [None], ("covers", 0)),
        ("authors", [{"affiliation": "x"}], ("authors", 0, "name")),
        ("authors", [{"name": "A", "email": "no"}], ("authors", 0, "email")),
        ("authors", [{"name": "A", "orcid": "0000-0002-8567-6388"}], ("authors", 0, "orcid")),
        ("authors", [{"name": "A/B"}], ("authors", 0, "name")),
        ("badges", [{"url": "u"}], ("badges", 0, "label")),
        ("cite", [{"text": "t"}], ("cite", 0)),
        ("config", [], ("config",)),
        ("git_repo", "https://x.org#fragment", ("git_repo",)),
        ("version", "one", ("version",)),
        ("format_version", "x", ("format_version",)),
        ("format_version", 0.2, ("format_version",)),
        ("format_version", "0.1.9", ("format_version",)),
        ("type", 7, ("type",)),
        ("type", "collection", ("collection",)),
    ],
)
def test_what_the_library_refused(field: str, value: object, path: tuple[str | int, ...]) -> None:
    assert [problem.path for problem in read({**SOUND, field: value}, BASE).problems] == [path]


@pytest.mark.parametrize("field", ["name", "description", "format_version"])
def test_a_required_field_is_missed(field: str) -> None:
    data = {name: value for name, value in SOUND.items() if name != field}
    assert [problem.path for problem in read(data, BASE).problems] == [(field,)]


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("source", "a/./b", f"{BASE}/a/b"),
        ("source", "https://x.org/a?", "https://x.org/a"),
        ("source", "mailto:a@b", "mailto:a@b"),
        ("covers", ["/abs.png"], ["/abs.png"]),
        ("name", "a/b", "a/b"),
        ("foo", 1, None),
    ],
)
def test_what_the_library_wrote_again(field: str, value: object, written: object) -> None:
    data = {**SOUND, field: value}
    if field == "name":
        assert read(data, BASE).problems
        assert read({**data, "format_version": "0.2.2"}, BASE).data["name"] == "ab"
        return
    assert read(data, BASE).data.get(field) == written


@pytest.mark.parametrize(
    "change", [{}, {"download_url": "https://x.org/m.zip"}, {"format_version": "0.4.0"}, {"parent": {}}]
)
def test_a_model_that_was_accepted(change: dict[str, Any]) -> None:
    assert read({**MODEL, **change}, BASE).problems == ()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"source": "x"}, ("source",)),
        ({"foo": 1}, ("foo",)),
        ({"authors": []}, ("authors",)),
        ({"run_mode": []}, ("run_mode",)),
        ({"weights": {"foo": {"source": "w"}}}, ("weights", "foo")),
        ({"weights": {"onnx": {}}}, ("weights", "onnx", "source")),
        (
            {"inputs": [{"name": "a-b", "axes": "x", "data_type": "uint8", "shape": [1]}]},
            ("inputs", 0, "name"),
        ),
        ({"format_version": "0.2.3"}, ("format_version",)),
        ({"format_version": "0.3.6"}, ("cite",)),
    ],
)
def test_a_model_that_was_refused(change: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert path in [problem.path for problem in read({**MODEL, **change}, BASE).problems]


def test_names_of_authors_became_objects_up_to_0_3_1() -> None:
    old = {**MODEL, "format_version": "0.3.1", "authors": ["A"], "cite": [{"text": "t", "doi": "d"}]}
    assert read(old, BASE).data["authors"] == [{"name": "A"}]
    assert read({**old, "authors": [{"name": "A"}]}, BASE).problems
