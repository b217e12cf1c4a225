"""Reads a repository's config beside the partner's object in the central file, and when each field was changed on either side.

A commit whose change did not come through a merge is passed over: it is the value that counts, not who touched the field last.
The rule: reading fetches nothing; `fetch_config` does, after it was agreed to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any, Generic, Literal, TypeVar

from partner_tui.central.partners_json import (
    FILE,
    CentralPartners,
    FieldSides,
    field_of,
    partner_in,
    read_partners,
)
from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.tracing import see_splash
from partner_tui.errors import GitError, PartnerTuiError, SourceError
from partner_tui.manifest.text.decoding import decoded
from partner_tui.manifest.text.values import same
from partner_tui.repository.clones.kept_clone import KeptClone
from partner_tui.repository.commits.blobs import fetch_missing, read_blobs
from partner_tui.repository.commits.commit import Commit, commits_of
from partner_tui.repository.commits.file_log import cut_off, read_file_log
from partner_tui.repository.git import Watch, offline
from partner_tui.settings import Directories
from partner_tui.workspace.central.central_clone import BRANCH, LARGEST, central_clone
from partner_tui.workspace.entries.history import history_of
from partner_tui.workspace.workspace import Workspace

By = TypeVar("By")


@dataclass(frozen=True, slots=True)
class ConfigChange(Generic[By]):
    """A config before and after a commit; of a merge, before it on each side."""

    by: By
    before: Sequence[Mapping[str, Any]]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DatedField:
    """A field on both sides.

    Attributes:
        here, central: When it got its value on each side; None where that is not known, or it never had one.
        is_uncommitted: Whether the value here is in no commit yet.
        is_whole: Whether the history of both sides is here.
    """

    sides: FieldSides
    here: datetime | None = None
    central: datetime | None = None
    is_uncommitted: bool = False
    is_whole: bool = True

    @property
    def newer(self) -> Literal["here", "central"] | None:
        """Which side was changed later; None where both are equal, were changed at once, or it is not known."""
        if self.sides.is_equal:
            return None
        if self.is_uncommitted:
            return "here"
        if not self.is_whole or self.here == self.central:
            return None
        if self.here is not None and self.central is not None:
            return "here" if self.here > self.central else "central"
        other = self.sides.central if self.here is not None else self.sides.here
        if other is not ABSENT:
            return None
        return "here" if self.here is not None else "central"


@dataclass(frozen=True, slots=True)
class ConfigSides:
    """Both sides of a partner's config.

    Attributes:
        commit: The newest commit of the central branch that is here.
        is_listed: Whether the central file has an object of this partner.
        undated: Of which sides the history is not here.
    """

    clone: KeptClone
    commit: str
    central: CentralPartners
    partner_id: str
    is_listed: bool
    fields: tuple[DatedField, ...]
    undated: tuple[str, ...]


def read_config_sides(workspace: Workspace, clone: KeptClone, cancelled: Event) -> ConfigSides | None:
    """Both sides, from what is on this machine; None where the central file is not.

    Raises:
        PartnerTuiError: The central repository has no such file, or it is not JSON with a list of partners.
        Cancelled: It was stopped.
    """
    with offline(cancelled):
        if (commit := clone.head(BRANCH)) is None or (
            text := _central_file(clone, commit, cancelled)
        ) is None:
            return None
        central = CentralPartners(text)
        config = workspace.manifest.partner.config
        partner_id, undated = workspace.manifest.partner.id, []
        there, sides = central.partner(partner_id), central.sides(config)
        differ = [one.key for one in sides if not one.is_equal]
        own: dict[str, Commit | None] = {}
        of_central: dict[str, Commit] = {}
        if there is not None:
            try:
                own = last_changes(config, differ, _own_changes(workspace, {"cancelled": cancelled}))
            except GitError:
                undated.append("this repository")
            try:
                changes = last_changes(
                    there, differ, _central_changes(clone, commit, partner_id, {"cancelled": cancelled})
                )
                commits = commits_of(clone.root, changes.values())
                of_central = {key: commits[hash] for key, hash in changes.items() if hash in commits}
            except GitError:
                undated.append("the central repository")
    fields = tuple(
        DatedField(
            one,
            mine.date if (mine := own.get(one.key)) else None,
            theirs.date if (theirs := of_central.get(one.key)) else None,
            is_uncommitted=one.key in own and mine is None,
            is_whole=not undated,
        )
        for one in sides
    )
    return ConfigSides(clone, commit, central, partner_id, there is not None, fields, tuple(undated))


def _central_file(clone: KeptClone, commit: str, cancelled: Event) -> str | None:
    contents = clone.contents(commit, [FILE], LARGEST, cancelled=cancelled)
    if contents.missing:
        return None
    if FILE not in contents.found:
        raise SourceError(f"{clone.root} has no {FILE}.", "Name a clone of bioimage-io/collection.")
    return decoded(contents.found[FILE], FILE)


def site_partners(setting: str, directories: Directories) -> tuple[Mapping[str, Any], ...] | None:
    """The objects of all partners, from what is on this machine; None where the central file is not, or cannot be read."""
    cancelled = Event()
    with suppress(PartnerTuiError), offline(cancelled):
        clone = central_clone(setting, directories)
        if (commit := clone.head(BRANCH)) and (text := _central_file(clone, commit, cancelled)) is not None:
            return tuple(one for one in read_partners(text) if isinstance(one, dict))
    return None


def fetch_config(workspace: Workspace, clone: KeptClone, commit: str, watch: Watch) -> None:
    """Fetch the central file, and what the dates of fields need on both sides, where it is not here. Raises GitError."""
    clone.contents(commit, [FILE], LARGEST, may_fetch=True, **watch)
    for _ in _central_changes(clone, commit, workspace.manifest.partner.id, watch, may_fetch=True):
        pass
    if workspace.in_repository:
        for _ in _own_changes(workspace, watch):
            pass


def _own_changes(workspace: Workspace, watch: Watch) -> Iterator[ConfigChange[Commit | None]]:
    """Those of the manifest's config, newest first; None is what is not committed."""
    if not workspace.in_repository:
        return
    for group in history_of(workspace, see_splash(workspace.manifest), **watch).versions():
        for one in group:
            if one.change not in ("oldest", "unreadable"):
                yield ConfigChange(one.commit, [one.before.seen.own], one.after.seen.own)


def _central_changes(
    clone: KeptClone, head: str, partner_id: str, watch: Watch, *, may_fetch: bool = False
) -> Iterator[ConfigChange[str]]:
    """Those of the partner's object, newest first; of a version that is no JSON the change belongs to the next one that is."""
    waiting: tuple[str, Mapping[str, Any]] | None = None
    root, oldest = clone.root, cut_off(clone.root)
    for commits in read_file_log(root, head, (), FILE, **watch):
        compared = [
            (one.hash, [changes[FILE] for changes in one.changes if FILE in changes])
            for one in commits
            if one.hash not in oldest
        ]
        hashes = {
            side.hash
            for _, all_ in compared
            for one in all_
            for side in (one.before, one.after)
            if side.is_there
        }
        if may_fetch:
            fetch_missing(root, sorted(hashes), **watch)
        versions = {
            hash: _object(content, partner_id) for hash, content in read_blobs(root, hashes, LARGEST, **watch)
        }
        for commit, all_ in compared:
            sides = [
                [versions[side.hash] if side.is_there else {} for side in (one.before, one.after)]
                for one in all_
            ]
            readable = [before for before, _ in sides if before is not None]
            after = sides[0][1] if sides else None
            if after is None and waiting is not None and len(sides) == 1:
                commit, after = waiting
            waiting = None
            if after is not None and len(readable) == len(sides):
                yield ConfigChange(commit, readable, after)
            elif after is not None:
                waiting = commit, after


def _object(content: bytes | None, partner_id: str) -> Mapping[str, Any] | None:
    """A partner's object in a version of the file, {} where it has none; None where that cannot be read."""
    try:
        return partner_in(read_partners(content or b""), partner_id) or {}
    except PartnerTuiError:
        return None


def last_changes(
    now: Mapping[str, Any], keys: Collection[str], changes: Iterable[ConfigChange[By]]
) -> dict[str, By]:
    """The newest change of some fields to the value that they have now, or to none; what never changed is not in it.

    Args:
        changes: Newest first; no more of them are read than are needed.
    """
    found: dict[str, By] = {}
    wanted = set(keys)
    if not wanted:
        return found
    for change in changes:
        for key in sorted(wanted):
            value = field_of(now, key)
            if same(field_of(change.after, key), value) and not any(
                same(field_of(before, key), value) for before in change.before
            ):
                found[key] = change.by
                wanted.remove(key)
        if not wanted:
            break
    return found
