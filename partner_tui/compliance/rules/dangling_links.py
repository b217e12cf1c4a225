"""A link names an entry that is not in this manifest.

Source: the central CI prefixes links without a slash with the partner's id, and the website drops links that lead
nowhere. Links with another partner's prefix are theirs and are left alone, and so is the one by which the site knows the partner.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.partners import keyword, public_link
from partner_tui.manifest.text.document import Path

NAME = "dangling-links"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    partner = manifest.partner
    ids = {entry.public_id(partner) for entry in manifest.entries if entry.id}
    alike = {public_id.lower(): public_id for public_id in ids}
    for path, link in _links(manifest):
        prefix, slash, _ = link.partition("/")
        if not link or (slash and prefix != partner.id) or (slash and not partner.id):
            continue
        public_id = public_link(link, partner.id)
        if public_id in ids or public_id == keyword(partner.id):
            continue
        near = alike.get(public_id.lower())
        yield finding(
            NAME,
            Severity.WARNING,
            manifest,
            path,
            f"The link {link} does not match any entry in this manifest",
            f"Did you mean {near}?"
            if near
            else "Correct it, remove it, or prefix the other partner's id and a slash",
        )


def _links(manifest: Manifest) -> Iterator[tuple[Path, str]]:
    holders = [((), manifest.root), *((entry.path, entry.own) for entry in manifest.entries)]
    for path, fields in holders:
        links = fields.get("links")
        for place, link in enumerate(links if isinstance(links, list) else ()):
            if isinstance(link, str):
                yield (*path, "links", place), link.strip()
