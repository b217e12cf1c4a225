"""A kept review as a forge takes it: comments on lines where its diff shows them, all else in the text.

The rule: every comment is in one of the two.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from partner_tui.contributions.kept import Comment, KeptReview
from partner_tui.contributions.markdown import to_markdown
from partner_tui.contributions.review import Review
from partner_tui.errors import ForgeError

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.pull_requests import Event, InlineComment
    from partner_tui.forge.tokens import Token

_LINE = re.compile(r"line (\d{1,9})( before)?")


def post_review(
    forge: Forge, token: Token | None, review: Review, kept: KeptReview, *, close: bool = False
) -> str:
    """Post what was said of a pull request as one review; blocks.

    Returns:
        The URL of what was posted.

    Raises:
        ForgeError: It was not posted, or (the message says so) posted and not closed.
    """
    from partner_tui.forge.pull_requests import PullRequests

    one, pulls = review.contribution, PullRequests(forge, token)
    on_lines = _on_lines(kept)
    inline = pulls.placeable(one.name, tuple(on_lines.values()))
    placed = {line for line, _ in inline}
    rest = tuple(comment for comment in kept.comments if on_lines.get(comment) not in placed)
    body = to_markdown(review, replace(kept, comments=rest))
    url = pulls.post_review(one.name, one.head, body, _event(kept), [shape for _, shape in inline])
    if close:
        try:
            pulls.close(one.name)
        except ForgeError as error:
            raise ForgeError(
                f"The review was posted, but #{one.name} is not closed: {error.message}", error.hint
            ) from error
    return url


def preview(review: Review, kept: KeptReview, *, close: bool = False) -> str:
    """All that `post_review` would send, to be read before; some lines."""
    on_lines = _on_lines(kept)
    rest = replace(kept, comments=tuple(comment for comment in kept.comments if comment not in on_lines))
    kind = {"APPROVE": "an approval", "REQUEST_CHANGES": "a request for changes", "COMMENT": "a comment"}
    lines = [f"As {kind[_event(kept)]} of {review.contribution.head[:7]}, under your name."]
    if close:
        lines.append("The pull request is closed after it, without being merged.")
    if on_lines:
        lines += ["", "On lines of its diff, or in the text where the diff does not show them:"]
        lines += [f"  {line.path}:{line.line}  {line.text}" for line in on_lines.values()]
    return "\n".join([*lines, "", to_markdown(review, rest)])


def _event(kept: KeptReview) -> Event:
    if kept.verdict == "approved":
        return "APPROVE"
    return "REQUEST_CHANGES" if kept.verdict == "changes" else "COMMENT"


def _on_lines(kept: KeptReview) -> dict[Comment, InlineComment]:
    """The comments that are about a line of a file."""
    return {comment: line for comment in kept.comments if (line := _on_line(comment)) is not None}


def _on_line(comment: Comment) -> InlineComment | None:
    from partner_tui.forge.pull_requests import InlineComment

    kind, _, path = comment.place.partition(":")
    found = _LINE.fullmatch(comment.at)
    if kind != "file" or found is None:
        return None
    return InlineComment(path, int(found[1]), comment.text, found[2] is not None)
