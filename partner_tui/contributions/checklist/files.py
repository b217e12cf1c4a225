"""Answers the questions about the files that an entry names: covers of an allowed type and size, checksums that are right."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from partner_tui.addresses.urls import names_file
from partner_tui.contributions.checklist.item import Answered, Subject, source_of
from partner_tui.manifest.files import path_in_clone
from partner_tui.manifest.stored_files import absent, lfs_pointer
from partner_tui.pictures.references import COVER_SUFFIXES
from partner_tui.plain import plural

MAX_COVER_BYTES = 500_000
"""What the spec asks covers to stay below."""
MAX_HASHED_BYTES = 200_000_000
_MOST_HASHED = 50
HERE = "in the contribution"


def covers(subject: Subject) -> Answered:
    value = subject.data.get("covers")
    sources = [source_of(one) for one in value] if isinstance(value, list) else []
    if not sources:
        return "fail", "no covers"
    for source in sources:
        if not names_file(source, *COVER_SUFFIXES):
            return "fail", f"{source[:80]} is not {', '.join(COVER_SUFFIXES)}"
        path = path_in_clone(source, subject.files, subject.base)
        if path is not None and not subject.files.exists(path):
            return "fail", absent(path, subject.files, HERE)
        content = None if path is None else subject.files.read_bytes(path, MAX_COVER_BYTES)
        stored = lfs_pointer(content) if content else None
        if path is not None and (content is None or (stored and stored.size > MAX_COVER_BYTES)):
            return "fail", f"{path} is larger than {MAX_COVER_BYTES // 1000} kB, or cannot be read"
    return "pass", plural(len(sources), "cover")


def checksums(subject: Subject) -> Answered:
    """Whether each sha256 beside the name of a file of the repository is that file's."""
    checked, unread = 0, ""
    for source, declared in list(_declared(dict(subject.data)))[:_MOST_HASHED]:
        path = path_in_clone(source, subject.files, subject.base)
        if path is None:
            continue
        content = subject.files.read_bytes(path, MAX_HASHED_BYTES)
        if content is None:
            unread = unread or path
        elif stored := lfs_pointer(content):
            if declared.lower() != stored.sha256:
                return "fail", f"the sha256 of {path} is not that of its LFS file"
            checked += 1
        elif hashlib.sha256(content).hexdigest() != declared.lower():
            return "fail", f"the sha256 of {path} is not the file's"
        else:
            checked += 1
    if unread:
        return "fail", f"{unread} is not in the contribution, or too large to check"
    return ("pass", plural(checked, "checksum")) if checked else ("n/a", "no sha256 of a file here")


def _declared(value: Any) -> Iterator[tuple[str, str]]:
    """Source and sha256 wherever a mapping has both."""
    if isinstance(value, dict):
        source, declared = value.get("source"), value.get("sha256")
        if isinstance(source, str) and isinstance(declared, str):
            yield source, declared
        for member in value.values():
            yield from _declared(member)
    elif isinstance(value, list):
        for member in value:
            yield from _declared(member)
