"""Recognises what somebody sent in what a maintainer types or pastes: a file by how it begins, never by its name alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import unquote, urlsplit

from partner_tui.errors import SourceError
from partner_tui.plain import visible
from partner_tui.repository.clones.pasted import read_pasted
from partner_tui.repository.clones.source import EXAMPLES, Source, find_root, parse_source
from partner_tui.repository.patches.mails import is_patch
from partner_tui.repository.process.redact import address
from partner_tui.repository.user_path import expanded
from partner_tui.workspace.contributions.by_hand.local_file import read_head

Kind: TypeAlias = Literal["fork", "patch", "rdf", "package"]
RDF_NAMES = ("rdf.yaml", "bioimageio.yaml", "model.yaml", "rdf.yml", "bioimageio.yml", "model.yml")
"""What the RDF of a folder or package is called, the most frequent first."""
HINT = "Give a fork's URL, a patch, an RDF (.yaml) or a package (.zip)."
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was given.

    Attributes:
        path: The file; None for a fork.
        url: The repository of a fork, as git takes it.
        branch: What the fork's branch may be called, the likeliest first; empty where nothing names it.
        shown: Its name or URL without credentials, fit to show.
        address: Of a fork, what git would connect to, without credentials and fit to show.
    """

    kind: Kind
    shown: str
    path: Path | None = None
    url: str = ""
    branches: tuple[str, ...] = ()
    address: str = ""

    @property
    def words(self) -> str:
        """What it is, for a person."""
        return {
            "fork": "a branch of another repository",
            "patch": "a patch",
            "rdf": "the RDF of one resource",
            "package": "a package",
        }[self.kind]


def recognise(text: str, *, cwd: Path | None = None) -> Sent:
    """Say what was given; reads how a file begins, and asks no network.

    Raises:
        SourceError: It is none of these, or cannot be read.
    """
    line = read_pasted(text)[0]
    if not line:
        raise SourceError("Nothing given.", HINT)
    if line.startswith("-"):
        raise SourceError(f"{visible(line, 100)} looks like an option.", HINT)
    path = _path(line, cwd or Path.cwd())
    if path is not None and path.is_dir():
        return _folder(path)
    if path is not None:
        return _file(path)
    try:
        return _fork(parse_source(text, cwd=cwd))
    except SourceError as error:
        raise SourceError(error.message, HINT if error.hint == EXAMPLES else error.hint) from None


def _path(line: str, cwd: Path) -> Path | None:
    """The file or folder that a text names, if there is one."""
    if line.lower().startswith("file://"):
        line = unquote(urlsplit(line).path)
    try:
        path = (cwd / expanded(line)).absolute()
        return path if path.is_symlink() or path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _folder(path: Path) -> Sent:
    """A clone or bare repository; else a folder with an RDF."""
    if find_root(path) != path and (
        rdf := next(filter(Path.is_file, (path / name for name in RDF_NAMES)), None)
    ):
        return _file(rdf)
    root = find_root(path)
    if root is None and not (path / "HEAD").is_file():
        raise SourceError(f"{visible(str(path), 200)} has no RDF and is not a git repository.", HINT)
    return _fork(Source("remote", str(path), url=(root or path).as_uri()))


def _file(path: Path) -> Sent:
    head, shown = read_head(path), visible(path.name, 100)
    if head.startswith(_ZIP):
        return Sent("package", shown, path)
    if is_patch(head):
        return Sent("patch", shown, path)
    if path.suffix.lower() in (".yaml", ".yml"):
        return Sent("rdf", shown, path)
    if path.suffix.lower() in (".patch", ".diff", ".mbox", ".eml"):
        raise SourceError(f"There is no patch in {shown}.", "Make one with: git format-patch origin/main")
    if path.suffix.lower() == ".zip":
        raise SourceError(f"{shown} is not a zip archive, or is damaged.", "Ask for the package again.")
    raise SourceError(f"{shown} is neither a patch, an RDF nor a package.", HINT)


def _fork(source: Source) -> Sent:
    if source.kind != "remote" or not source.url:
        raise SourceError(f"{visible(source.text, 200)} is not a fork's URL.", HINT)
    reached = address(source.written_out or source.url)
    return Sent("fork", visible(source.text, 200), url=source.url, branches=source.branches, address=reached)
