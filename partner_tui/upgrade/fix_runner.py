"""One entry brought through the fixes, judged and audited; nothing is written here."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from partner_tui.compliance.messages import reason
from partner_tui.compliance.status import Status
from partner_tui.errors import Cancelled, CheckerFailed
from partner_tui.manifest.text.document import Path
from partner_tui.manifest.text.values import same
from partner_tui.plain import plural
from partner_tui.upgrade.audit import invented, lost
from partner_tui.upgrade.draft import Draft, UnansweredQuestion, copied
from partner_tui.upgrade.fix import Change, Fix
from partner_tui.upgrade.fixes.field_names import root_hidden
from partner_tui.upgrade.fixes.misfit import misfit_to_config, move
from partner_tui.upgrade.fixes.relative_paths import relative_paths
from partner_tui.upgrade.models.tensors import is_model
from partner_tui.upgrade.new_files import CannotUpgrade
from partner_tui.upgrade.verdict_cache import Asked, CachedJudge

UNREADABLE = "the upgrade stopped at a value of an unexpected type"
_LOG = logging.getLogger(__name__)
_ROUNDS = 4


@dataclass(slots=True)
class UpgradeResult:
    """What became of a draft.

    Attributes:
        draft: With its new data.
        before: Its status before.
        after: Its status now; that of before when it is not finished.
        changes: What the fixes changed, in order; while it is open, what they would change as far as they came.
        lost: Scalars that the audit misses or cannot explain.
        reason: Why it is not finished; empty when it is.
        is_to_conclude: Whether the fixes ran to their end, and it has to be judged.
    """

    draft: Draft
    before: Status
    after: Status
    changes: tuple[Change, ...] = ()
    lost: tuple[str, ...] = ()
    reason: str = ""
    open: tuple[str, ...] = ()
    is_to_conclude: bool = False

    @property
    def is_finished(self) -> bool:
        """Whether there is something to write, and it may be written."""
        is_settled = not (self.is_to_conclude or self.reason or self.open or self.lost)
        return is_settled and bool(self.changes)


def run(
    draft: Draft,
    fixes: Sequence[Fix],
    judge: CachedJudge,
    skipped: Collection[str] = (),
    only: Collection[str] = (),
    asked: Asked | None = None,
) -> UpgradeResult:
    """Run the fixes on a draft; `conclude` then says what came of it.

    Args:
        asked: The verdict on the draft as it is, where that was asked for.
        skipped: Names of fixes to leave out.
        only: Names of the fixes to run alone; the result need not be of the latest format then.
    """
    try:
        verdict = asked.result() if asked else judge(draft.old)
        before = verdict.status(draft.old.get("format_version"))
    except CheckerFailed:
        before = Status.UNCHECKED
    result = UpgradeResult(draft, before, before)
    if before is Status.LATEST and not (only or draft.open):
        return result
    changes: list[Change] = []
    try:
        run_fixes(draft, wanted(fixes, skipped, only), changes)
    except UnansweredQuestion:
        pass
    except CannotUpgrade as cannot:
        result.reason = str(cannot)
    result.open, result.changes = tuple(draft.open), tuple(changes)
    if relative_paths.name in skipped and any(one.fix == relative_paths.name for one in changes):
        result.reason = f"a path would start at another folder without the fix “{relative_paths.title}”"
    if result.open and not result.reason:
        result.reason = f"skipped: {plural(len(result.open), 'unanswered question')}"
    result.is_to_conclude = not result.reason
    return result


def conclude(
    result: UpgradeResult,
    judge: CachedJudge,
    skipped: Collection[str] = (),
    only: Collection[str] = (),
    asked: Asked | None = None,
) -> None:
    """Judge what the fixes made, where they came to an end, and audit that it is the same values.

    Args:
        asked: The verdict on that, where it was asked for.
    """
    if not result.is_to_conclude:
        return
    result.is_to_conclude = False
    _judge_result(result, judge, asked, bool(only), misfit_to_config.name not in skipped)
    if not result.reason:
        _audit(result)


def _audit(result: UpgradeResult) -> None:
    draft = result.draft
    if is_model(draft.data):
        from partner_tui.upgrade.fixes.models.key_spelling import spelled
        from partner_tui.upgrade.models.meaning import unsaid

        for text in unsaid(draft, spelled(draft.old)):
            draft.add_note(text)
    result.lost = lost(draft, [draft.new_files.text(path) for path in draft.created])
    if result.lost:
        result.reason = "a value would be lost"
    elif strange := invented(draft):
        result.reason = f"internal check failed: the upgrade would add {strange[0][:80]}"


def _judge_result(
    result: UpgradeResult, judge: CachedJudge, asked: Asked | None, partial: bool, may_move: bool
) -> None:
    """Judge the result; what is refused in optional fields is moved to config, all else stops the upgrade."""
    draft = result.draft
    for _ in range(_ROUNDS):
        try:
            verdict = asked.result() if asked else judge(draft.data)
        except CheckerFailed as failure:
            result.reason = failure.message
            return
        asked = None
        status = verdict.status(draft.data.get("format_version"))
        if status is Status.LATEST or partial:
            result.after = status
            return
        errors = verdict.declared or verdict.current
        before = copied(draft.data)
        if not may_move or not move(draft, [error.loc for error in errors]):
            break
        result.changes += tuple(
            Change(misfit_to_config.name, *one) for one in differences((), before, draft.data)
        )
    if errors:
        result.reason = reason(errors, draft.data, verdict.latest)
    else:
        result.reason = "still not in the latest format"


def waiting(result: UpgradeResult | None) -> tuple[Change, ...]:
    """What the fixes would change were the open questions answered as suggested; nothing where one was skipped."""
    return result.changes if result and result.open and not result.draft.is_skipped else ()


def told(result: UpgradeResult | None) -> tuple[str, str]:
    """The resource type and the format version of an entry as it is then; "" where there is none."""
    data = result.draft.data if result else {}
    kind, version = data.get("type"), data.get("format_version")
    return kind if isinstance(kind, str) else "", version if isinstance(version, str) else ""


def wanted(fixes: Sequence[Fix], skipped: Collection[str], only: Collection[str]) -> list[Fix]:
    """The fixes that are to be run: a path begins in its file, and the root shows not through what is gone, after any."""
    named = {*only, root_hidden.name}
    return [
        one
        for one in fixes
        if one is relative_paths or (one.name not in skipped and (not only or one.name in named))
    ]


def run_fixes(draft: Draft, fixes: Sequence[Fix], changes: list[Change]) -> None:
    """Run fixes one after the other and add what each changed, up to the one that raises.

    Raises:
        UnansweredQuestion, CannotUpgrade: As the fixes do.
    """
    before = _Snapshot(draft.data)
    for one in fixes:
        draft.fix = one.name
        _apply(one, draft)
        # Most fixes change nothing.
        if not before.looks_like(draft.data) and not same(before.data, draft.data):
            changes += (Change(one.name, *found) for found in differences((), before.data, draft.data))
            before = _Snapshot(draft.data)


class _Snapshot:
    """Data as they were, and a quick way to see that they are still so.

    Python's own comparison is the quickest, but takes 1, 1.0 and true for the same: where there may be any of them, the
    spelling of all is compared.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data: dict[str, Any] = copied(data)
        self._spelling = "" if _has_texts_alone(data) else repr(data)

    def looks_like(self, data: dict[str, Any]) -> bool:
        """Whether data are surely the same; others may be the same all the same."""
        return repr(data) == self._spelling if self._spelling else self.data == data


def _has_texts_alone(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and _has_texts_alone([*value.values()])
    if isinstance(value, list):
        return all(type(one) is str or _has_texts_alone(one) for one in value)
    return value is None or isinstance(value, str)


def _apply(fix: Fix, draft: Draft) -> None:
    """Apply a fix; one entry, however odd its values are, never stops the upgrade of the others."""
    try:
        fix.apply(draft)
    except (UnansweredQuestion, CannotUpgrade, Cancelled):
        raise
    except CheckerFailed as failure:  # a fix asked for the latest version; nothing is wrong with the entry
        raise CannotUpgrade(failure.message) from failure
    except Exception as error:
        _LOG.exception("the fix %s failed on an entry", fix.name)
        raise CannotUpgrade(f"{UNREADABLE}; the log says where") from error


def differences(path: Path, old: Any, new: Any) -> Iterator[tuple[Path, Any, Any]]:
    """(path, before, after) of what differs: the deepest values that explain it."""
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for key in old:
            if key not in new:
                yield (*path, key), old[key], None
            elif not same(old[key], new[key]):
                yield from differences((*path, key), old[key], new[key])
        for key in new:
            if key not in old:
                yield (*path, key), None, new[key]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            if not same(before, after):
                yield from differences((*path, index), before, after)
    else:
        yield path, old, new
