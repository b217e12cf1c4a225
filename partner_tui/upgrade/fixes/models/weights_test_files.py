"""Test and sample files that stand under weights move up to the model where it names none itself."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft

NAME = "weights-test-files"
TITLE = "Move weights tests"
WHY = "Test and sample files belong to the model, not to one of its weights."
CLASS = "auto"

_FIELDS = {
    "test_input": "test_inputs",
    "test_inputs": "test_inputs",
    "test_output": "test_outputs",
    "test_outputs": "test_outputs",
    "sample_input": "sample_inputs",
    "sample_inputs": "sample_inputs",
    "sample_output": "sample_outputs",
    "sample_outputs": "sample_outputs",
}


def fix(draft: Draft) -> None:
    weights = draft.data.get("weights")
    if not isinstance(weights, dict):
        return
    for entry in weights.values():
        for old, field in _FIELDS.items():
            if not isinstance(entry, dict) or old not in entry:
                continue
            files = [entry[old]] if isinstance(entry[old], str) else entry[old]
            there: Any = draft.data.get(field)
            if there is None and isinstance(files, list):
                draft.data[field] = files
                del entry[old]
            elif there == files:
                for file in files:
                    draft.repeats(file)
                del entry[old]
