"""The plan for one RDF file that stands in no manifest; files to create go beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from partner_tui.errors import PatchError
from partner_tui.manifest.document import Document
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.patch import apply
from partner_tui.upgrade import duplicates
from partner_tui.upgrade.draft import Draft, NewFiles, Open
from partner_tui.upgrade.fixes import fixes_for
from partner_tui.upgrade.judging import Remembered
from partner_tui.upgrade.plan import EntryPlan, Options, Plan
from partner_tui.upgrade.planning import batched
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.upgrading import Upgraded, counted, told, upgrade
from partner_tui.upgrade.writing import edits


def plan_rdf(
    document: Document,
    files: CloneFiles,
    judge: Remembered,
    answers: Answers,
    *,
    path: str,
    partner_id: str,
    skipped: Collection[str],
    options: Options,
) -> Plan:
    """See `make_rdf_plan`."""
    new_files = NewFiles(files, options.declined)

    def draft_of(source: Document) -> Draft:
        data = source.data if isinstance(source.data, dict) else {}
        fields = {name: value for name, value in data.items() if isinstance(name, str)}
        return Draft(
            fields,
            id=str(fields.get("id") or fields.get("name") or path),
            partner_id=partner_id,
            files=files,
            new_files=new_files,
            base=path.rpartition("/")[0],
            answers=answers,
            token=source.token,
            latest=judge.latest,
        )

    draft, mended = _with_each_key_once(document, draft_of)
    result = upgrade(draft, fixes_for(draft), judge, skipped, options.only)
    documents: dict[str, Document] = {}
    conflicts: tuple[str, ...] = ()
    if result.is_finished:
        try:
            written = apply(mended, list(edits((), mended.data, draft.data)))
            if written.text != document.text:
                documents[path] = written
        except PatchError as error:
            result.reason, conflicts = error.message, (error.message,)
    created = tuple(one for name, one in new_files.made.items() if name in draft.created)
    return Plan(
        document.name,
        batched([result]),
        answers,
        created if result.is_finished else (),
        (_entry_plan(result, path),),
        documents,
        conflicts,
        waiting_files=created if result.open else (),
    )


def _with_each_key_once(document: Document, draft_of: Callable[[Document], Draft]) -> tuple[Draft, Document]:
    """The draft to upgrade and the text that it is of: without keys that are written twice, where that is answered."""
    draft = draft_of(document)
    try:
        settled = duplicates.settle(document, (), draft)
    except Open:
        return draft, document
    if not settled.edits:
        return draft, document
    mended = apply(document, settled.edits)
    again = draft_of(mended)
    again.go_on_from(draft, settled.kept)
    return again, mended


def _entry_plan(result: Upgraded, path: str) -> EntryPlan:
    finished, draft = result.is_finished, result.draft
    return EntryPlan(
        0,
        draft.id,
        result.before,
        result.after if finished else result.before,
        counted(result.changes) if finished else (),
        result.changes if finished else (),
        result.open,
        tuple(draft.degraded) if finished else (),
        result.lost,
        result.reason,
        path,
        result.changes if result.open else (),
        *told(result),
    )
