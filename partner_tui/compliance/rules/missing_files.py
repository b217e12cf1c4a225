"""A URL or relative path names a file of this repository that is not there.

Source: the website fetches covers, documentation and RDFs from these URLs and shows nothing where there is none. URLs
of a folder and of a fixed commit are left alone, since only the files of the present commit are at hand.
"""

from __future__ import annotations

import re

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding, within
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles, NoFiles, path_in_clone
from partner_tui.manifest.sources import is_remote
from partner_tui.manifest.stored_files import absent
from partner_tui.manifest.text.document import Path, spelled

NAME = "missing-files"

_FILE_FIELDS = {"covers", "documentation", "rdf_source", "attachments"}
_NOT_A_FILE = re.compile(r"/tree/|/$|/[0-9a-f]{40}/")


def check_text(
    inside: Path, key: str | int, text: str, manifest: Manifest, files: CloneFiles
) -> Finding | None:
    # What nearly all texts fail is asked first: a manifest of ten thousand entries has half a million of them.
    if "github" not in text and ("://" in text or _FILE_FIELDS.isdisjoint((key, *inside))):
        return None
    if isinstance(files, NoFiles):
        return None
    path = (*inside, key)
    place = within(manifest, path)
    there = path_in_clone(text, files, manifest.folder) if _names_a_file(place, text) else None
    if there is None or files.exists(there):
        return None
    return finding(
        NAME,
        Severity.ERROR,
        manifest,
        path,
        f"{spelled(place)}: {absent(there, files)}",
        "Add the file, or correct the path",
    )


def _names_a_file(path: Path, text: str) -> bool:
    if path[:1] == ("rdf_source",) and len(path) > 1:  # an RDF that is written out
        path = path[1:]
    if not path or path[-1] == "url_root" or any(character.isspace() for character in text):
        return False
    if text.startswith(("https://", "http://")):
        return "github" in text and not _NOT_A_FILE.search(text)
    return path[0] in _FILE_FIELDS and len(text) < 300 and not is_remote(text)
