"""Resolves a reference to an RDF or plugin: a file of the clone, or something remote and the URLs to download it from.

Every reader of a manifest asks here, so that checks, the upgrade and downloads never disagree about what is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from partner_tui.addresses.doi import read_doi
from partner_tui.addresses.forge import raw_of_blob
from partner_tui.addresses.urls import names_file
from partner_tui.manifest.files import CloneFiles, fetched_name, path_in_clone
from partner_tui.manifest.stored_files import absent, unread

Why: TypeAlias = Literal["remote", "absent", "unreadable"]

_ZENODO_DOI = re.compile(r"10\.5281/zenodo\.(\d+)(?:/.*)?", re.IGNORECASE)
_ZENODO_ID = re.compile(r"zenodo[.:](\d+)", re.IGNORECASE)
_ZENODO_PAGE = re.compile(r"https?://(?:www\.)?zenodo\.org/records?/(\d+)/?(?:[?#].*)?", re.IGNORECASE)
_COMMIT = re.compile(r"/[0-9a-f]{40}/")
"""In a URL of this repository: of the files of another commit nothing is known here."""
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_NAMES = ("rdf.yaml", "bioimageio.yaml", "model.yaml")
"""What an RDF is called in a record of Zenodo, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An RDF or plugin that an entry needs and that cannot be read.

    Attributes:
        reference: As the entry writes it.
        why: It is remote, not in the clone, or there and unreadable.
        problem: What is wrong, as one line without a full stop.
    """

    reference: str
    why: Why
    problem: str


def place(reference: str, files: CloneFiles) -> str | None:
    """The file of the clone that a reference names, whether or not it exists; None for what is remote, or nowhere."""
    return None if is_doi(reference) else path_in_clone(reference, files)


def fetched_text(reference: str, files: CloneFiles) -> str | None:
    """The text of a remote reference that the user had fetched; None when nobody did."""
    return files.read_text(fetched_name(reference))


def missing(reference: str, files: CloneFiles) -> Missing:
    """Why nothing can be read behind a reference."""
    reference = reference.strip()
    path = place(reference, files)
    if path is not None and files.exists(path):
        return unreadable(reference, unread(path, files, f"{path} is not a readable text file"))
    if _URL.match(reference) and not _WEB.match(reference):
        return Missing(reference, "absent", f"{reference} cannot be downloaded: it is not an https URL")
    if is_remote(reference) and (path is None or _COMMIT.search(reference)):
        return Missing(reference, "remote", f"{reference} is not in this repository")
    if path is None:
        return Missing(reference, "absent", f"{reference} does not name a file of this repository")
    return Missing(reference, "absent", absent(path, files))


def unreadable(reference: str, problem: str) -> Missing:
    """A reference to something that is there and is not what it should be."""
    return Missing(reference.strip(), "unreadable", problem.rstrip("."))


def is_remote(reference: str) -> bool:
    """Whether a reference names something outside of the clone: a URL, a DOI, or an id of Zenodo."""
    return bool(_URL.match(reference.strip())) or is_doi(reference)


def is_doi(reference: str) -> bool:
    """Whether a reference is a DOI, in any of its spellings, or a record of Zenodo."""
    text = reference.strip()
    return bool(read_doi(text) or _ZENODO_ID.fullmatch(text) or _ZENODO_PAGE.fullmatch(text))


def addresses(reference: str) -> tuple[str, ...]:
    """The URLs at which the RDF behind a remote reference may be, in the order to try; none for a DOI of no known archive."""
    text = reference.strip()
    if record := _record(text):
        return tuple(f"https://zenodo.org/api/records/{record}/files/{name}/content" for name in _NAMES)
    if is_doi(text):
        return ()
    return (raw_of_blob(text) or text,)


def is_yaml(reference: str) -> bool:
    """Whether a URL or path is one of a YAML file."""
    return names_file(reference, ".yaml", ".yml")


def _record(reference: str) -> str | None:
    """The number of a record of Zenodo."""
    if found := _ZENODO_ID.fullmatch(reference) or _ZENODO_PAGE.fullmatch(reference):
        return found[1]
    found = _ZENODO_DOI.fullmatch(read_doi(reference) or "")
    return found[1] if found else None
