"""The upgrade of a workspace: plans from the answers given so far, and a plan applied as one step.

Answers are kept for the repository, so that a second run asks nothing again. Methods block; the app calls them in threads.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document
from partner_tui.repository.private_files import keep_private, read_kept
from partner_tui.upgrade.dialect import to_collection
from partner_tui.upgrade.fix import Fix
from partner_tui.upgrade.fixes import fixes_by_name
from partner_tui.upgrade.plan import OnProgress, Options, Plan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import SKIPPED, Answers, Question
from partner_tui.upgrade.verdict_cache import CachedJudge
from partner_tui.workspace.entries.remote_sources import remote_sources
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.upgrade.plan_summary import subject
from partner_tui.workspace.workspace import Workspace

_LARGEST = 64 << 20


class UpgradeSession:
    """One upgrade under way.

    Args:
        workspace: Whose entries are upgraded; nothing of it changes before `apply`.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept = workspace.state / "answers.json"
        self._judge = CachedJudge(workspace.checker.errors_of, workspace.checker.judges)
        self._turned: tuple[Document, Manifest] | None = None
        self.answers = _answers_in(self._kept)

    @property
    def is_rdf(self) -> bool:
        """Whether what is open is no manifest but the RDF of one resource."""
        return self._workspace.manifest.is_rdf

    @property
    def manifest(self) -> Manifest:
        """What is planned from: the workspace's, or what it was turned into."""
        if self._turned is not None and self._turned[0] is self._workspace.document:
            return self._turned[1]
        return self._workspace.manifest

    @cached_property
    def fixes(self) -> Mapping[str, Fix]:
        """Every fix by its name."""
        return fixes_by_name()

    def plan(
        self,
        entries: Collection[int] | None = None,
        *,
        skipped_fixes: Collection[str] = (),
        options: Options | None = None,
        suggested: bool = False,
        on_progress: OnProgress = lambda done, total: None,
    ) -> Plan:
        """Plan the upgrade of entries, by index; of all of them when None.

        Args:
            suggested: Whether the suggested answers count where no other is given.
        """
        answers = replace(self.answers, defaults=True) if suggested else self.answers
        return make_plan(
            self.manifest,
            self._workspace.files,
            self._judge,
            answers,
            entries=entries,
            skipped_fixes=skipped_fixes,
            options=options,
            on_progress=on_progress,
        )

    def answer(self, question: Question, answer: Any, *, of_kind: bool = False) -> None:
        """Note an answer, for one question or for all of its kind; `keep` keeps it for the repository."""
        questions, kinds = dict(self.answers.questions), dict(self.answers.kinds)
        if of_kind:
            kinds[question.kind] = answer
            questions.pop(question.key, None)
        else:
            questions[question.key] = answer
        self.answers = Answers(questions, kinds, self.answers.defaults)

    def forget(self, question: Question) -> None:
        """Leave a question open again."""
        questions = {key: value for key, value in self.answers.questions.items() if key != question.key}
        self.answers = replace(self.answers, questions=questions)

    def take(self, answers: Answers) -> None:
        """Put answers on top of those kept; they are not kept themselves before `keep`."""
        questions = {**self.answers.questions, **answers.questions}
        self.answers = Answers(questions, {**self.answers.kinds, **answers.kinds}, answers.defaults)

    def keep(self) -> None:
        """Keep the answers for the repository; what was put off is asked again the next time."""
        kept = {
            name: {key: value for key, value in given.items() if value is not SKIPPED}
            for name, given in (("questions", self.answers.questions), ("kinds", self.answers.kinds))
        }
        keep_private(self._kept, json.dumps(kept, ensure_ascii=False, default=str).encode())

    # The dialect

    def convert_to_collection(self) -> bool:
        """Plan from a `collection:` list instead of groups, from now on; False when it is one already.

        Raises:
            PatchError: It cannot be done without changing what an entry means.
        """
        turned = to_collection(self._workspace.document, self._workspace.files)
        if turned is self._workspace.document:
            return False
        self._turned = (self._workspace.document, read_manifest(turned))
        return True

    # What lies elsewhere

    def remote_sources(self, entries: Collection[int] | None = None) -> Mapping[str, tuple[str, ...]]:
        """The addresses that entries need and that were not fetched; see `fetched.remote_sources`."""
        return remote_sources(self.manifest, self._workspace.files, entries)

    # Writing

    def original(self, path: str) -> str:
        """The text of a file as it is now; empty when it is not there."""
        return Document.decode(self._workspace.read(path) or b"", path).text

    def contents(self, plan: Plan) -> Mapping[str, bytes]:
        """Every file that a plan writes; the turned manifest too, where no entry of it changes."""
        turned = self.manifest.document
        own = {} if turned is self._workspace.document else {turned.name: turned.encode()}
        return {**own, **plan.contents()}

    def apply(self, plan: Plan, title: str = "") -> Step | None:
        """Write a plan as one step.

        Args:
            title: By default what the plan is called by itself.

        Raises:
            PartnerTuiError: A file that is to be created is there already.
            FileChangedOutside: A file is not as the plan was made from.
        """
        for file in plan.files:
            if self._workspace.read(file.path) is not None:
                raise PartnerTuiError(f"{file.path} already exists.", "Plan the upgrade again.")
        return self._workspace.save(title or subject(plan), self.contents(plan))


def _answers_in(path: Path) -> Answers:
    """What was answered before; nothing when the file is not there or torn."""
    kept = read_kept(path, _LARGEST)
    try:
        return Answers(dict(kept["questions"]), dict(kept["kinds"]))
    except (ValueError, KeyError, TypeError):
        return Answers()
