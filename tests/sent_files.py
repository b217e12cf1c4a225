"""Files as people send them: an RDF, a package with what belongs to it, and archives that no archiver makes."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from pathlib import Path

RDF = """\
# kept
format_version: 0.3.0
type: dataset
name: Fern fronds
description: Fronds of ferns
documentation: docs/readme.md
covers: [./cover.png]
license: CC-BY-4.0
"""
FILES = {"docs/readme.md": b"# Ferns\n", "cover.png": b"\x89PNG\r\n\x1a\n"}


def package(path: Path, files: dict[str, bytes], top: str = "") -> Path:
    """Write a package with `RDF` and some files; `top` is a folder in it, with its slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"rdf.yaml": RDF.encode(), **files}.items():
            archive.writestr(top + name, content)
    return path


def archive(*members: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """The bytes of a package with `RDF` and members of any name and kind, also twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("rdf.yaml", RDF)
        with warnings.catch_warnings(action="ignore"):
            for name, content in members:
                made.writestr(name, content)
    return out.getvalue()


def link() -> zipfile.ZipInfo:
    """A member that is a symbolic link."""
    info = zipfile.ZipInfo("link")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info
