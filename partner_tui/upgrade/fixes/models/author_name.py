"""An author without a name, mostly the rest of the one before behind a stray dash, is joined or named, as the maintainer says."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.question import Question

_JOIN = "previous"


@fix(
    "author-name",
    "Add author names",
    "Each author has a name.",
    FixKind.ASK,
)
def author_name(draft: Draft) -> None:
    for field in ("authors", "packaged_by"):
        people = draft.data.get(field)
        if not isinstance(people, list):
            continue
        named: list[Any] = []
        for person in people:
            if not isinstance(person, dict) or not person or person.get("name"):
                named.append(person)
                continue
            before = named[-1] if named else None
            joined = {**before, **person} if isinstance(before, dict) else {}
            can_join = isinstance(before, dict) and len(joined) == len(before) + len(person)
            answer = _asked(draft, field, person, joined["name"] if can_join else None)
            if answer == _JOIN and can_join:
                named[-1] = joined
            else:
                named.append({"name": draft.adds(answer), **{k: v for k, v in person.items() if k != "name"}})
        draft.data[field] = named


def _asked(draft: Draft, field: str, person: dict[str, Any], before: Any) -> str:
    said = ", ".join(str(value) for value in person.values() if value is not None)
    answer: str = draft.ask(
        Question(
            key=f"author-name:{draft.context.id}:{field}:{said}",
            kind="author-name",
            prompt=f"Which of the {field} is “{said[:120]}”?",
            why="This item has no name. Enter one, or “previous” to merge it into the author above.",
            proposal=_JOIN if before else None,
            derived=f"{before}, listed above, has none of these fields" if before else "",
            check=lambda value: (
                None
                if isinstance(value, str)
                and value.strip()
                and (before or value != _JOIN)
                and "/" not in value
                else "Type a name without a slash."
            ),
        )
    )
    return answer
