"""What an entry is: its type, and the version of the format that it declares."""

from __future__ import annotations

from typing import Any

from partner_tui.addresses.urls import suffix
from partner_tui.compliance.verdict import is_newer
from partner_tui.manifest.resource_types import ASKED, WITH_FORMAT
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import SPECIFIC
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.new_files import CannotUpgrade
from partner_tui.upgrade.question import Choice, each

_SPELLED = {f"{one}s": one for one in SPECIFIC} | {"app": "application", "plugin": "application"}


@fix(
    "type-missing",
    "Add missing types",
    "The type decides which fields an entry has.",
    FixKind.ASK,
)
def type_missing(draft: Draft) -> None:
    kind = draft.data.get("type")
    if isinstance(kind, str) and (lower := kind.strip().lower()):
        lower = _SPELLED.get(lower, lower)
        if lower not in (kind, "collection"):
            draft.data["type"] = draft.respell(kind, lower)
        return
    proposal, derived = _derived(draft)
    answer = draft.ask(
        f"{type_missing.name}:{derived}",
        type_missing.name,
        f"What type are these entries? ({derived})",
        type_missing.why,
        proposal=proposal,
        derived=derived,
        choices=each(ASKED),
    )
    if kind not in (None, ""):
        draft.to_config("type", kind)
    draft.data["type"] = answer


def _derived(draft: Draft) -> tuple[str, str]:
    source: Any = draft.data.get("source") or draft.data.get("download_url")
    if isinstance(source, str):
        if suffix(source) == ".ipynb":
            return "notebook", "its source is an .ipynb file"
        if source.endswith(".imjoy.html"):
            return "application", "its source is an ImJoy plugin"
        if "/record" in source and "zenodo.org" in source:
            return "dataset", "its source is a Zenodo record"
    tags = draft.data.get("tags")
    for kind in reversed(ASKED):
        if kind in WITH_FORMAT and isinstance(tags, list) and (kind in tags or f"{kind}s" in tags):
            return kind, f"it has the tag {kind}"
    if draft.data.get("git_repo") or isinstance(source, str):
        return "application", "it names software"
    return "generic", "no other information"


_OF_A_MODEL = ("inputs", "outputs", "weights", "prediction", "training")


def is_only_told_of(draft: Draft) -> bool:
    """Whether an entry is a model in name alone."""
    return draft.type == "model" and not any(draft.data.get(field) for field in _OF_A_MODEL)


@fix(
    "model-without-weights",
    "Retype model stubs",
    "A model needs inputs, outputs and weights; without them it can be of another type.",
    FixKind.ASK,
)
def model_without_weights(draft: Draft) -> None:
    if not is_only_told_of(draft):
        return
    answer = draft.ask(
        model_without_weights.name,
        model_without_weights.name,
        "These models have no inputs, outputs or weights. What are they?",
        model_without_weights.why,
        proposal="generic",
        derived="a generic resource needs nothing more than a name",
        choices=(
            Choice("generic", "generic resources"),
            Choice("application", "applications"),
            Choice("model", "models; leave these entries unchanged (set their rdf_source)"),
        ),
    )
    if answer == "model":
        raise CannotUpgrade("a model needs inputs, outputs and weights")
    draft.data["type"] = draft.respell("model", answer)


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
        f"newer-format:{declared}:{latest}",
        "newer-format",
        f"Format {declared} is newer than {latest}, the latest known here. Set it to {latest}?",
        "A newer format may mean something else. Skip this unless the version is a typo.",
        choices=(Choice(latest, f"Set it to {latest}"),),
    )
