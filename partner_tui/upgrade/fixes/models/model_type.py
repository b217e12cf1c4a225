"""Old model RDFs say no type: what has weights, inputs and outputs is a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partner_tui.upgrade.draft import Draft

NAME = "model-type"
TITLE = "Type of models"
WHY = "Each description tells its type; the model formats up to 0.3.1 did not."
CLASS = "auto"


def is_model(data: Mapping[str, Any]) -> bool:
    """Whether a description is of a model, said or shown by what it has."""
    if data.get("type") is not None:
        return bool(data["type"] == "model")
    prediction = data.get("prediction")
    weights = data.get("weights") or (prediction.get("weights") if isinstance(prediction, dict) else None)
    return bool(weights and data.get("inputs") and data.get("outputs"))


def fix(draft: Draft) -> None:
    if draft.data.get("type") is None and is_model(draft.data):
        draft.data["type"] = draft.adds("model")
