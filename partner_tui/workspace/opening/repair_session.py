"""A file that does not parse, or in which keys are written twice: the ways to mend it, and one of them written.

What is written is a step like every other: it is refused when the file was changed meanwhile, and the app takes it back.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from partner_tui.errors import GitError, ManifestParseError
from partner_tui.manifest.dialects import understood
from partner_tui.manifest.repair.duplicates import duplicate_proposals
from partner_tui.manifest.repair.search import is_unambiguous, repair_proposals
from partner_tui.manifest.sound import sound_manifest
from partner_tui.manifest.text.decoding import decoded
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from partner_tui.repository.clones.source import find_root
from partner_tui.repository.commits.checked_out import checked_out
from partner_tui.repository.commits.commit import read_commits
from partner_tui.repository.commits.tree_changes import tree_entries
from partner_tui.repository.git import offline
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import ManifestLocation, check_readable, state_folder
from partner_tui.workspace.steps.step import FileChange, Step
from partner_tui.workspace.steps.steps import Steps
from partner_tui.workspace.workspace import Workspace

_MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a file."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a file, and what can be done about it.

    Attributes:
        problem: One line; empty when nothing is wrong.
        excerpts: Values that stand side by side, of a key that is written twice.
        remedies: The likely ones first.
        is_clear: Whether the first is to be preferred without asking.
        left: How many other problems there are besides.
    """

    text: str
    problem: str = ""
    excerpts: tuple[str, ...] = ()
    remedies: tuple[Repair, ...] = ()
    is_clear: bool = False
    left: int = 0


def diagnose(text: str, name: str) -> Diagnosis:
    """Look at a file's text; of several problems, at the first.

    Raises:
        ManifestParseError: It is too large or too deep to be looked at, or neither a manifest nor an RDF.
    """
    try:
        document = Document.parse(text, name)
    except ManifestParseError as error:
        if error.kind != "yaml":
            raise
        proposals = repair_proposals(text, name)
        remedies = tuple(Repair(one.title, one.text) for one in proposals)
        return Diagnosis(text, error.message, (), remedies, is_unambiguous(proposals))
    found = duplicate_proposals(document)
    if not found:
        understood(document)
        return Diagnosis(text)
    first = found[0]
    one = first.duplicate
    problem = f"{name}, line {one.again.line}: “{one.key}” is written again, first in line {one.first.line}."
    remedies = tuple(Repair(choice.title, choice.document.text) for choice in first.choices)
    is_clear = all(same(value, first.values[0]) for value in first.values[1:])
    return Diagnosis(text, problem, first.excerpts, remedies, is_clear, len(found) - 1)


def diagnose_open(workspace: Workspace) -> Diagnosis:
    """The same for the open manifest that cannot be read for any reason: it as it was committed last is one more way."""
    broken, name = workspace.broken, workspace.manifest_name
    text = (workspace.content or b"").decode("utf-8", "replace")
    if isinstance(broken, ManifestParseError) and broken.kind == "yaml":
        found = diagnose(text, name)
    else:
        found = Diagnosis(text, broken.message if broken else "")
    root = workspace.repository.root if workspace.repository else None
    return replace(found, remedies=(*found.remedies, *_last_readable(root, name)))


def diagnose_file(content: bytes, place: ManifestLocation) -> Diagnosis:
    """The same for a file: where nothing repairs it, it as it was committed last is the way.

    Raises:
        ManifestParseError: As `diagnose`, and no committed version can be read.
    """
    name = place.manifest_name
    unread = None
    try:
        found = diagnose(decoded(content, name), name)
    except ManifestParseError as error:
        unread, found = error, Diagnosis(content.decode("utf-8", "replace"), error.message)
    if found.problem and not found.remedies:
        root = find_root(place.folder)
        path = name if root is None else (place.folder.absolute() / name).relative_to(root).as_posix()
        found = replace(found, remedies=_last_readable(root, path))
    if unread and not found.remedies:
        raise unread
    return found


def _last_readable(root: Path | None, name: str) -> tuple[Repair, ...]:
    """The newest committed version of the manifest that can be read; none where the last ones cannot, or are not here.

    Nothing is downloaded for it, since nobody asked for that.
    """
    if root is None:
        return ()
    with suppress(GitError), offline(Event()):  # nothing is committed, or a content is not in this clone
        for commit in read_commits(root, f"--max-count={_MOST_VERSIONS}", "--", name):
            if name not in tree_entries(root, commit.hash, name):
                continue  # it was removed there
            with suppress(ManifestParseError):
                made = sound_manifest(checked_out(root, name, commit.hash), name).document.text
                return (Repair(f"Restore it as of commit {commit.short} ({commit.date:%Y-%m-%d})", made),)
    return ()


def write_remedy(place: ManifestLocation, before: bytes, remedy: Repair, directories: Directories) -> Step:
    """Write a remedy as one step, which the app takes back with ctrl+z.

    Args:
        before: The file as it was looked at.

    Raises:
        FileChangedOutside: The file is not as it was looked at.
        PartnerTuiError: Another partner-tui is writing.
    """
    check_readable(place)
    change = FileChange(place.manifest_name, before, remedy.text.encode())
    steps = Steps(place.folder, state_folder(place.folder, directories))
    return steps.run(f"repair: {remedy.title}", (change,))
