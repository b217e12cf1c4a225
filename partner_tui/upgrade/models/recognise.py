"""Recognises descriptions of models: the formats up to 0.3.1 did not say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_model(data: Mapping[str, Any]) -> bool:
    """Whether it says so or, saying no type, has weights, inputs and outputs."""
    if data.get("type") is not None:
        return bool(data["type"] == "model")
    prediction = data.get("prediction")
    weights = data.get("weights") or (prediction.get("weights") if isinstance(prediction, dict) else None)
    return bool(weights and data.get("inputs") and data.get("outputs"))
