"""The schema of a release, asked in a child: as the app itself would, and no longer than it has to."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from partner_tui.central.impact import Problem, schema_problems
from partner_tui.errors import SourceError
from partner_tui.workspace.central.schema_asking import SchemaAsker
from partner_tui.workspace.central.spec_release import installed_schema
from tests.workspace.central.wheels import DATASET, edited_schema, make_wheel

MOSS: dict[str, Any] = {"type": "dataset", "format_version": "0.3.4", "name": "Moss", "tags": [1]}


def _wheel(folder: Path, **name: Any) -> Path:
    def edit(definitions: dict[str, Any]) -> None:
        definitions[DATASET]["properties"]["name"] = name

    return make_wheel(folder, content=json.dumps(edited_schema(edit)).encode())


def test_the_child_finds_what_the_schema_finds(tmp_path: Path) -> None:
    wheel = _wheel(tmp_path, type="number")
    with closing(SchemaAsker()) as installed, closing(SchemaAsker(wheel)) as other:
        expected = schema_problems(installed_schema())(MOSS)
        assert installed.ask(MOSS) == expected
        assert set(other.ask(MOSS)) - set(expected) == {Problem("dataset 0.3", "name", "has another type")}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ({"pattern": ".?" * 90 + "!"}, "it took longer than"),
        ({"pattern": "("}, "missing \\), unterminated"),
        ({"$ref": "http://localhost:9/schema.json"}, "Unresolvable"),
        ({"type": "none"}, "Unknown type 'none'"),
    ],
)
def test_a_hostile_schema_is_given_up(tmp_path: Path, name: dict[str, str], why: str) -> None:
    data = {**MOSS, "name": "a" * 45}
    with (
        closing(SchemaAsker(_wheel(tmp_path, **name), seconds=1)) as other,
        pytest.raises(SourceError, match=why),
    ):
        other.ask(data)


def test_what_is_no_schema_of_a_release_is_told_by_what_it_lacks(tmp_path: Path) -> None:
    content = json.dumps({"$defs": {"A": {"properties": {}}}}).encode()
    with (
        closing(SchemaAsker(make_wheel(tmp_path, content=content))) as other,
        pytest.raises(SourceError, match="other release cannot be used: no definition has a type"),
    ):
        other.ask(MOSS)
