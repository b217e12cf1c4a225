"""Two releases compared by their schemas."""

from __future__ import annotations

from typing import Any

from partner_tui.central.impact import Difference, Impact, Problem, Version, compare, schema_problems
from tests.workspace.central.wheels import DATASET, edited_schema, require_maintainers

FERN: dict[str, Any] = {
    "type": "dataset",
    "format_version": "0.3.4",
    "name": "Fern growth",
    "description": "Ferns",
    "license": "CC0-1.0",
    "authors": [{"name": "Ada"}],
    "cite": [{"text": "Fern", "url": "https://example.org"}],
    "tags": ["fern"],
}
MAINTAINED = {**FERN, "maintainers": [{"github_user": "ada"}]}


def test_only_what_differs_between_the_releases_is_told() -> None:
    installed, other = schema_problems(edited_schema()), schema_problems(edited_schema(require_maintainers))
    assert installed(FERN) == set()
    versions = [
        Version("fern", FERN, FERN, ("Who maintains it?",)),
        Version("moss", {**FERN, "format_version": "0.2.2"}, MAINTAINED, ()),
        Version("ivy", {**MAINTAINED, "tags": [1], "size": 3}, MAINTAINED, ()),
    ]
    new, resolved = compare(versions, installed, other)
    missing = Problem("dataset 0.3", "maintainers", "is missing")
    assert new == (Difference(missing, ("fern", "moss"), ("fern",), ("Who maintains it?",)),)
    assert resolved == (
        Difference(Problem("dataset 0.3", "tags[]", "has another type"), ("ivy",), (), (), (), False),
    )


def test_a_version_that_a_release_writes_itself_counts_for_nothing() -> None:
    def newer(definitions: dict[str, Any]) -> None:
        definitions[DATASET]["properties"]["format_version"]["const"] = "0.3.99"

    assert schema_problems(edited_schema(newer))(FERN) == set()


def test_a_newer_format_is_asked_about_besides_the_declared_one() -> None:
    def newest(definitions: dict[str, Any]) -> None:
        added = edited_schema(require_maintainers)["$defs"][DATASET]
        added["properties"]["format_version"]["const"] = "0.4.0"
        definitions["Dataset04"] = added

    assert schema_problems(edited_schema(newest))(FERN) == {
        Problem("dataset 0.4", "maintainers", "is missing")
    }


def test_what_manifests_say_is_no_markup() -> None:
    problem = Problem("dataset 0.3", "tags[]", "has another type")
    found = Impact(
        "1", "2", "schema", 1, {"<i>": ["ivy"]}, (Difference(problem, ("@ada <b>",), (), ("*Why*?",)),), ()
    )
    text = found.to_markdown()
    assert "1 entry of 2 compared by their schemas." in text
    assert "Not compared, since \\<i\\>: 1 entry (ivy)." in text
    assert "### New: 1 finding in 1 entry" in text
    assert "\\<b\\>" in text and "@ada" not in text and "\\*Why\\*?" in text
