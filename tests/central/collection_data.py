"""Small copies of what gh-pages of bioimage-io/collection holds, in the form in which its CI writes it."""

from __future__ import annotations

import json
from typing import Any

DAY = "2025-07-01T22:53:02Z"


def item(item_id: str, type_: str = "model", *versions: tuple[str, str]) -> dict[str, Any]:
    """An item of the index, below the workspace of the site.

    Args:
        versions: Name and day of each; one from mid-2025 by default.
    """
    return {
        "id": f"bioimage-io/{item_id}",
        "type": type_,
        "versions": [
            {
                "comment": None,
                "created_at": day,
                "sha256": f"{name}-of-{item_id}",
                "source": f"https://hypha.aicell.io/bioimage-io/artifacts/{item_id}/files/rdf.yaml?version={name}",
                "version": name,
            }
            for name, day in versions or (("v0", DAY),)
        ],
    }


def index(*items: Any) -> bytes:
    data = {"count_per_type": {}, "items": items, "timestamp": "2026-10-01T04:54:18.040432"}
    return json.dumps({**data, "total": len(items)}, indent=4).encode()


def report(status: str = "passed", **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"badge": None, "details": None, "error": None, "links": [], "status": status}
    return {**given, "score": 1.0 if status == "passed" else 0.0, **more}


def summary(rdf: Any, tests: Any = None, sha256: str = "") -> bytes:
    data = {"rdf_content": rdf, "rdf_yaml_sha256": sha256, "scores": {}, "status": "passed"}
    return json.dumps({**data, "tests": tests or {}}, indent=4).encode()
