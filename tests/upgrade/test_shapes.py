"""Whatever shape a field has, the entry becomes latest or says why; nothing is lost, no untouched line changes."""

from __future__ import annotations

import pytest
import yaml

from partner_tui.compliance.status import Status
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.upgrade.shapes import entries

HOPELESS = ("id[10]",)
"""A list as id: nothing says what was meant."""
SPECIFIC = ("source", "download_url", "documentation", "badges")
"""Fields that other types than applications treat in their own way."""


@pytest.mark.parametrize("kind", ["application", "notebook", "dataset"])
def test_every_shape_of_every_field_becomes_latest(kind: str, judge: CachedJudge) -> None:
    wanted = f"{kind}." if kind == "application" else tuple(f"{kind}.{field}[" for field in SPECIFIC)
    made = [
        (what, entry)
        for what, entry in entries()
        if what.startswith(wanted) and not any(one in what for one in HOPELESS)
    ]
    left = []
    for start in range(0, len(made), 20):
        some = made[start : start + 20]
        text = yaml.safe_dump(
            {"config": {"id": "p"}, "collection": [entry for _, entry in some]}, sort_keys=False
        )
        plan = make_plan(read_manifest(Document.parse(text)), NoFiles(), judge, Answers(defaults=True))
        left += [
            (what, entry.reason, entry.lost)
            for (what, _), entry in zip(some, plan.entries, strict=True)
            if entry.after is not Status.LATEST
        ]
        left += [("conflict", one, ()) for one in plan.conflicts]
    assert left == []
