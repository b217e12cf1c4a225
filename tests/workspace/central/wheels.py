"""Wheels of releases of the spec library that never were: the installed one's schema, edited."""

from __future__ import annotations

import copy
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from partner_tui.workspace.central.spec_release import installed_schema

SCHEMA = "bioimageio/spec/static/bioimageio_schema.json"
DATASET = "bioimageio__spec__dataset__v0_3__DatasetDescr"


def edited_schema(edit: Callable[[dict[str, Any]], None] = lambda definitions: None) -> dict[str, Any]:
    """The installed release's schema.

    Args:
        edit: Changes its definitions in place.
    """
    schema: dict[str, Any] = copy.deepcopy(installed_schema())
    edit(schema["$defs"])
    return schema


def require_maintainers(definitions: dict[str, Any]) -> None:
    """A release in which datasets need maintainers, and may have a tag that is a number."""
    definitions[DATASET]["required"].append("maintainers")
    definitions[DATASET]["properties"]["tags"] = {}


def make_wheel(
    folder: Path, version: str = "0.6.0.0", content: bytes | None = None, name: str = SCHEMA
) -> Path:
    path = folder / f"bioimageio_spec-{version}-py3-none-any.whl"
    if content is None:
        content = json.dumps(edited_schema(require_maintainers)).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return path
