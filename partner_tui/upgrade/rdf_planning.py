"""The plan for one RDF file that stands in no manifest; files to create go beside it."""

from __future__ import annotations

from collections.abc import Collection

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
from partner_tui.upgrade.upgrading import counted, upgrade
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
    new_files = NewFiles(files)

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

    draft, mended = draft_of(document), document
    settled = duplicates.Settled()
    try:
        settled = duplicates.settle(document, (), draft)
        if settled.edits:
            mended = apply(document, settled.edits)
            first, draft = draft, draft_of(mended)
            draft.questions, draft.open, draft.added = first.questions, first.open, first.added
            draft.kept = [value for _, value in settled.kept]
            for name, value in settled.kept:
                draft.to_config(name, value)
    except Open:
        pass
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
    finished = result.is_finished
    entry = EntryPlan(
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
    )
    made = tuple(one for name, one in new_files.made.items() if finished and name in draft.created)
    return Plan(document.name, batched([result]), answers, made, (entry,), documents, conflicts)
