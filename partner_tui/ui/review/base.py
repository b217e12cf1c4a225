"""The review's screen as the flows on it see it: what is reviewed, what was said of it, and how that is kept."""

from __future__ import annotations

from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.kept import KeptReview
from partner_tui.contributions.review import Review
from partner_tui.ui.view import Frame
from partner_tui.ui.workspace.two_panes import TwoPanes
from partner_tui.workspace.contributions.contributions import Contributions


class ReviewBase(TwoPanes):
    """One contribution under review.

    Args:
        review: What is known of it already; None while it is not worked out.

    Attributes:
        kept: What the reviewer said of it so far.
    """

    def __init__(self, contributions: Contributions, one: Contribution, review: Review | None = None) -> None:
        super().__init__()
        self.contributions = contributions
        self.one = one
        self.review = review
        self.kept = KeptReview()

    @property
    def frame(self) -> Frame:
        """The workspace's screen below, which runs what changes it."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, Frame))

    def keep(self, kept: KeptReview) -> None:
        """Show what was said, and write it at once."""
        raise NotImplementedError

    def action_copy(self) -> object:
        """Copy the review as Markdown."""
        raise NotImplementedError

    def action_save(self) -> object:
        """Write the review to a Markdown file that the user names."""
        raise NotImplementedError

    def action_browse(self) -> object:
        """Open the contribution's page."""
        raise NotImplementedError
