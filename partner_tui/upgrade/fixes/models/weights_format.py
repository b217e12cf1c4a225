"""Weights without a source, or of a format that the spec does not know: kept in `config`, or given a format when they are all there is."""

from __future__ import annotations

from typing import Any, Final

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import mapping, path_of
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.new_files import CannotUpgrade
from partner_tui.upgrade.question import each

FORMATS: Final = (
    "keras_hdf5",
    "keras_v3",
    "onnx",
    "pytorch_state_dict",
    "tensorflow_js",
    "tensorflow_saved_model_bundle",
    "torchscript",
)


@fix(
    "weights-format",
    "Set weights formats",
    "Weights must use one of the seven supported formats.",
    FixKind.ASK,
)
def weights_format(draft: Draft) -> None:
    if not (weights := mapping(draft.data.get("weights"))):
        return
    entries = {key: one for key, one in weights.items() if (path_of(mapping(one)) or "").strip()}
    known = {key: value for key, value in entries.items() if key in FORMATS}
    other = {key: value for key, value in weights.items() if key not in known}
    if not known:
        if not entries:
            raise CannotUpgrade("its weights have no source")
        name, entry = next(iter(entries.items()))
        format = ask_format(draft, f"weights.{name}", f"“{name}” is not a weights format of the spec", name)
        known = {draft.adds(format): entry}
        draft.to_config("weights_format", draft.adds(name))
        del other[name]
    if other:
        draft.data["weights"] = known
        draft.to_config("weights", {key: value for key, value in other.items() if value is not None})
        for name, value in other.items():
            if name in entries:
                draft.add_note(f"weights.{name}: not a weights format of the spec; moved to config")
            elif name in FORMATS and value:
                draft.add_note(f"weights.{name}: it has no source; moved to config")
    elif list(known) != list(weights):
        draft.data["weights"] = known


def ask_format(draft: Draft, place: str, reason: str, name: str = "") -> Any:
    """Ask for the format of weights."""
    proposal, derived = _likely(draft.data, name)
    return draft.ask(
        f"weights-format:{draft.context.id}:{place}",
        "weights-format",
        f"Which format do the weights of {draft.called} have?",
        f"The format requires it, and {reason}.",
        proposal=proposal,
        derived=derived,
        choices=each(FORMATS),
    )


def _likely(data: dict[str, Any], name: str) -> tuple[str | None, str]:
    framework, language = (str(data.get(key) or "").lower() for key in ("framework", "language"))
    if "tensorflow" in name.lower():
        return "tensorflow_saved_model_bundle", f"{name} contains a TensorFlow graph"
    if "torch" in framework or "torch" in name.lower():
        if language == "java":
            return "torchscript", "the framework is PyTorch and the language Java"
        return "pytorch_state_dict", "the framework is PyTorch"
    if "tensorflow" in framework:
        return "tensorflow_saved_model_bundle", "the framework is TensorFlow"
    if "keras" in framework or "keras" in name.lower():
        return "keras_hdf5", "the framework is Keras"
    if "onnx" in name.lower():
        return "onnx", "its name contains onnx"
    return None, ""


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
