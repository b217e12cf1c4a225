"""Fields that a model has not, such as the language of 0.3 or a year as its date, are kept word for word in `config`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from partner_tui.addresses.urls import is_url
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import COMMON
from partner_tui.upgrade.fix import FixKind, fix

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
        elif field not in FIELDS or not _CHECKS.get(field, _anything)(value):
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


def _anything(value: Any) -> bool:
    return True
