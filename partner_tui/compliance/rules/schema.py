"""The root has the shape that the site and the central CI read.

Source: ``manifest/manifest.schema.json``, since bioimageio.spec has had no class for collections since 0.5.3.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from importlib.resources import files as resources
from typing import Any

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import spelled

NAME = "schema"

_TYPES = {
    "array": "a list",
    "object": "a mapping",
    "string": "text",
    "number": "a number",
    "null": "empty",
    "boolean": "true or false",
}


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    data = manifest.document.data
    if not isinstance(data, dict):
        return
    lists = manifest.entry_lists
    root = {key: value for key, value in data.items() if isinstance(key, str) and key not in lists}
    for error in sorted(
        _validator().iter_errors(root), key=lambda error: [str(part) for part in error.absolute_path]
    ):
        path = tuple(error.absolute_path)
        message, hint = _words(spelled(path), error.validator, error.validator_value)
        yield finding(
            NAME,
            Severity.ERROR,
            manifest,
            path,
            message,
            hint,
            "drop-null" if error.instance is None else None,
        )


def _words(label: str, keyword: str, value: Any) -> tuple[str, str]:
    if keyword == "type":
        kinds = [value] if isinstance(value, str) else [kind for kind in value if kind != "null"]
        wanted = " or ".join(_TYPES.get(kind, kind) for kind in kinds)
        return f"{label} is not {wanted}", "Quote it" if kinds == ["string"] else ""
    return f"{label} has an unexpected value", ""


@functools.cache
def _validator() -> Any:
    # Imported here: it takes 0.15 s, which the first screen need not wait for.
    from jsonschema import Draft202012Validator

    text = resources("partner_tui.manifest").joinpath("manifest.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))
