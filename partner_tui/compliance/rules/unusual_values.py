"""A key that is not text, or a value of a tag that no field of the spec takes (`!!set`, `!!binary`, `!!pairs`).

Source: the spec library raises on such keys and sets instead of judging them, and ignores unknown keys of generic resources;
neither says what it stopped at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.protocol import is_json
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Path, spelled
from partner_tui.plain import visible

NAME = "unusual-value"
_TAGS = {
    set: ("a set (!!set)", "Write a list"),
    bytes: ("binary data (!!binary)", "Keep the data in a file, and name the file here"),
    tuple: ("a pair of !!pairs", "Write a list of mappings"),
}


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for entry in manifest.entries:
        written = _written(manifest, entry.path)
        for path, message, hint in _unusual(written) if not is_json(written) else ():
            yield finding(NAME, Severity.WARNING, manifest, (*entry.path, *path), message, hint)


def _written(manifest: Manifest, path: Path) -> Any:
    """An entry with all its keys: its fields are those that are texts."""
    value = manifest.document.data
    for step in path:
        value = value[step]
    return value


def _unusual(value: Any) -> Iterator[tuple[Path, str, str]]:
    waiting: list[tuple[Path, Any]] = [((), value)]
    seen: set[int] = set()  # aliases may repeat a value many times
    while waiting:
        path, value = waiting.pop()
        if type(value) is str or id(value) in seen:
            continue
        where = spelled(path)
        for kind, (name, hint) in _TAGS.items():
            if isinstance(value, kind) and path == ("config",):
                # In the words of the fix for it.
                yield path, f"config is not a mapping but {name}", "The upgrade makes it a mapping"
            elif isinstance(value, kind):
                yield path, f"{where}: {name} is not a value of the spec", hint
        if isinstance(value, dict):
            seen.add(id(value))
            for key in value:
                if not isinstance(key, str):
                    inside = f" in {where}" if where else ""
                    yield (
                        path,
                        f"The key {visible(_named(key), 48)}{inside} is not text: no field has such a name",
                        "Quote the key, or remove it",
                    )
            waiting += [((*path, key), part) for key, part in reversed(value.items()) if isinstance(key, str)]
        elif isinstance(value, list):
            seen.add(id(value))
            waiting += [((*path, place), part) for place, part in reversed([*enumerate(value)])]


def _named(key: Any) -> str:
    if key is None:
        return "null"
    if isinstance(key, tuple):
        return f"[{', '.join(map(_named, key))}]"
    return str(key).lower() if isinstance(key, bool) else str(key)
