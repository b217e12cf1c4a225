"""The literal latest version of the entry's type; one that is newer than all known ones is asked about."""

from __future__ import annotations

from typing import Any

from partner_tui.compliance.verdict import is_newer
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.question import Choice, Question


@fix(
    "format-version",
    "Set format_version",
    "An entry must declare the format it uses.",
    FixKind.AUTO,
)
def format_version(draft: Draft) -> None:
    latest = draft.context.latest(draft.type)
    declared = draft.data.get("format_version")
    if isinstance(declared, dict | list):
        draft.to_config("format_version", declared)
    if latest and declared != latest:
        new = _asked(draft, declared, latest) if _is_unknown(draft, declared, latest) else latest
        draft.data["format_version"] = draft.respell(declared, draft.adds(new))


def _is_unknown(draft: Draft, declared: Any, latest: str) -> bool:
    """Whether a version is newer than all known ones: of the type that it was declared for, too, if a fix changed that."""
    kind = draft.old.get("type")
    before = draft.context.latest(kind) if isinstance(kind, str) and kind != draft.type else latest
    return is_newer(declared, latest) and is_newer(declared, before)


def _asked(draft: Draft, declared: Any, latest: str) -> Any:
    """What a newer format says of an entry is not known here: only its maintainer can say that it is another one."""
    return draft.ask(
        Question(
            f"newer-format:{declared}:{latest}",
            "newer-format",
            f"Format {declared} is newer than {latest}, the latest known here. Set it to {latest}?",
            "A newer format may mean something else. Skip this unless the version is a typo.",
            choices=(Choice(latest, f"Set it to {latest}"),),
        )
    )
