"""Prints what upgrading the corpus comes to: `python -m tests.upgrade.figures [--entries] [--models]`."""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.status import Status
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.entry_upgrade import NEEDS_SOURCE
from partner_tui.upgrade.plan import EntryPlan, Plan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge, Judging
from tests.corpus import manifests, models

IDS = "id-lowercase"
KINDS = {"library-version": "1.15.0"}
"""Answers for whole kinds of questions that nothing in a file can propose."""


@dataclass
class Figures:
    """Counts over a corpus."""

    rows: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    questions: list[int] = field(default_factory=list)
    seconds: float = 0.0


def read(paths: list[Path]) -> Iterator[Document]:
    for path in paths:
        try:
            yield Document.decode(path.read_bytes(), path.name)
        except ManifestParseError:
            continue


def of_entries(judge: Judging) -> Figures:
    """Every entry of every manifest, with each proposal as the answer."""
    figures = Figures()
    seen: set[str] = set()
    remembered = CachedJudge(judge)
    for document in read(manifests()):
        manifest = read_manifest(document)
        started = time.monotonic()
        plan = make_plan(manifest, NoFiles(), remembered, Answers(defaults=True))
        figures.seconds += time.monotonic() - started
        figures.rows["manifests"] += 1
        figures.questions.append(len(plan.questions))
        figures.kinds.update(question.kind for question in plan.questions)
        figures.rows["conflicts"] += len(plan.conflicts)
        figures.rows["untouched lines changed"] += strayed(manifest, plan)
        asked = {id for question in plan.questions if question.kind != IDS for id in question.entries}
        for entry in plan.entries:
            _count(figures, entry, manifest, seen, (entry.id or f"entry {entry.index + 1}") in asked)
    return figures


def _count(figures: Figures, entry: EntryPlan, manifest: Manifest, seen: set[str], asked: bool) -> None:
    figures.rows["entries"] += 1
    figures.rows["lost"] += len(entry.lost)
    figures.rows["invented"] += entry.reason.startswith("internal check failed")
    if entry.after is Status.UNRESOLVED or entry.reason == NEEDS_SOURCE:
        figures.rows["need an RDF that is not at hand"] += 1
        return
    figures.rows["self-contained"] += 1
    key = json.dumps(
        resolve(manifest.entries[entry.index], manifest, NoFiles()).data, default=str, sort_keys=True
    )
    latest = entry.after is Status.LATEST
    figures.rows["self-contained, latest"] += latest
    if not latest:
        figures.why[f"{manifest.document.name} {entry.id}: {entry.reason}"] += 1
    if key not in seen:
        seen.add(key)
        figures.rows["distinct"] += 1
        figures.rows["distinct, latest"] += latest
        figures.rows["distinct, no question but ids"] += latest and not asked


def strayed(manifest: Manifest, plan: Plan) -> int:
    """Changed lines of the old text that belong to no field that the upgrade changed."""
    import difflib

    after = plan.documents.get(manifest.document.name)
    if after is None:
        return 0
    old, new = manifest.document.text.splitlines(), after.text.splitlines()
    touched: set[int] = set()
    for entry in plan.entries:
        path = manifest.entries[entry.index].path
        for change in entry.changes:
            for place in ((*path, change.path[0]), (str(change.path[0]),)):
                for slot in manifest.document.occurrences(place):  # of a key written twice, one goes
                    first, last = (manifest.document.place(at).line for at in (slot.start, slot.value_end))
                    touched.update(range(first, last + 1))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return sum(
        line + 1 not in touched
        for tag, begin, end, *_ in matcher.get_opcodes()
        if tag in ("replace", "delete")
        for line in range(begin, end)
    )


def of_models(judge: Judging) -> Figures:
    """Every model RDF, with each proposal as the answer."""
    figures = Figures()
    remembered = CachedJudge(judge)
    for document in read(models()):
        started = time.monotonic()
        plan = make_plan(read_manifest(document), NoFiles(), remembered, Answers(kinds=KINDS, defaults=True))
        figures.seconds += time.monotonic() - started
        (entry,) = plan.entries
        figures.rows["models"] += 1
        figures.rows["latest"] += entry.after is Status.LATEST
        figures.rows["no question"] += not plan.questions
        figures.rows["degraded"] += bool(entry.degraded)
        figures.rows["lost"] += len(entry.lost)
        figures.rows["invented"] += entry.reason.startswith("internal check failed")
        figures.questions.append(len(plan.questions))
        figures.kinds.update(question.kind for question in plan.questions)
        if entry.after is not Status.LATEST:
            figures.why[f"{document.name}: {entry.reason}"] += 1
    return figures


def show(title: str, figures: Figures) -> None:
    print(f"\n{title}")
    for name, count in figures.rows.items():
        print(f"  {count:6}  {name}")
    mean = sum(figures.questions) / max(1, len(figures.questions))
    print(f"  {mean:6.2f}  questions in the mean {dict(sorted(Counter(figures.questions).items()))}")
    print(f"  {figures.seconds:6.1f}  seconds")
    for kind, count in figures.kinds.most_common():
        print(f"          {count} x {kind}")
    for reason, count in figures.why.most_common(40):
        print(f"  not latest: {count} x {reason}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", action="store_true")
    parser.add_argument("--models", action="store_true")
    chosen = parser.parse_args()
    everything = not (chosen.entries or chosen.models)
    with SpecWorker() as judge:
        if chosen.entries or everything:
            show("Entries", of_entries(judge.judge_all))
        if chosen.models or everything:
            show("Model RDFs", of_models(judge.judge_all))


if __name__ == "__main__":
    main()
