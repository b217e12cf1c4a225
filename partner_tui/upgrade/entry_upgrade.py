"""From an entry of a manifest to an upgraded draft: what it resolves to, its duplicates settled, its fixes run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from partner_tui.addresses.urls import suffix
from partner_tui.compliance.rules.rdf_in_source import rdf_of
from partner_tui.compliance.status import Status
from partner_tui.errors import PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import Edit
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Origin, Resolved, resolve
from partner_tui.manifest.sources import Missing, addresses, missing
from partner_tui.manifest.text.values import same
from partner_tui.upgrade import duplicates, fix_runner, pointing
from partner_tui.upgrade.audit import lost
from partner_tui.upgrade.draft import Draft, DraftContext, UnansweredQuestion
from partner_tui.upgrade.fix import Change
from partner_tui.upgrade.fix_runner import UpgradeResult, run_fixes, wanted
from partner_tui.upgrade.fixes import fixes_for
from partner_tui.upgrade.new_files import CannotUpgrade, NewFiles
from partner_tui.upgrade.overlay import Overlay
from partner_tui.upgrade.placement import FieldPlacement, place, rdf_fields
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.siblings import ManifestEntries, name_of
from partner_tui.upgrade.verdict_cache import Asked, CachedJudge

NEEDS_SOURCE = "needs a remote RDF"
_NAMED_BY = (".yaml", ".yml", ".html")
"""What the URL of an RDF or plugin ends in that lies in a folder; of any other, nothing is known to lie beside it."""


@dataclass(frozen=True, slots=True)
class UpgradeContext:
    """What all entries of a plan share.

    Attributes:
        ids: Of all entries, as they are.
    """

    manifest: Manifest
    files: CloneFiles
    judge: CachedJudge
    answers: Answers
    skipped: Collection[str]
    only: frozenset[str]
    new_files: NewFiles
    siblings: ManifestEntries
    ids: frozenset[str]


@dataclass(slots=True)
class EntryRun:
    """The upgrade of one entry while it is planned.

    Attributes:
        resolved: With its duplicates settled.
        upgraded: None where there is nothing to work on; `reason` says why.
        first: Edits of the manifest, and of the RDF, before all others: that settle duplicates, or name the RDF.
        placed: Where the new values go.
        followed: Fields whose links follow a renamed id, also where the entry itself stays as it is.
        link_changes: What following a renamed id changes.
    """

    entry: Entry
    resolved: Resolved
    upgraded: UpgradeResult | None = None
    reason: str = ""
    status: Status = Status.UNRESOLVED
    first: list[Edit] = field(default_factory=list)
    first_rdf: list[Edit] = field(default_factory=list)
    first_changes: tuple[Change, ...] = ()
    placed: FieldPlacement | None = None
    followed: dict[str, Any] = field(default_factory=dict)
    link_changes: tuple[Change, ...] = ()

    @property
    def is_finished(self) -> bool:
        return self.upgraded is not None and self.upgraded.is_finished

    @property
    def data(self) -> dict[str, Any]:
        """The fields as they shall be."""
        return {**(self.upgraded.draft.data if self.upgraded else {}), **self.followed}


def run_entry(
    entry: Entry, context: UpgradeContext, renamed: dict[str, str], asked: Asked | None = None
) -> EntryRun:
    """Run the fixes on one entry; `conclude_entry` judges what they made of it.

    Args:
        asked: The verdict on the entry as it is resolved, where that was asked for.
    """
    resolved = context.siblings.resolved(entry)
    if entry.problem:
        return EntryRun(entry, resolved, reason=entry.problem, status=Status.INVALID)
    run = EntryRun(entry, resolved)
    _point(run, context)
    if (lacking := run.resolved.missing) is not None:
        return EntryRun(entry, resolved, reason=_reason(lacking))
    if (unread := rdf_of(run.entry)) is not None:
        reason = _reason(missing(unread, context.files))
        return EntryRun(entry, resolved, reason=reason, status=Status.INVALID)
    before = run.resolved
    draft = _draft(before, context, renamed)
    kept: list[tuple[str, Any]] = []
    try:
        kept = _settle(run, context, draft)
    except UnansweredQuestion:
        pass
    except PatchError as error:
        return EntryRun(entry, resolved, reason=error.message, status=Status.INVALID)
    if run.resolved is not before:
        first, draft = draft, _draft(run.resolved, context, renamed)
        draft.go_on_from(first, kept)
    if run.resolved is not resolved:
        asked = None
    fixes = fixes_for(draft)
    run.upgraded = fix_runner.run(draft, fixes, context.judge, context.skipped, context.only, asked)
    return run


def conclude_entry(run: EntryRun, context: UpgradeContext, asked: Asked | None = None) -> None:
    """Judge the upgraded entry; `asked` is the verdict on it, where that was asked for."""
    if run.upgraded is None:
        return
    fix_runner.conclude(run.upgraded, context.judge, context.skipped, context.only, asked)
    run.upgraded.changes = (*run.first_changes, *run.upgraded.changes)
    if run.status is Status.INVALID:
        run.upgraded.before = run.status


def _reason(lacking: Missing) -> str:
    return NEEDS_SOURCE if lacking.why == "remote" else lacking.problem


def _point(run: EntryRun, context: UpgradeContext) -> None:
    """Let the entry name its RDF by `rdf_source`, where it should."""
    found = None if pointing.NAME in context.skipped else pointing.pointed(run.entry, context.files)
    if found is not None:
        run.entry, edit = found
        run.first, run.status = [edit], Status.INVALID
        run.first_changes = (Change(pointing.NAME, ("source",), None, None),)
        run.resolved = resolve(run.entry, context.manifest, context.files)


def _settle(run: EntryRun, context: UpgradeContext, draft: Draft) -> list[tuple[str, Any]]:
    """Settle the duplicates of an entry and its RDF: the run then works on the mended texts."""
    document, rdf = context.manifest.document, run.resolved.rdf
    settled = duplicates.settle(document, run.entry.path, draft, draft.context.id)
    in_rdf = duplicates.settle(rdf, (), draft, rdf.name) if rdf else duplicates.DuplicateEdits()
    if not settled.edits and not in_rdf.edits:
        return []
    manifest = read_manifest(apply(document, [*run.first, *settled.edits]))
    files = context.files
    if rdf and run.resolved.rdf_path and in_rdf.edits:
        files = Overlay(files, {run.resolved.rdf_path: apply(rdf, in_rdf.edits)})
    run.first, run.first_rdf = [*run.first, *settled.edits], in_rdf.edits
    run.first_changes += tuple(
        Change(duplicates.NAME, path, None, None)
        for path in (
            *(one.path[len(run.entry.path) :] for one in settled.edits),
            *(one.path for one in in_rdf.edits),
        )
    )
    run.entry = manifest.entries[run.entry.index]
    run.resolved = resolve(run.entry, manifest, files)
    return settled.kept + in_rdf.kept


def _draft(resolved: Resolved, context: UpgradeContext, renamed: dict[str, str]) -> Draft:
    entry, origins = resolved.entry, resolved.origins
    folder = resolved.folder if not entry.path else ""
    # A record of Zenodo has one folder, whichever of its files is the RDF.
    address = next((one for one in addresses(resolved.remote) if suffix(one).lower() in _NAMED_BY), None)
    emptied = [field for field in _overridden(resolved) if entry.own[field] in (None, "", [])]  # on purpose
    draft_context = DraftContext(
        id=name_of(entry),
        partner_id=context.manifest.partner.id,
        files=context.files,
        new_files=context.new_files,
        base=lambda field: (
            address if resolved.remote and origins.get(field) == "rdf" else resolved.base(field)
        ),
        target=resolved.base if rdf_fields(resolved) is not None else lambda field: folder,
        folder=folder,
        group=entry.group,
        answers=context.answers,
        siblings=lambda: context.siblings.models(without=entry.index),
        latest=context.judge.latest,
        is_taken=lambda id: (
            id in context.ids or any(new == id and old != entry.id for old, new in renamed.items())
        ),
        inherited=frozenset([*context.manifest.root, *emptied]),
    )
    return Draft(resolved.judged, draft_context)


def place_run(run: EntryRun, context: UpgradeContext) -> None:
    """Say where the new values of a finished entry go."""
    assert run.upgraded is not None
    draft, overridden = run.upgraded.draft, _overridden(run.resolved)
    for name, value in overridden.items():  # what goes from the entry goes from the RDF as well
        if name not in draft.data and not same(value, draft.old[name]):
            draft.to_config(name, value)
    shadowed = _shadowed(run.resolved, overridden, context)
    run.placed = place(run.resolved, draft.old, run.data, shadowed, draft.entry_fields)


def _overridden(resolved: Resolved) -> dict[str, Any]:
    """The fields of the RDF, as they stand there, that the entry overrides."""
    own = resolved.entry.own
    return {
        field: value
        for field, value in (rdf_fields(resolved) or {}).items()
        if field in own and field not in resolved.pointers
    }


def _shadowed(resolved: Resolved, shadowed: dict[str, Any], context: UpgradeContext) -> dict[str, Any]:
    """The fields of the RDF that the entry overrides, upgraded with the rest: the RDF shall be whole by itself."""
    if not shadowed:
        return {}
    values = {field: value for field, value in shadowed.items() if field != "type"}
    origins: dict[str, Origin] = {**resolved.origins, **dict.fromkeys(values, "rdf")}
    draft = _draft(replace(resolved, data={**resolved.data, **values}, origins=origins), context, {})
    try:
        run_fixes(draft, wanted(fixes_for(draft), context.skipped, context.only), [])
    except (UnansweredQuestion, CannotUpgrade):  # the entry's own values count; these stay as they are
        return {}
    if draft.open or (draft.created and "documentation" in shadowed):
        return {}
    upgraded = {
        field: draft.data[field] for field in shadowed if field in draft.data and field not in ("id", "type")
    }
    # What a fix moved to the config of this draft is written nowhere: then the fields stay as they are.
    draft.old, draft.data = {field: shadowed[field] for field in upgraded}, upgraded
    return {} if lost(draft) else upgraded
