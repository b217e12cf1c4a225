"""Dependencies of weights become a file's description, without the name of the package manager in front."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft

NAME = "weights-dependencies"
TITLE = "Convert dependencies"
WHY = "Only two weights formats take dependencies, as a Conda environment file."
CLASS = "config"

_HAVE_THEM = ("pytorch_state_dict", "tensorflow_saved_model_bundle")


def fix(draft: Draft) -> None:
    weights = draft.data.get("weights")
    if not isinstance(weights, dict):
        return
    _from_root(draft, weights)
    kept: dict[str, Any] = {}
    for format, entry in weights.items():
        if not isinstance(entry, dict) or not isinstance(text := entry.get("dependencies"), str):
            continue
        manager, colon, path = text.partition(":")
        path = path if colon and not path.startswith("//") else text
        is_conda = manager == "conda" or path == text
        if format in _HAVE_THEM and is_conda and path.endswith((".yaml", ".yml")):
            entry["dependencies"] = {"source": draft.respell(text, path)}
        else:
            kept[format] = entry.pop("dependencies")
    if kept:
        draft.to_config("weights_dependencies", kept)


def _from_root(draft: Draft, weights: dict[str, Any]) -> None:
    """Until the format 0.4.1, dependencies stood at the root."""
    if not isinstance(draft.data.get("dependencies"), str):
        return
    for format in _HAVE_THEM:
        if isinstance(entry := weights.get(format), dict) and "dependencies" not in entry:
            entry["dependencies"] = draft.data.pop("dependencies")
            return
