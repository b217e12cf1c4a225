"""Implements `impact` without UI: the own entries, as they are and as the upgrade would make them, asked of two releases."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

from partner_tui.central.formats import minor_of
from partner_tui.central.impact import (
    Ask,
    Impact,
    Problem,
    Version,
    compare,
    known_types,
    place_words,
)
from partner_tui.comparison.matching import entry_name
from partner_tui.compliance.messages import places
from partner_tui.compliance.spec_worker import SpecWorker, library_version
from partner_tui.compliance.verdict import SpecError
from partner_tui.compliance.wording.place import ErrorContext
from partner_tui.compliance.wording.word import word
from partner_tui.errors import Cancelled, CheckerFailed, NeedsConsent
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.resolve import resolve
from partner_tui.settings import Directories
from partner_tui.upgrade.fixes import fixes_by_name
from partner_tui.upgrade.overlay import Overlay
from partner_tui.workspace.central import spec_release
from partner_tui.workspace.central.schema_asking import SchemaAsker
from partner_tui.workspace.opening.opening import JUDGES, ManifestLocation, open_workspace
from partner_tui.workspace.upgrade.session import UpgradeSession


def impact(
    place: ManifestLocation,
    directories: Directories,
    against: str | None = None,
    *,
    full: bool = False,
    agreed: bool = False,
    cancelled: Event | None = None,
) -> Impact:
    """Compare a release with the installed one.

    Args:
        against: A version, or the path of a wheel; None for the newest release.
        full: Whether by the full rules instead of the schemas.
        agreed: Whether pip may download.

    Raises:
        Cancelled: The event was set.
        NeedsConsent: Something has to be downloaded.
        SourceError: The manifest, or the release, cannot be read.
        UsageError: There is no such release.
    """
    wheel = _wheel(against, agreed, directories, cancelled)
    other = spec_release.version_of(wheel)
    if full:
        if not agreed:
            where = spec_release.package_indexes()
            raise NeedsConsent(
                f"pip installs {wheel.name} and what it needs from {where} into an environment of its own."
            )
        command = spec_release.full_rules(directories.cache, wheel)
        with SpecWorker() as now, SpecWorker(command=command) as then:
            return _compared(place, directories, other, None, _rules(now), _rules(then))
    spec_release.read_schema(wheel)  # which tells more than its child could
    types = known_types(spec_release.installed_schema())
    with closing(SchemaAsker()) as installed, closing(SchemaAsker(wheel)) as named:
        asks = [_until(cancelled, one.ask) for one in (installed, named)]
        return _compared(place, directories, other, types, *asks)


def _until(cancelled: Event | None, ask: Ask) -> Ask:
    """The same, until the event is set."""

    def ask_or_stop(data: Mapping[str, Any]) -> Collection[Problem]:
        if cancelled is not None and cancelled.is_set():
            raise Cancelled
        return ask(data)

    return ask_or_stop


def _wheel(against: str | None, agreed: bool, directories: Directories, cancelled: Event | None) -> Path:
    if against is not None and Path(against).is_file():
        return Path(against)
    kept = spec_release.kept_wheel(directories.cache, against)
    if kept is not None:
        return kept
    if not agreed:
        raise spec_release.consent(against)
    return spec_release.download(directories.cache, against, cancelled)


def _compared(
    place: ManifestLocation,
    directories: Directories,
    other: str,
    types: Collection[str] | None,
    now: Ask,
    then: Ask,
) -> Impact:
    """The comparison, by the schemas, which know these types alone, or by the full rules."""
    workspace = open_workspace(place, directories, remember=False, judges=JUDGES)
    try:
        plan, manifest = UpgradeSession(workspace).plan(suggested=True), workspace.manifest
        after = read_manifest(plan.documents.get(workspace.manifest_name, workspace.document))
        files = Overlay(workspace.files, plan.documents)
        asked: dict[str, list[str]] = {}
        for question in plan.questions:
            for entry_id in question.entries:
                asked.setdefault(entry_id, []).append(question.prompt)
        fixes: dict[int, dict[str, list[str]]] = {}
        for planned in plan.entries:
            for change in planned.expected:
                titles = fixes.setdefault(planned.index, {}).setdefault(
                    str(change.path[0]) if change.path else "", []
                )
                titles.append(fixes_by_name()[change.fix].title)
        versions = []
        left_out: dict[str, list[str]] = {}
        for entry, upgraded in zip(manifest.entries, after.entries, strict=True):
            resolved = workspace.resolved(entry)
            name, kind = entry_name(entry), str(resolved.judged.get("type", "(none)"))
            if entry.problem or resolved.missing:
                left_out.setdefault("they or their RDF cannot be read here", []).append(name)
                continue
            if types is not None and kind not in types:
                left_out.setdefault(f"no schema has the type {kind} (use --full)", []).append(name)
                continue
            then_data = resolve(upgraded, after, files).judged
            about = tuple(asked.get(name, ())), fixes.get(entry.index, {})
            versions.append(Version(name, resolved.judged, then_data, *about))
        new, resolved_ones = compare(versions, now, then)
        by = "full" if types is None else "schema"
        return Impact(library_version(), other, by, len(versions), left_out, new, resolved_ones)
    finally:
        workspace.close()


def _rules(judge: SpecWorker) -> Callable[[Mapping[str, Any]], Collection[Problem]]:
    """What a release's full rules find, in the words of the app."""

    def ask(data: Mapping[str, Any]) -> Collection[Problem]:
        kind, declared = data.get("type"), str(data.get("format_version"))
        try:
            verdict = judge.judge(dict(data))
        except CheckerFailed as error:
            return [Problem(f"{kind} {minor_of(declared)}", "", error.message)]

        def problems(version: str, errors: tuple[SpecError, ...]) -> list[Problem]:
            return [
                Problem(f"{kind} {minor_of(version)}", place_words(about.loc), _told_of(about))
                for about in places(errors, data, verdict.latest)
            ]

        return {*problems(declared, verdict.declared), *problems(verdict.latest, verdict.current)}

    return ask


def _told_of(about: ErrorContext) -> str:
    """What is wrong in all entries alike: without the field, which is told besides, and without its value."""
    return re.sub(r" “[^”]*”", "", word(about).message.removeprefix(about.label)).strip()
