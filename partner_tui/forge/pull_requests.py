"""The pull requests of one repository: read in bounded numbers, reviewed, merged, closed and opened.

The rule: what is written says which commit it is about, and is written once; nothing is repeated on the user's behalf.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from partner_tui.addresses.forge import is_slug
from partner_tui.contributions.on_forge import (
    MAX_BODY,
    MAX_TITLE,
    Check,
    Discussion,
    ForgeKnowledge,
    ForgeState,
    PullRequest,
    Remark,
    together,
)
from partner_tui.errors import ForgeError, HeadMoved
from partner_tui.forge.connection import connect
from partner_tui.forge.failures import told
from partner_tui.forge.hosts import Forge
from partner_tui.forge.tokens import Token

if TYPE_CHECKING:
    from github.PullRequest import PullRequest as Theirs


Event: TypeAlias = Literal["APPROVE", "REQUEST_CHANGES", "COMMENT"]
T = TypeVar("T")
MOST_PULLS, MOST_CHECKED, MOST_REMARKS, MOST_FILES = 2_000, 20, 200, 3_000
"""GitHub itself shows no more files of a pull request."""
_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PAGE = re.compile(r"https?://[!-~]{1,1000}")
_VERDICTS = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes requested"}


@dataclass(frozen=True, slots=True)
class InlineComment:
    """A comment on a line.

    Attributes:
        line: 1-based.
        is_before: Whether it is a line of the file before the change.
    """

    path: str
    line: int
    text: str
    is_before: bool = False


class PullRequests:
    """Those of one repository. Methods block, and raise `ForgeError` where the forge does not do as it is asked."""

    def __init__(self, forge: Forge, token: Token | None) -> None:
        self._forge = forge
        self._client = connect(forge, token)
        self._repository = self._client.get_repo(forge.slug)

    def read(self, *, with_checks: bool = False) -> ForgeKnowledge:
        """All pull requests, the newest first, as many as `MOST_PULLS`.

        Args:
            with_checks: Whether to ask for checks and reviews, too, of as many open ones as `MOST_CHECKED`: some requests
                for each of them. Where that fails in the midst, what is known by then is what is returned.
        """
        with told(self._forge, "list pull requests"):
            found, is_whole = _first(self._repository.get_pulls(state="all"), MOST_PULLS)
            pulls = {str(one.number): _pull(one) for one in found}
        if with_checks:
            open_ones = [one for one in found if one.state == "open"][:MOST_CHECKED]
            with suppress(ForgeError), told(self._forge, "show checks"):
                for one in open_ones:
                    number = str(one.number)
                    pulls[number] = self._with_checks(one, pulls[number])
        return ForgeKnowledge(datetime.now(UTC), pulls, is_whole)

    def _with_checks(self, theirs: Theirs, pull: PullRequest) -> PullRequest:
        reviews, _ = _first(theirs.get_reviews(), MOST_REMARKS)
        verdicts = {_login(one): _VERDICTS[one.state] for one in reviews if one.state in _VERDICTS}
        said = tuple(f"{login} {verdict}" for login, verdict in verdicts.items())
        return replace(pull, checks=together(self._checks(pull.head)), reviews=said)

    def one(self, number: str) -> PullRequest:
        """A single one."""
        with told(self._forge, "show the pull request"):
            return _pull(self._pull(number))

    def discussion(self, number: str) -> Discussion:
        """The checks of its head, and what was said of it before."""
        with told(self._forge, "show the discussion"):
            pull = self._pull(number)
            reviews, all_reviews = _first(pull.get_reviews(), MOST_REMARKS)
            talk, all_talk = _first(pull.get_issue_comments(), MOST_REMARKS)
            inline, all_inline = _first(pull.get_review_comments(), MOST_REMARKS)
            remarks = [
                *(
                    Remark(_login(one), _VERDICTS.get(one.state, "commented"), _cut(one.body))
                    for one in reviews
                ),
                *(Remark(_login(one), "commented", _cut(one.body)) for one in talk),
                *(
                    Remark(
                        _login(one),
                        "commented",
                        _cut(one.body),
                        f"{one.path}:{one.position or ''}".rstrip(":"),
                    )
                    for one in inline
                ),
            ]
            said = tuple(one for one in remarks if one.text or one.verdict != "commented")
            checks = tuple(self._checks(pull.head.sha))
        return Discussion(checks, said, all_reviews and all_talk and all_inline)

    def placeable(
        self, number: str, comments: Sequence[InlineComment]
    ) -> tuple[tuple[InlineComment, dict[str, Any]], ...]:
        """The comments on lines that the forge's diff shows, each with how the API takes it."""
        if not comments:
            return ()
        with told(self._forge, "show the changed files"):
            files, _ = _first(self._pull(number).get_files(), MOST_FILES)
            patches = {one.filename: one.patch or "" for one in files}
        return tuple(
            (one, {"path": one.path, "position": place, "body": one.text})
            for one in comments
            if (place := position(patches.get(one.path, ""), one.line, is_before=one.is_before))
        )

    def post_review(
        self, number: str, head: str, body: str, event: Event, inline: Sequence[dict[str, Any]] = ()
    ) -> str:
        """Post a review with its inline comments, all of it or nothing.

        Args:
            head: The commit that was reviewed, as a full hash.
            inline: As the API takes them, see `placeable`.

        Returns:
            The URL of what was posted.

        Raises:
            HeadMoved: The pull request has another head by now; nothing was posted.
        """
        with told(self._forge, "post the review"):
            pull = self._at(number, head)
            commit = self._repository.get_commit(head)
            comments: Any = list(inline)
            posted = pull.create_review(commit=commit, body=_fitting(body), event=event, comments=comments)
            return _page(posted.html_url) or _page(pull.html_url)

    def merge(self, number: str, head: str, how: Literal["merge", "squash", "rebase"] = "merge") -> str:
        """Merge on the forge, only the commit that was reviewed; the hash of the merge."""
        with told(self._forge, "merge"):
            status = self._at(number, head).merge(sha=head, merge_method=how)
            return str(status.sha)

    def close(self, number: str) -> None:
        """Close without merging."""
        with told(self._forge, "close the pull request"):
            self._pull(number).edit(state="closed")

    def open(
        self, base: str, branch: str, title: str, body: str, owner: str = "", *, draft: bool = False
    ) -> PullRequest:
        """Open a pull request from a branch that was pushed.

        Args:
            owner: Of the fork that has the branch; "" for the repository itself.
        """
        with told(self._forge, "open the pull request"):
            head = f"{owner}:{branch}" if owner else branch
            made = self._repository.create_pull(base, head, title=title, body=body, draft=draft)
            return _pull(made)

    def fork(self) -> str:
        """Fork the repository to the account of the token, or find the fork that is there; its ``owner/name``.

        The copy may take the forge some moments more.
        """
        with told(self._forge, "fork the repository"):
            slug = self._repository.create_fork().full_name
            if not is_slug(slug):
                raise ValueError("no owner/name")
            return slug

    def _pull(self, number: str) -> Theirs:
        return self._repository.get_pull(int(number))

    def _at(self, number: str, head: str) -> Theirs:
        pull = self._pull(number)
        if pull.head.sha != head:
            raise HeadMoved(
                f"#{number} has new commits since you reviewed it.",
                "Fetch and look at what changed. Your review is kept.",
            )
        return pull

    def _checks(self, head: str) -> Iterator[Check]:
        """Those that the token may see: many may read pull requests and no checks."""
        commit = self._repository.get_commit(head)
        with _unless_hidden():
            for run in islice(commit.get_check_runs(), MOST_REMARKS):
                yield Check(_cut(run.name, MAX_TITLE), run.conclusion or run.status or "pending")
        with _unless_hidden():
            for status in islice(commit.get_combined_status().statuses, MOST_REMARKS):
                yield Check(_cut(status.context, MAX_TITLE), status.state)


@contextmanager
def _unless_hidden() -> Iterator[None]:
    import github

    try:
        yield
    except github.RateLimitExceededException:
        raise
    except github.GithubException as error:
        if error.status not in (403, 404):
            raise


def _pull(one: Theirs) -> PullRequest:
    """One as it is shown and kept; raises ValueError where its head or its number is none: both go to git and into URLs."""
    head, number = one.head.sha, one.number
    if not _HASH.fullmatch(head) or not 0 < number < 10**9:
        raise ValueError("no pull request")
    state: ForgeState = "merged" if one.merged_at else "closed" if one.state == "closed" else "open"
    return PullRequest(
        str(number),
        _cut(one.title, MAX_TITLE),
        _login(one),
        _cut(one.body),
        state,
        bool(one.draft),
        tuple(_cut(label.name, 100) for label in one.labels[:50]),
        head,
        _page(one.html_url),
    )


def _page(url: str | None) -> str:
    """The URL of a page, as it can be opened; "" for anything else that an answer has in its place."""
    return url if url and _PAGE.fullmatch(url) else ""


def _first(pages: Iterable[T], most: int) -> tuple[list[T], bool]:
    """The first of many, and whether that is all."""
    found = list(islice(pages, most + 1))
    return found[:most], len(found) <= most


def _login(one: Any) -> str:
    """Of who wrote it; "" for an account that is gone."""
    return str(one.user.login) if one.user else ""


def _cut(text: str | None, most: int = MAX_BODY) -> str:
    return (text or "")[:most]


def _fitting(body: str) -> str:
    """A text that GitHub takes; the comments are at its beginning."""
    return (
        body
        if len(body) <= MAX_BODY
        else f"{body[: MAX_BODY - 100]}\n\n(The rest is too long to be posted.)\n"
    )


_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


def position(patch: str, line: int, *, is_before: bool = False) -> int | None:
    """The place of a line in a diff, as the API counts: 1 below the first ``@@``; None where the diff does not show it.

    Args:
        patch: The hunks of one file, as a forge gives them, without the lines above the first ``@@``.
        line: 1-based.
        is_before: Whether it is a line of the old file.
    """
    old = new = 0
    for place, text in enumerate(patch.split("\n")):
        if found := _HUNK.match(text):
            old, new = int(found[1]), int(found[2])
        elif text.startswith("\\"):
            continue
        else:
            is_old, is_new = not text.startswith("+"), not text.startswith("-")
            if (is_before and is_old and old == line) or (not is_before and is_new and new == line):
                return place
            old, new = old + is_old, new + is_new
    return None
