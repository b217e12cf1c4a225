"""Findings about the pictures in the clone, which are decoded in the confined child and judged by the site's rules.

Not one of the `rules`: hundreds of covers take longer than all else that is asked of a manifest. `check` asks for all of
them; the app says the same where it shows a picture. One that is not in the clone is left to `missing_files`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from threading import Event

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.status import EntryCheck
from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import resolve, written_in
from partner_tui.manifest.text.document import Document, Path
from partner_tui.pictures.decoder import load_picture
from partner_tui.pictures.facts import PictureFacts, facts_of
from partner_tui.pictures.source import PictureSource, resolve_picture
from partner_tui.splash.card import files as named_files
from partner_tui.splash.fields import PICTURE_KINDS, SPLASH_FIELDS
from partner_tui.splash.notices import Notices
from partner_tui.splash.picture_rules import PictureCheck, check_cover, check_picture, check_problem

NAME = "picture"
_PIXELS = 64 * 64
"""Nobody looks at them here."""


def look_at(
    source: PictureSource, files: CloneFiles, check: PictureCheck, cancelled: Event | None = None
) -> tuple[PictureFacts | None, Notices]:
    """What a picture is and what will look wrong of it, or why it cannot be read. Raises Cancelled."""
    try:
        facts = facts_of(load_picture(source, files, _PIXELS, cancelled))
    except Cancelled:
        raise
    except PartnerTuiError as error:
        return None, check_problem(error.message)
    return facts, check(source.reference, facts) if facts else ()


def config_pictures(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    """About the pictures that `config` names."""
    for known in SPLASH_FIELDS:
        value = manifest.partner.config.get(known.key)
        if known.kind in PICTURE_KINDS and isinstance(value, str):
            source = resolve_picture(value, files)
            check = partial(check_picture, known)
            yield from _findings(source, files, check, manifest.document, ("config", known.key))


def with_covers(check: EntryCheck, manifest: Manifest, files: CloneFiles) -> EntryCheck:
    """The outcome for an entry, with what is to be said of its covers."""

    def covers() -> Iterator[Finding]:
        entry = manifest.entries[check.index]
        resolved = resolve(entry, manifest, files)
        document, start = written_in(resolved, manifest, "covers")
        if document is None:  # they are in an RDF that was downloaded, or that the entry has as a mapping
            document, start = manifest.document, (*entry.path, "rdf_source")
        value = resolved.data.get("covers")
        for place, member in enumerate(value if isinstance(value, list) else [value]):
            path = (*start, place) if isinstance(value, list) else start
            for reference in named_files(member):
                source = resolve_picture(reference, files, resolved.base("covers"))
                for one in _findings(source, files, check_cover, document, path):
                    yield one if document is manifest.document else replace(one, file=document.name)

    return replace(check, find=lambda: (*check.findings, *covers()))


def _findings(
    source: PictureSource, files: CloneFiles, check: PictureCheck, document: Document, path: Path
) -> Iterator[Finding]:
    if source.kind == "file":
        where = document.position(path)
        for notice in look_at(source, files, check)[1]:
            message = f"{source.path}: {notice.text.removesuffix('.')}"
            severity, hint = Severity(notice.severity), notice.hint.removesuffix(".")
            yield Finding(NAME, severity, path, where.line, where.column, message, hint)
