"""What the upgrade reaches on the corpus' model RDFs, as a table: `python -m tests.upgrade.models.figures`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.status import Status
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from partner_tui.upgrade.audit import scalars
from partner_tui.upgrade.plan import Plan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.corpus import models

KIND_ANSWERS: dict[str, Any] = {
    "library-version": "1.15",
    "opset-version": 11,
    "architecture": "model.py:Network",
    "author-name": "Jo Doe",
}
"""For the questions that nothing can be proposed for."""
BY_KINDS = Answers(kinds=KIND_ANSWERS, defaults=True)
_MAY_GO = frozenset(("https", "doi", "org", "conda", "bsd2"))
"""Words of prefixes (`https://doi.org/`, `conda:`) and spellings (`BSD2`) that the new format does without."""


@dataclass(slots=True)
class Figures:
    """Counts over RDFs.

    Attributes:
        questions: How many each has.
        kinds: How many questions of a kind.
    """

    unparsable: int = 0
    parsed: int = 0
    latest_unanswered: int = 0
    latest_by_defaults: int = 0
    latest_by_kinds: int = 0
    lost: int = 0
    invented: int = 0
    degraded: int = 0
    changed_lines: int = 0
    questions: list[int] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The table."""
        asked = sum(self.questions) / max(1, len(self.questions))
        unasked = self.questions.count(0) / max(1, len(self.questions))
        return [
            f"model RDFs that parse            {self.parsed} of {self.parsed + self.unparsable}",
            f"latest without an answer         {self.latest_unanswered}",
            f"latest with all proposals        {self.latest_by_defaults}",
            f"latest with kind-level answers   {self.latest_by_kinds}",
            f"questions in the mean            {asked:.2f}",
            f"without a question               {unasked:.0%}",
            f"values lost                      {self.lost}",
            f"values invented                  {self.invented}",
            f"degraded                         {self.degraded}",
            f"untouched lines changed          {self.changed_lines}",
            *(f"  {count:4} {kind}" for kind, count in sorted(self.kinds.items(), key=lambda one: -one[1])),
            *self.left,
        ]


def figures(paths: Iterable[Path], judge: CachedJudge) -> Figures:
    """Upgrade each RDF three times: without an answer, with all proposals, with kind-level answers."""
    result = Figures()
    for path in paths:
        try:
            document = Document.decode(path.read_bytes(), path.name)
        except ManifestParseError:
            result.unparsable += 1
            continue
        result.parsed += 1
        result.latest_unanswered += _is_latest(plan(document, judge, Answers()))
        result.latest_by_defaults += _is_latest(plan(document, judge, Answers(defaults=True)))
        _add(result, document, plan(document, judge, BY_KINDS))
    return result


def plan(document: Document, judge: CachedJudge, answers: Answers) -> Plan:
    """The plan for one RDF."""
    return make_plan(read_manifest(document), NoFiles(), judge, answers)


def _is_latest(made: Plan) -> bool:
    return made.entries[0].after is Status.LATEST


def _add(result: Figures, document: Document, made: Plan) -> None:
    (entry,) = made.entries
    result.latest_by_kinds += _is_latest(made)
    result.questions.append(len(made.questions))
    for question in made.questions:
        result.kinds[question.kind] = result.kinds.get(question.kind, 0) + 1
    result.lost += len(entry.lost) + len(gone(document, made))
    result.invented += entry.reason.startswith("internal check failed")
    result.degraded += bool(entry.degraded)
    if entry.reason:
        result.left.append(f"{document.name}: {entry.reason}")
    for new in made.documents.values():
        result.changed_lines += len(changed_lines(document, new))


def gone(old: Document, made: Plan) -> list[str]:
    """Words and numbers of the old text that stand in no file that the plan writes; looked up without the audit."""
    if not made.documents:
        return []
    fields = {name: value for name, value in old.data.items() if name != "format_version"}
    written = [*(new.data for new in made.documents.values()), *(file.content for file in made.files)]
    return sorted({*_words(fields)} - {*_words(written)} - _MAY_GO)


def _words(value: object) -> Iterator[str]:
    for scalar in scalars(value):
        yield from re.findall(r"[a-z0-9]+", str(scalar).lower())


def changed_lines(old: Document, new: Document) -> list[str]:
    """Lines of fields that have the same value in both, but are written in another way."""
    return [
        line
        for field, value in old.data.items()
        if field in new.data
        and same(value, new.data[field])
        and old.excerpt((field,)) != new.excerpt((field,))
        for line in old.excerpt((field,)).splitlines()
    ]


if __name__ == "__main__":
    with SpecWorker() as judge:
        print("\n".join(figures(models(), CachedJudge(judge.judge_all)).lines()))
