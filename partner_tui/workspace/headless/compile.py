"""Implements `compile` without UI: the items that a manifest becomes, by rules of the central CI."""

from __future__ import annotations

from partner_tui.central.compile import compile_manifest, unreadable
from partner_tui.central.compiled import Compiled, Rules
from partner_tui.errors import GitError, ManifestParseError, UsageError
from partner_tui.manifest.dialects import understood
from partner_tui.manifest.text.document import Document
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import ManifestLocation, check_readable, open_overlay


def compile_place(
    place: ManifestLocation, rules: Rules, directories: Directories
) -> tuple[Compiled, ManifestParseError | None]:
    """Compile the manifest of a place; of one that cannot be read, why that is, too.

    What was downloaded for it in the app is used; nothing is downloaded.

    Raises:
        SourceError: It cannot be read at all.
        UsageError: It is the RDF of one resource.
    """
    data = check_readable(place).read_bytes()
    try:
        document = Document.decode(data, place.manifest_name)
        manifest = understood(document)
    except ManifestParseError as error:
        return unreadable(error, rules), error
    if manifest.is_rdf:
        raise UsageError(
            f"{place.manifest_name} is the RDF of one resource, and no manifest.",
            "Name the manifest with --manifest.",
        )
    files = open_overlay(place, directories)
    return compile_manifest(document, files, rules, _default_branch(place)), None


def _default_branch(place: ManifestLocation) -> str | None:
    if not place.in_repository:
        return None
    from partner_tui.repository.repository import Repository

    try:
        return Repository.open(place.folder).default_branch()
    except GitError:
        return None
