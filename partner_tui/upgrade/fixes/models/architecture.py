"""A PyTorch state dict's architecture becomes an object; the format 0.3 told it at the root as the model's source."""

from __future__ import annotations

import keyword
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import mapping
from partner_tui.upgrade.fix import FixKind, fix

_ROOT = {"source": "architecture", "sha256": "architecture_sha256", "kwargs": "kwargs"}


@fix(
    "architecture-object",
    "Convert architecture",
    "The architecture names its callable and its file or module separately.",
    FixKind.AUTO,
)
def architecture_object(draft: Draft) -> None:
    entry = mapping(draft.data.get("weights")).get("pytorch_state_dict")
    if not isinstance(entry, dict):
        return
    if isinstance(source := draft.data.get("source"), str) and _object(source):
        for old, new in _ROOT.items():
            if draft.data.get(old) is not None and new not in entry:
                entry[new] = draft.data.pop(old)
    architecture = entry.get("architecture")
    if isinstance(architecture, dict):
        return
    found = _object(architecture)
    if found is None:
        answer = draft.ask(
            f"architecture:{draft.context.id}",
            "architecture",
            f"Which class or function builds the network of {draft.called}?",
            "PyTorch weights cannot be loaded without it, and the format requires it.",
            check=lambda value: (
                None if _object(value) else "Write file.py:Callable or package.module.Callable."
            ),
        )
        found = _object(answer) or {}
        draft.adds(found)
        if architecture is not None:
            draft.to_config("architecture", entry.pop("architecture"))
    else:
        draft.respell(architecture, next(iter(found.values())))
        draft.adds(found)
    _write(draft, entry, found)


def _write(draft: Draft, entry: dict[str, Any], found: dict[str, Any]) -> None:
    digest, kwargs = entry.pop("architecture_sha256", None), entry.pop("kwargs", None)
    if digest is not None:
        if "source" in found and isinstance(digest, str) and len(digest) == 64:
            found["sha256"] = digest
        else:
            draft.to_config("architecture_sha256", digest)
    if isinstance(kwargs, dict) and all(isinstance(key, str) for key in kwargs):
        found["kwargs"] = kwargs
    elif kwargs is not None:
        draft.to_config("architecture_kwargs", kwargs)
    entry["architecture"] = found


def _object(text: Any) -> dict[str, Any] | None:
    """`file.py:Callable`, `file.py::Callable` or `package.module.Callable` as an object; None for others."""
    if not isinstance(text, str):
        return None
    text = text.strip()
    source, colon, name = text.rpartition(":")
    if colon:
        source = source.removesuffix(":")
        if source and source.lower() not in ("http", "https") and _is_name(name):
            return {"source": source, "callable": name}
        return None
    module, dot, name = text.rpartition(".")
    if dot and _is_name(name) and all(map(_is_name, module.split("."))) and name != "py":
        return {"import_from": module, "callable": name}
    return None


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)
