"""The format 0.1 told weights and dependencies under `prediction`; they move to where 0.5 has them."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.fixes.models.weights_format import ask_format


@fix(
    "early-prediction",
    "Move 0.1 weights",
    "Since format 0.3, weights are listed under `weights` by format.",
    FixKind.ASK,
)
def early_prediction(draft: Draft) -> None:
    prediction = draft.data.get("prediction")
    if not isinstance(prediction, dict) or draft.data.get("weights"):
        return
    weights = prediction.get("weights")
    weights = weights[0] if isinstance(weights, list) and len(weights) == 1 else weights
    weights = {"source": weights} if isinstance(weights, str) else weights
    if not isinstance(weights, dict) or not isinstance(weights.get("source"), str):
        return
    entry: dict[str, Any] = {"source": weights["source"]}
    digest = weights.get("hash") if isinstance(weights.get("hash"), dict) else weights
    if isinstance(digest, dict) and digest.get("sha256"):
        entry["sha256"] = digest["sha256"]
    format = ask_format(draft, "weights", "prediction.weights does not name a format")
    draft.data["weights"] = {draft.adds(format): entry}
    rest = {key: value for key, value in prediction.items() if key != "weights"}
    left = {key: value for key, value in weights.items() if key not in ("source", "sha256")}
    if "hash" in left and "sha256" in entry and isinstance(digest, dict):
        left["hash"] = {key: value for key, value in digest.items() if key != "sha256"}
    left = {key: value for key, value in left.items() if value not in ({}, None)}
    if left:
        rest["weights"] = left
    if draft.data.get("dependencies") is None and rest.get("dependencies") is not None:
        draft.data["dependencies"] = rest.pop("dependencies")
    kwargs = draft.data.get("optional_kwargs")
    if "kwargs" not in draft.data and isinstance(kwargs, dict) and not draft.data.get("required_kwargs"):
        draft.data["kwargs"] = draft.data.pop("optional_kwargs")
    draft.data.pop("prediction")
    if rest:
        draft.to_config("prediction", rest)
    if rest.get("preprocess") or rest.get("postprocess"):
        draft.add_note("processing steps of format 0.1 were moved to config")
