"""Nothing is written that the audit refuses: an entry that would lose or gain a value stays as it was, and says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade import entry_upgrade
from partner_tui.upgrade.audit import invented, lost
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import Fix
from partner_tui.upgrade.fixes import ENTRY_FIXES
from partner_tui.upgrade.plan import Plan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge

FIELDS = {"id": "a", "type": "application", "name": "Alpha 1", "format_version": "0.2.4", "tags": ["x"]}


MANIFEST, RDF = f"config: {{id: p}}\ncollection: [{FIELDS}]\n", f"{FIELDS}\n"


def plan(text: str, judge: CachedJudge) -> Plan:
    return make_plan(read_manifest(Document.parse(text)), NoFiles(), judge, Answers())


def loses(draft: Draft) -> None:
    draft.data["tags"].clear()


def respells_unsaid(draft: Draft) -> None:
    draft.data["name"] = "Alpha 2"


def invents(draft: Draft) -> None:
    draft.data["description"] = "made up"


def keeps(draft: Draft) -> None:
    draft.to_config("tags", draft.data.pop("tags"))


@pytest.mark.parametrize("text", [MANIFEST, RDF], ids=["manifest", "rdf"])
@pytest.mark.parametrize(
    ("wrong", "lost", "reason"),
    [
        (loses, ("x",), "a value would be lost"),
        (respells_unsaid, ("Alpha 1",), "a value would be lost"),
        (invents, (), "internal check failed: the upgrade would add made up"),
    ],
)
def test_a_fix_that_drops_or_makes_up_a_value_stops_the_write(
    text: str,
    wrong: Callable[[Draft], None],
    lost: tuple[str, ...],
    reason: str,
    judge: CachedJudge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _add_fix(wrong, monkeypatch)
    made = plan(text, judge)
    (entry,) = made.entries
    assert (entry.lost, entry.reason) == (lost, reason)
    assert (entry.after, entry.changes, made.contents()) == (entry.before, (), {})


@pytest.mark.parametrize("text", [MANIFEST, RDF], ids=["manifest", "rdf"])
def test_a_fix_that_keeps_every_value_is_written(
    text: str, judge: CachedJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add_fix(keeps, monkeypatch)
    made = plan(text, judge)
    assert (made.entries[0].lost, made.entries[0].reason) == ((), "")
    assert made.contents()


def _add_fix(apply: Callable[[Draft], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fixes: tuple[Fix, ...] = (*ENTRY_FIXES, replace(ENTRY_FIXES[0], apply=apply))

    def with_it(draft: Any) -> tuple[Fix, ...]:
        return fixes

    monkeypatch.setattr(entry_upgrade, "fixes_for", with_it)


NUMBER = Document.parse("v: 1.20\nid: 007\n").data


@pytest.mark.parametrize(
    ("old", "new"),
    [(NUMBER["v"], "1.20"), (NUMBER["id"], "007"), (1.2, "1.2"), (3, "0x3"), ("12", 12), (True, "true")],
)
def test_a_number_may_become_the_text_that_it_was_written_as_or_is_read_from(old: Any, new: Any) -> None:
    draft = Draft({"version": old})
    draft.data["version"] = draft.respell(old, new)
    assert (lost(draft), invented(draft)) == ((), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NUMBER["v"], "1.3"),
        (NUMBER["id"], "8"),
        (1.2, "1.20.0"),
        ("12", 13),
        (3, 4),
        (True, "1"),
        (None, "~x"),
    ],
)
def test_a_respelling_that_says_something_else_is_refused(old: Any, new: Any) -> None:
    draft = Draft({"version": old, "name": "Alpha 1"})
    draft.data["version"] = draft.respell(old, new)
    assert invented(draft) == (str(new),)
    assert lost(draft) == (() if old is None else (str(old),))


def test_an_answer_may_stand_for_a_number() -> None:
    draft = Draft({"id": 7})
    draft.data["id"] = draft.respell(7, draft.adds("seven"))
    assert (lost(draft), invented(draft)) == ((), ())
