"""Attachments of weights become attachments of the model: since 0.5 weights have none of their own."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft

NAME = "weights-attachments"
TITLE = "Move attachments"
WHY = "Since the format 0.5 only the model has attachments."
CLASS = "auto"


def fix(draft: Draft) -> None:
    weights = draft.data.get("weights")
    if not isinstance(weights, dict):
        return
    found: list[Any] = []
    others: dict[str, Any] = {}
    for key in list(weights):
        entry = weights[key]
        holder, field = (weights, "attachments") if key == "attachments" else (entry, "attachments")
        if not isinstance(holder, dict) or field not in holder:
            continue
        paths, rest = files_of(holder.pop(field))
        found += paths
        if rest:
            others[key] = rest
    if others:
        draft.to_config("weights_attachments", others)
    _attach(draft, found)


def files_of(value: Any) -> tuple[list[Any], Any]:
    """The files in an old `attachments`, and what else was in it."""
    if isinstance(value, dict) and "source" in value:
        return [value], None
    if isinstance(value, dict):
        files, rest = files_of(value.get("files"))
        others = {key: one for key, one in value.items() if key != "files"}
        return files, {**others, "files": rest} if rest else others
    if isinstance(value, str):
        return [value], None
    return (list(value), None) if isinstance(value, list) else ([], value)


def _attach(draft: Draft, files: list[Any]) -> None:
    """Add files to the model's attachments, in the shape that these have; each once."""
    if not files:
        return
    attachments = draft.data.get("attachments")
    target: Any = attachments.setdefault("files", []) if isinstance(attachments, dict) else attachments
    if not isinstance(target, list):
        if target is not None:
            draft.to_config("attachments", target)
        target = draft.data["attachments"] = []
    there = {_path(one) for one in target}
    objects = any(isinstance(one, dict) for one in target) or not isinstance(attachments, dict | list)
    for file in files:
        path = _path(file)
        if path in there:
            draft.repeats(path)
            continue
        there.add(path)
        target.append({"source": file} if objects and isinstance(file, str) else file)


def _path(file: Any) -> Any:
    path = file.get("source") if isinstance(file, dict) else file
    return path if isinstance(path, str) else None
