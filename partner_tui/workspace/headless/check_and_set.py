"""Implements `check` and `set` without UI: check a manifest, set one field. The same core as the app's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partner_tui.compliance.report import Report, check_source
from partner_tui.errors import ManifestParseError, NeedsConsent, PartnerTuiError, UsageError
from partner_tui.manifest.text.document import Document
from partner_tui.repository.commits.diff import diff_text
from partner_tui.settings import Directories
from partner_tui.splash.editing import flaws_of
from partner_tui.splash.fields import SPLASH_FIELDS, field
from partner_tui.splash.form import why_no_form
from partner_tui.splash.site_rules import check_field
from partner_tui.splash.typed import typed_value
from partner_tui.workspace.opening.opening import (
    JUDGES,
    ManifestLocation,
    check_readable,
    open_checker,
    open_files,
    open_workspace,
)


def check(place: ManifestLocation, directories: Directories, shard: tuple[int, int] | None = None) -> Report:
    """Judge a manifest and all its entries, or those of one shard (see `check_source`).

    Raises:
        ManifestParseError: It cannot be read as YAML.
        SourceError: It cannot be read at all.
    """
    document = Document.decode(check_readable(place).read_bytes(), place.manifest_name)
    with open_checker(directories, JUDGES) as checker:
        return check_source(document, open_files(place), checker, shard)


def error_json(error: PartnerTuiError) -> dict[str, Any]:
    """The documented shape of `--format json` when there is nothing to report on."""
    parsing = error if isinstance(error, ManifestParseError) else None
    shape = {
        "kind": parsing.kind if parsing else "source",
        "line": parsing.line if parsing else None,
        "column": parsing.column if parsing else None,
        "message": error.message,
        "context": list(parsing.context) if parsing else [],
        "hint": error.hint,
    }
    return {"schema": 1, "error": shape}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What setting a field did.

    Args:
        diff: Unified; empty when the field had the value already.
        notices: What the form would say about the value besides errors, one line each.
        doubt: Why nothing was written: the form asks before it saves this value.
    """

    diff: str
    notices: tuple[str, ...]
    doubt: NeedsConsent | None = None


def set_field(
    place: ManifestLocation,
    name: str,
    typed: str,
    directories: Directories,
    *,
    dry_run: bool = False,
    consented: bool = False,
) -> Outcome:
    """Write one field of the config, as the form does: one step, which the app can take back.

    Args:
        typed: The text of a text field, the YAML of a list.
        consented: Whether to write a value, too, that the form calls an error.

    Raises:
        UsageError: The partner has no such field and the site knows none, or this is no value for it.
    """
    from partner_tui.manifest.editing.patch import apply, set_value
    from partner_tui.splash.edits import CONFIG, config_edits

    workspace = open_workspace(place, directories)
    if problem := why_no_form(workspace.manifest):
        raise UsageError(problem, "Name the manifest with --manifest.")
    config = workspace.manifest.partner.config
    known = [one.key for one in SPLASH_FIELDS]
    if name not in known and name not in config:
        others = sorted(key for key in map(str, config) if key not in known)
        raise UsageError(
            f"There is no field {name!r} in config.", f"Known fields: {', '.join([*known, *others])}."
        )
    value = typed_value(field(name), config.get(name), typed)
    before = workspace.document
    if value is None:  # the form would remove the key; here null is what was asked for
        after = set_value(before, (*CONFIG, name), None)
    else:
        after = apply(before, config_edits(before, {name: value}))
    diff = diff_text(before.text, after.text, place.manifest_name)
    found = check_field(name, value, config)
    doubt = None
    if diff and not consented and (flaws := flaws_of({**config, name: value}, [name])):
        hints = dict.fromkeys(one.hint for one in found if one.severity == "error" and one.hint)
        doubt = NeedsConsent("\n".join(flaws), " ".join(hints))
    if not (dry_run or doubt):
        workspace.save(f"splash: {name}", {place.manifest_name: after.encode()})
    notices = (
        f"{one.severity.capitalize()}: {one.text} {one.hint}".rstrip()
        for one in found
        if doubt is None or one.severity != "error"
    )
    return Outcome(diff, tuple(notices), doubt)
