"""Processing steps written into one mapping, their keys twice, since the `- ` of a list is missing: the list that was meant.

Reading YAML keeps the last step alone and drops the others without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partner_tui.manifest.text.document import Path


def steps_behind_missing_dashes(path: Path, pairs: Sequence[tuple[Any, Any]]) -> list[dict[str, Any]]:
    """The steps; [] when it is no processing, or its keys are not those of whole steps.

    Args:
        path: Of the mapping.
        pairs: Its keys and values as they are written, keys that stand twice too.
    """
    if not path or path[-1] not in ("preprocessing", "postprocessing"):
        return []
    steps: list[dict[str, Any]] = []
    for key, value in pairs:
        if key == "name":
            steps.append({})
        if not steps or key not in ("name", "kwargs") or key in steps[-1]:
            return []
        steps[-1][key] = value
    return steps if all(isinstance(step["name"], str) for step in steps) else []
