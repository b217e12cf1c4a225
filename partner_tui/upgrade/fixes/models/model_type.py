"""Old model RDFs say no type: what has weights, inputs and outputs is a model."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.recognise import is_model


@fix(
    "model-type",
    "Set type: model",
    "Each description states its type; the model formats up to 0.3.1 did not.",
    FixKind.AUTO,
)
def model_type(draft: Draft) -> None:
    if draft.data.get("type") is None and is_model(draft.data):
        draft.data["type"] = draft.adds("model")
