"""The message of a commit that merges a contribution: the words of git and of the forges, so that both know later what was merged."""

from __future__ import annotations

import re
from collections.abc import Iterable

from partner_tui.contributions.contribution import Contribution
from partner_tui.plain import visible

_LONGEST_TITLE = 200
_CO_AUTHOR = re.compile(r"^co-authored-by:(.*<[^<>]*>)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def merge_message(one: Contribution) -> str:
    """The message of a merge commit."""
    title = _title(one)
    match one.kind:
        case "pull":
            return f"Merge pull request {one.reference}\n\n{title}\n"
        case "merge-requests":
            return f"Merge merge request {one.reference}\n\n{title}\n"
        case _:
            return f"Merge branch '{visible(one.name, _LONGEST_TITLE)}'\n\n{title}\n"


def squash_message(one: Contribution, authors: Iterable[str]) -> str:
    """The message of one commit that has all changes of a contribution.

    Args:
        authors: Those of its commits but the one who merges, as ``Name <email>``.
    """
    number = f" ({one.reference})" if one.kind in ("pull", "merge-requests") else ""
    trailers = "".join(
        f"Co-authored-by: {visible(author, _LONGEST_TITLE)}\n" for author in dict.fromkeys(authors)
    )
    return f"{_title(one)}{number}\n" + (f"\n{trailers}" if trailers else "")


def co_authors(message: str) -> list[str]:
    """The other authors that a commit names, as ``Name <email>``."""
    return [found.strip() for found in _CO_AUTHOR.findall(message)]


def _title(one: Contribution) -> str:
    return visible(" ".join(one.title.split()), _LONGEST_TITLE) or visible(one.name, _LONGEST_TITLE)
