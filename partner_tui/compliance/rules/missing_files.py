"""A URL or relative path names a file of this repository that is not there.

Source: the website fetches covers, documentation and RDFs from these URLs and shows nothing where there is none. URLs
of a folder and of a fixed commit are left alone, since only the files of the present commit are at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding, spelled, texts, within
from partner_tui.manifest.document import Path
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles, NoFiles, path_in_clone

NAME = "missing-files"

_FILE_FIELDS = {"covers", "documentation", "rdf_source", "attachments"}
_NOT_A_FILE = re.compile(r"/tree/|/$|/[0-9a-f]{40}/")


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    if isinstance(files, NoFiles):
        return
    for path, text in texts(manifest):
        if not _names_a_file(within(manifest, path), text):
            continue
        there = path_in_clone(text, files)
        if there is not None and not files.exists(there):
            yield finding(
                NAME,
                Severity.ERROR,
                manifest,
                path,
                f"{spelled(within(manifest, path))}: {there} is not in this repository",
                "Add the file, or name the one that is meant",
            )


def _names_a_file(path: Path, text: str) -> bool:
    if not path or path[-1] == "url_root" or any(character.isspace() for character in text):
        return False
    if text.startswith(("https://", "http://")):
        return "github" in text and not _NOT_A_FILE.search(text)
    return path[0] in _FILE_FIELDS and len(text) < 300 and "://" not in text
