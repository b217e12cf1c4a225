"""Implements `link` without UI: the address of a partner's resources, or of one entry, on both sites."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from partner_tui.errors import UsageError
from partner_tui.manifest.sound import partner_manifest
from partner_tui.splash.share_links import (
    Listed,
    Selection,
    classic_url,
    entry_classic_url,
    entry_note,
    entry_today_url,
    list_entries,
    selected,
    today_type,
    today_url,
    warning_of,
    why_no_links,
    without_link,
)
from partner_tui.workspace.opening.opening import ManifestLocation, check_readable, open_files


@dataclass(frozen=True, slots=True)
class SharedLink:
    """One link in both schemes.

    Attributes:
        selects: The public ids of the entries that it shows on today's site.
        warning: What makes it show less than expected, and what to do; "" where nothing does.
    """

    today: str
    classic: str
    label: str
    selects: tuple[str, ...]
    warning: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented shape of `--format json`."""
        return {"schema": 1, "today": self.today, "classic": self.classic, "selects": list(self.selects)}


def link(place: ManifestLocation, wanted: Selection, entry_id: str = "") -> SharedLink:
    """The link to what is selected, or to one entry.

    Args:
        entry_id: The id of one entry, with or without the partner's; "" for a selection.

    Raises:
        ManifestParseError: The manifest cannot be read as YAML.
        UsageError: It is the RDF of one resource, the partner has no id, or no entry has this one.
    """
    manifest = partner_manifest(check_readable(place).read_bytes(), place.manifest_name)
    partner = manifest.partner
    if problem := why_no_links(partner):
        raise UsageError(problem, "")
    entries = list_entries(manifest, open_files(place))
    name = partner.name or partner.id
    if entry_id:
        one = _find(entries, entry_id)
        today, classic = entry_today_url(one), entry_classic_url(partner, one)
        return SharedLink(today, classic, one.name or one.id, (one.id,), entry_note(one))
    shown = selected(partner, entries, wanted)
    return SharedLink(
        today_url(partner, entries, wanted),
        classic_url(partner, replace(wanted, type=today_type(partner, entries, wanted))),
        f"{name} on BioImage.IO",
        tuple(one.id for one in shown),
        warning_of(shown, without_link(partner, entries, wanted)) if wanted.by_partner else "",
    )


def _find(entries: Sequence[Listed], wanted: str) -> Listed:
    for one in entries:
        if wanted in (one.id, one.id.partition("/")[2]):
            return one
    near = difflib.get_close_matches(wanted, [one.id for one in entries], 3, 0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "partner-tui check lists all entries."
    raise UsageError(f"No entry has the id {wanted!r}.", hint)
