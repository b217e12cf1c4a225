"""Old model RDFs say no type: what has weights, inputs and outputs is a model."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.models.recognise import is_model

NAME = "model-type"
TITLE = "Set type: model"
WHY = "Each description tells its type; the model formats up to 0.3.1 did not."
CLASS = "auto"


def fix(draft: Draft) -> None:
    if draft.data.get("type") is None and is_model(draft.data):
        draft.data["type"] = draft.adds("model")
