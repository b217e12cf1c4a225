"""Fields of a model: what the format has no place for is kept word for word in config, what it writes in another way is rewritten."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from partner_tui.addresses.urls import is_url
from partner_tui.manifest.ids import ENTRY_ID
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import COMMON, mapping
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.tensors import is_model

FIELDS: Final = (COMMON - {"badges", "source"}) | {
    "inputs",
    "outputs",
    "packaged_by",
    "run_mode",
    "timestamp",
    "training_data",
    "weights",
}
"""Of bioimageio.spec's model description 0.5."""


@fix(
    "model-fields",
    "Move extra fields",
    "A model with a field that the spec does not know is invalid.",
    FixKind.CONFIG,
)
def model_fields(draft: Draft) -> None:
    for field in list(draft.data):
        value = draft.data[field]
        if field == "timestamp" and type(value) is date:
            draft.data[field] = draft.respell(value, value.isoformat())
        elif field not in FIELDS or not _CHECKS.get(field, lambda value: True)(value):
            _keep(draft, field, draft.data.pop(field))
        elif value is None and field != "type":
            del draft.data[field]


def _keep(draft: Draft, field: str, value: Any) -> None:
    if value not in (None, "", [], {}):
        draft.to_config(field, value)


def _is_time(value: Any) -> bool:
    if isinstance(value, datetime):
        return True
    if not isinstance(value, str):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS = {"timestamp": _is_time, "git_repo": is_url}


@fix(
    "model-type",
    "Set type: model",
    "Each description states its type; the model formats up to 0.3.1 did not.",
    FixKind.AUTO,
)
def model_type(draft: Draft) -> None:
    if draft.data.get("type") is None and is_model(draft.data):
        draft.data["type"] = draft.adds("model")


@fix(
    "run-mode-object",
    "Convert run_mode",
    "A run mode is an object with a name.",
    FixKind.AUTO,
)
def run_mode_object(draft: Draft) -> None:
    mode = draft.data.get("run_mode")
    if isinstance(mode, list) and len(mode) == 1:
        mode = mode[0]
    if isinstance(mode, str) and mode:
        mode = {"name": mode}
    if isinstance(mode, dict) and _is_one(mode):
        draft.data["run_mode"] = mode
    elif "run_mode" in draft.data:
        _keep(draft, "run_mode", draft.data.pop("run_mode"))


def _is_one(mode: dict[str, Any]) -> bool:
    return (
        isinstance(mode.get("name"), str)
        and mode.keys() <= {"name", "kwargs"}
        and isinstance(mode.get("kwargs", {}), dict)
    )


@fix(
    "parent-link",
    "Link parent by id",
    "A parent is linked by its id; 0.4 took a URL with a checksum.",
    FixKind.CONFIG,
)
def parent_link(draft: Draft) -> None:
    for field in ("parent", "training_data"):
        value = draft.data.get(field)
        if field not in draft.data or (field == "training_data" and "name" in mapping(value)):
            continue
        link, kept = _linked(value)
        if link is None:
            del draft.data[field]
        else:
            draft.data[field] = link
        _keep(draft, field, kept)


def _linked(value: Any) -> tuple[dict[str, Any] | None, Any]:
    """The link, and what it does not say; None, and the value, when that links to nothing by an id."""
    if isinstance(value, str) and ENTRY_ID.fullmatch(value) and value != "null" and "//" not in value:
        return {"id": value}, None
    if (
        not isinstance(value, dict)
        or not isinstance(id := value.get("id"), str)
        or not ENTRY_ID.fullmatch(id)
    ):
        return None, value
    link: dict[str, Any] = {"id": id}
    for field in ("version", "version_number"):
        if value.get(field) is not None and "version" not in link:
            link["version"] = value[field]
    rest = {
        key: one
        for key, one in value.items()
        if key != "id"
        and one is not None
        and not (key in ("version", "version_number") and link.get("version") == one)
    }
    return link, rest


_JOIN = "previous"


@fix(
    "author-name",
    "Add author names",
    "Each author has a name.",
    FixKind.ASK,
)
def author_name(draft: Draft) -> None:
    for field in ("authors", "packaged_by"):
        if not isinstance(people := draft.data.get(field), list):
            continue
        named: list[Any] = []
        for person in people:
            if not isinstance(person, dict) or not person or person.get("name"):
                named.append(person)
                continue
            before = named[-1] if named else None
            joined = {**before, **person} if isinstance(before, dict) else {}
            can_join = isinstance(before, dict) and len(joined) == len(before) + len(person)
            answer = _asked(draft, field, person, joined["name"] if can_join else None)
            if answer == _JOIN and can_join:
                named[-1] = joined
            else:
                named.append({"name": draft.adds(answer), **{k: v for k, v in person.items() if k != "name"}})
        draft.data[field] = named


def _asked(draft: Draft, field: str, person: dict[str, Any], before: Any) -> Any:
    said = ", ".join(str(value) for value in person.values() if value is not None)
    return draft.ask(
        f"author-name:{draft.context.id}:{field}:{said}",
        "author-name",
        f"Which of the {field} is “{said[:120]}”?",
        "This item has no name. Enter one, or “previous” to merge it into the author above.",
        proposal=_JOIN if before else None,
        derived=f"{before}, listed above, has none of these fields" if before else "",
        check=lambda value: (
            None
            if isinstance(value, str) and value.strip() and (before or value != _JOIN) and "/" not in value
            else "Type a name without a slash."
        ),
    )
