"""Makes a plan: entries upgraded one by one, links that follow renamed ids, and texts with all edits spliced in.

An entry that cannot be written is left as it was and told as a conflict; the others stand. What was spliced is read
again, and has to give what the fixes made. A plan is made anew after each answer; keep one `CachedJudge` over all of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Any, TypeAlias

from partner_tui.compliance.protocol import TOGETHER
from partner_tui.errors import PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.comments import comments_of, with_comments_of, without_copies
from partner_tui.manifest.editing.edits import Edit, Replace
from partner_tui.manifest.editing.patch import apply, objection
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same
from partner_tui.upgrade.entry_upgrade import EntryRun, UpgradeContext, conclude_entry, place_run, run_entry
from partner_tui.upgrade.fields import mapping
from partner_tui.upgrade.fix import Change
from partner_tui.upgrade.fix_runner import UpgradeResult, differences, told, waiting
from partner_tui.upgrade.fixes.ids import id_lowercase
from partner_tui.upgrade.links import followed, spellings
from partner_tui.upgrade.new_files import NewFile, NewFiles
from partner_tui.upgrade.overlay import Overlay
from partner_tui.upgrade.placement import agreed, beside, entry_edits, rdf_edits, rdf_wish, root_edits
from partner_tui.upgrade.plan import EntryPlan, OnProgress, Options, Plan
from partner_tui.upgrade.question import Answers, Question
from partner_tui.upgrade.siblings import ManifestEntries
from partner_tui.upgrade.verdict_cache import Asked, CachedJudge

_Piece: TypeAlias = tuple[EntryRun | None, list[Edit]]
"""Edits that go in together, and the entry whose they are, if they are those of one."""
_AHEAD = 3
"""So many times as many entries as are judged together are asked about before the first of them is worked on, and worked on
before what became of the first is waited for."""
_CANNOT_WRITE = "cannot be written without touching other values"
_REMOTE_RDF = "its RDF is not in this repository and has fields of an old format: upgrade it where it is"


def make_plan(
    manifest: Manifest,
    files: CloneFiles,
    judge: CachedJudge,
    answers: Answers,
    *,
    entries: Collection[int] | None = None,
    skipped_fixes: Collection[str] = (),
    options: Options | None = None,
    on_progress: OnProgress = lambda done, total: None,
) -> Plan:
    """Plan the upgrade of a manifest's entries, or of an RDF, which is its own only entry.

    Args:
        entries: Their indices; None for all.
        skipped_fixes: Names of fixes to leave out.
        on_progress: Told before each entry how many are done, of how many; what it raises ends the planning.
    """
    wishes = options or Options()
    context = UpgradeContext(
        manifest,
        files,
        judge,
        answers,
        skipped_fixes,
        wishes.only,
        NewFiles(files, wishes.declined),
        ManifestEntries(manifest, files),
        frozenset(entry.id for entry in manifest.entries if entry.id),
    )
    return _Planner(context).plan(entries, on_progress)


class _Planner:
    """The making of one plan."""

    def __init__(self, context: UpgradeContext) -> None:
        self._context = context
        self._manifest = context.manifest
        self._refused: list[str] = []
        self._left_out: list[str] = []

    def plan(self, indices: Collection[int] | None, on_progress: OnProgress) -> Plan:
        wanted = None if indices is None else frozenset(indices)
        chosen = [one for one in self._manifest.entries if wanted is None or one.index in wanted]
        runs = self._runs(chosen, on_progress)
        while True:  # where an entry stays after all, RDFs that it shares and links to it do as well
            finished = [run for run in runs if run.is_finished]
            renamed = {old: new for run in finished for old, new in _renamed(run).items()}
            documents = self._documents(runs, spellings(renamed, self._manifest.partner.id))
            if not all(run.is_finished for run in finished):
                continue
            failed = self._unlike(finished, documents)
            for run in failed:
                self._refuse(run, _REMOTE_RDF if run.resolved.remote else _CANNOT_WRITE)
            if not failed:
                break
        return Plan(
            self._manifest.document.name,
            batched([run.upgraded for run in runs if run.upgraded]),
            self._context.answers,
            self._files_of([run for run in runs if run.is_finished]),
            tuple(_entry_plan(run) for run in runs),
            documents,
            (*self._refused, *self._left_out),
            _warnings(renamed),
            self._files_of([run for run in runs if waiting(run.upgraded)]),
        )

    def _runs(self, chosen: Sequence[Entry], on_progress: OnProgress) -> list[EntryRun]:
        """The entries' fixes run one after the other, while what came of those before is judged."""
        runs: list[EntryRun] = []
        renamed: dict[str, str] = {}  # the new ids of finished entries: what follows must not take them
        some = [chosen[at : at + TOGETHER] for at in range(0, len(chosen), TOGETHER)]
        asked: deque[dict[int, Asked]] = deque()
        made: deque[Callable[[], None]] = deque()
        with ThreadPoolExecutor(self._context.judge.at_once, "judging") as pool:
            ahead = iter(some)
            for entries in some:
                asked += [self._asked(others, pool) for others in islice(ahead, 1 if runs else _AHEAD)]
                before = asked.popleft()
                waiting: list[EntryRun] = []
                for entry in entries:
                    on_progress(len(runs), len(chosen))
                    run = run_entry(entry, self._context, renamed, before.get(entry.index))
                    runs.append(run)
                    if run.upgraded is None:
                        continue
                    # The next entry has to know what becomes of one with another id.
                    if run.upgraded.draft.data.get("id") != entry.id or not run.upgraded.is_to_conclude:
                        conclude_entry(run, self._context)
                        renamed |= _renamed(run)
                    else:
                        waiting.append(run)
                drafts = [run.upgraded.draft.data for run in waiting if run.upgraded]
                after = self._context.judge.ahead(drafts, pool)
                made.append(partial(self._conclude, waiting, after))
                if len(made) > _AHEAD:
                    made.popleft()()
            for conclude in made:
                conclude()
        return runs

    def _asked(self, entries: Sequence[Entry], pool: Executor) -> dict[int, Asked]:
        """The verdicts on entries as they are, asked for ahead, by their index."""
        resolved = [self._context.siblings.resolved(one) for one in entries if not one.problem]
        whole = [one for one in resolved if not one.missing]
        asked = self._context.judge.ahead([one.judged for one in whole], pool)
        return {one.entry.index: verdict for one, verdict in zip(whole, asked, strict=True)}

    def _conclude(self, runs: Sequence[EntryRun], asked: Sequence[Asked]) -> None:
        for run, verdict in zip(runs, asked, strict=True):
            conclude_entry(run, self._context, verdict)

    def _follow(self, run: EntryRun, spelled: dict[str, str]) -> None:
        """Let its links follow the entries that get another id."""
        done = run.upgraded if run.is_finished else None
        own = self._manifest.entries[run.entry.index].own
        data = done.draft.data if done else {**(run.resolved.supplied if run.resolved.rdf else {}), **own}
        found = followed(data, spelled)
        run.followed = {name: value for name, value in found.items() if done or name in own}
        run.link_changes = tuple(
            Change(id_lowercase.name, *one)
            for name, value in found.items()
            for one in differences((name,), data[name], value)
        )

    # Texts

    def _documents(self, runs: Sequence[EntryRun], spelled: dict[str, str]) -> dict[str, Document]:
        """All texts with the edits of finished entries spliced in.

        Args:
            spelled: New links by old ones.
        """
        self._left_out = []
        for run in runs:
            self._follow(run, spelled)
        finished = [run for run in runs if run.is_finished]
        for run in finished:
            place_run(run, self._context)
        documents = self._rdfs(runs, spelled)
        root = root_edits([run.placed.root for run in finished if run.placed], self._manifest.root)
        document = self._manifest.document
        pieces: list[_Piece] = [(None, _replaced((), root))]
        for run in runs:
            if not run.is_finished:
                pieces.append((None, _replaced(run.entry.path, run.followed)))
            elif run.placed is not None:
                try:
                    own = entry_edits(run.resolved, run.placed, root, document)
                    pieces.append((run, [*run.first, *own]))
                except PatchError as error:
                    self._leave_out((run, []), error)
        planned = {run.entry.index for run in runs}
        pieces += [
            (None, _replaced(entry.path, changed))
            for entry in self._manifest.entries
            if entry.index not in planned and (changed := followed(entry.own, spelled))
        ]
        spliced = self._spliced(document, pieces)
        rdfs = {rdf.name: rdf for run in runs if (rdf := self._context.siblings.resolved(run.entry).rdf)}
        if spliced.text != document.text:
            # Of entries all that is said in them, of what stays beside them all that is said at what is written.
            whole = {run.entry.path for run in finished if run.is_finished}
            parts = {edit.path for run, some in pieces if run is None for edit in some}
            moved = comments_of(documents.values()) - comments_of(
                rdfs[name] for name in documents if name in rdfs
            )
            places = [(path, path) for path in (*whole, *(parts - whole))]
            documents[document.name] = with_comments_of(document, spliced, places, moved)
        return without_copies((document, *rdfs.values()), documents)

    def _rdfs(self, runs: Sequence[EntryRun], spelled: dict[str, str]) -> dict[str, Document]:
        """The RDFs of finished entries, as all that share them want them, and those whose links follow others."""
        finished: dict[str, list[EntryRun]] = {}
        for run in runs:
            if run.is_finished and run.resolved.rdf and run.resolved.rdf_path:
                finished.setdefault(run.resolved.rdf_path, []).append(run)
        staying: dict[str | None, list[Resolved]] = {}
        done = {run.entry.index for run in runs if run.is_finished}
        for entry in self._manifest.entries if finished or spelled else ():
            if entry.index not in done:
                resolved = self._context.siblings.resolved(entry)
                staying.setdefault(resolved.rdf_path, []).append(resolved)
        planned = {run.entry.index for run in runs}
        written: dict[str, Document] = {}
        for path, some in finished.items():
            why = "needs different values"
            if others := staying.get(path, []):
                is_apart = any(one.entry.index not in planned for one in others)
                why = "is not upgraded: upgrade them together" if is_apart else "stays as it is"
            if rdf := self._rdf(some, others, spelled, f"{path} is shared with another entry that {why}"):
                written[path] = rdf
        those = (*(run.resolved for some in finished.values() for run in some), *chain(*staying.values()))
        for one in those if spelled else ():
            rdf = written.get(one.rdf_path or "", one.rdf)
            if rdf and not one.missing and (changed := followed(mapping(rdf.data), spelled)):
                spliced = self._spliced(rdf, [(None, _replaced((), changed))])
                if spliced is not rdf:
                    written[rdf.name] = spliced
        return written

    def _rdf(
        self, runs: Sequence[EntryRun], staying: Sequence[Resolved], spelled: dict[str, str], reason: str
    ) -> Document | None:
        """One RDF as it suits its entries, of which some stay as they are; None where it does, too.

        Args:
            reason: Why an entry that it does not suit stays.
        """
        first, rdf = runs[0], runs[0].resolved.rdf
        assert rdf is not None
        wishes = [rdf_wish(run.resolved, run.placed) for run in runs]
        # Only to those that stay it is as it lies there: the others see it with its duplicates settled.
        before = (staying[0] if staying else first.resolved).rdf or rdf
        as_is = [({**fields, **followed(fields, spelled)}, own) for fields, own in map(rdf_wish, staying)]
        common = agreed(before.data, [*wishes, *as_is])
        is_settled = all(run.first_rdf == first.first_rdf for run in runs) and not any(
            edit.path[0] not in own and not same(rdf.data.get(edit.path[0]), before.data.get(edit.path[0]))
            for _, own in as_is
            for edit in first.first_rdf
        )
        for run, wish in zip(runs, wishes, strict=True):
            run.placed = run.placed and beside(run.placed, before, common, wish)
            if run.placed is None or not is_settled:
                self._refuse(run, reason)
        if not all(run.is_finished for run in runs):
            return None
        try:
            written = apply(rdf, rdf_edits(rdf, common))
        except PatchError as error:
            for run in runs:
                self._leave_out((run, []), error)
            return None
        return (
            with_comments_of(before, written, [((), ())]) if first.first_rdf or written is not rdf else None
        )

    def _spliced(self, document: Document, pieces: Sequence[_Piece]) -> Document:
        """The manifest without edits that do not go in: found one by one where that needs no parse, else by halving."""
        try:
            return apply(document, [edit for _, edits in pieces for edit in edits])
        except PatchError as error:
            if len(pieces) == 1:
                self._leave_out(pieces[0], error)
                return document
        fitting = []
        for piece in pieces:
            if (known := objection(document, piece[1])) is not None:
                self._leave_out(piece, known)
            else:
                fitting.append(piece)
        if len(fitting) < len(pieces):
            return self._spliced(document, fitting)
        middle = len(pieces) // 2
        return self._spliced(self._spliced(document, pieces[:middle]), pieces[middle:])

    def _leave_out(self, piece: _Piece, error: PatchError) -> None:
        run = piece[0]
        if run is not None:
            self._refuse(run, f"{error.message} {error.hint}".strip())
        else:
            self._left_out.append(error.message)

    def _unlike(self, finished: list[EntryRun], documents: dict[str, Document]) -> list[EntryRun]:
        """Those that do not read as they were meant."""
        name = self._manifest.document.name
        if not documents:
            return finished
        manifest = read_manifest(documents.get(name, self._manifest.document))
        files = Overlay(self._context.files, documents)
        return [
            run
            for run in finished
            if not same(resolve(manifest.entries[run.entry.index], manifest, files).judged, run.data)
        ]

    def _refuse(self, run: EntryRun, reason: str) -> None:
        assert run.upgraded is not None
        run.upgraded.reason = reason
        self._refused.append(f"{run.entry.id or run.entry.index}: {reason}")

    def _files_of(self, runs: Sequence[EntryRun]) -> tuple[NewFile, ...]:
        used = {path for run in runs if run.upgraded for path in run.upgraded.draft.created}
        return tuple(one for path, one in self._context.new_files.made.items() if path in used)


def _renamed(run: EntryRun) -> dict[str, str]:
    """The new id of a finished entry by its old one."""
    if not run.is_finished or run.upgraded is None:
        return {}
    old, new = run.entry.id, run.upgraded.draft.data.get("id")
    return {old: new} if old and isinstance(new, str) and old != new else {}


def batched(upgraded: list[UpgradeResult]) -> tuple[Question, ...]:
    """Every question once, with all the entries that it touches."""
    questions: dict[str, Question] = {}
    for one in upgraded:
        for question in one.draft.questions:
            known = questions.get(question.key)
            entries = (*(known.entries if known else ()), *question.entries)
            questions[question.key] = replace(known or question, entries=tuple(dict.fromkeys(entries)))
    return tuple(questions.values())


def _warnings(renamed: dict[str, str]) -> tuple[str, ...]:
    if not renamed:
        return ()
    ids = ", ".join(list(renamed)[:5]) + (", …" if len(renamed) > 5 else "")
    return (f"Links in other repositories to {ids} must be updated there.",)


def _replaced(path: Path, fields: dict[str, Any]) -> list[Edit]:
    return [Replace((*path, field), value) for field, value in fields.items()]


def _entry_plan(run: EntryRun) -> EntryPlan:
    done = run.upgraded
    finished = done is not None and done.is_finished
    changes = (*(done.changes if done and finished else ()), *run.link_changes)
    before = done.before if done else run.status
    return EntryPlan(
        run.entry.index,
        run.entry.id or ("" if run.entry.path else run.entry.name) or "",
        before,
        done.after if done and finished else before,
        changes,
        done.open if done else (),
        tuple(done.draft.degraded) if done and finished else (),
        done.lost if done else (),
        done.reason if done else run.reason,
        run.resolved.rdf_path if run.resolved.rdf else None,
        waiting(done),
        *told(done),
    )
