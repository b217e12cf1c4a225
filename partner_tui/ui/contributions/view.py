"""The Contributions view: what others send, the open ones first, and beside it what the selected one does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from partner_tui.contributions.review import Review
from partner_tui.contributions.summary import Summary
from partner_tui.errors import PartnerTuiError
from partner_tui.ui.background import Running
from partner_tui.ui.contributions.contribution_list import ContributionList
from partner_tui.ui.contributions.overview import overview
from partner_tui.ui.entries.filter_line import FilterLine
from partner_tui.ui.view import NO_REPOSITORY
from partner_tui.ui.widgets.diff import WordsScroll
from partner_tui.ui.widgets.divided import DividedView
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_reviews import verdict_of
from partner_tui.workspace.contributions.kept_summaries import KeptSummaries
from partner_tui.workspace.contributions.listed import KEYS, Row, select

NARROW = 100
"""Below this width, in cells, the contribution opens over the list."""
REST_SECONDS = 0.1
"""How long the cursor rests on a contribution before it is reviewed beside."""
NONE_KNOWN = "No contributions known.\n\nPress f5 to fetch pull requests and branches from the remote."
ALL_OVER = "Nothing to review.\n\nPress t to show the contributions that are merged or closed."


class ContributionsView(DividedView):
    """Pull requests, merge requests and branches, each with what it does and whether it merges."""

    TITLE = "Contributions"
    LEFT, RIGHT = "sent", "contribution"
    HELP = """
    What others send, the open ones first. Git does not tell closed pull requests from open ones: the state says what it is known
    from. enter reviews the selected one and merges it from there; nothing of it is checked out or executed before. / filters by words and by
    state:open author:name type:model touches:ci new:error merges:decision.
    """
    DEFAULT_CSS = """
    ContributionsView {
        layout: horizontal;
        #sent { width: 3fr; }
        #contribution { width: 2fr; }
        #sent-filter { display: none; }
        #sent-problem { height: 1; padding: 0 1; color: $warning; display: none; }
        #none-sent { display: none; height: 1fr; }
        WordsScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        WordsScroll Static { width: 1fr; height: auto; }
        &.-narrow #contribution, &.-narrow.-open #sent { display: none; }
        &.-narrow.-open #contribution { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "fetch", "Fetch", id="contributions.fetch", tooltip="Fetch pull requests and branches"),
        Binding("slash", "filter", "Filter", id="contributions.filter", tooltip="Filter the list"),
        Binding(
            "t", "over", "Merged", id="contributions.over", tooltip="Show or hide what is merged or closed"
        ),
        Binding(
            "o", "page", "Page", show=False, id="contributions.page", tooltip="Open its page in the browser"
        ),
        Binding(
            "y", "copy", "Copy link", show=False, id="contributions.copy", tooltip="Copy the link to its page"
        ),
        Binding(
            "tab",
            "other_pane",
            "Other pane",
            show=False,
            id="contributions.pane",
            tooltip="Go to the other pane",
        ),
        Binding("escape", "back", "Back", show=False, id="contributions.back", tooltip="Back to the list"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._contributions: Contributions | None = None
        self._summaries: KeptSummaries | None = None
        self._rows: dict[tuple[str, str], Row] = {}
        self._reviews: dict[str, Review] = {}
        self._problems: dict[str, str] = {}
        self._words = ""
        self._with_over = False
        self._was_shown = False
        self._has_fetched = False
        self._is_read = False

    def compose(self) -> ComposeResult:
        with Vertical(id="sent", classes="panel") as panel:
            panel.border_title = "Contributions"
            yield ContributionList(id="contribution-list")
            yield EmptyWords(id="none-sent")
            yield Static(id="sent-problem", markup=False)
            yield FilterLine(
                "words  state:open  author:name  touches:ci  new:error",
                tuple(f"{key}:" for key in KEYS),
                id="sent-filter",
            )
        with WordsScroll(id="contribution", classes="panel") as scroll:
            scroll.border_title = "Overview"
            yield Static(id="overview", markup=False)

    @property
    def sent(self) -> ContributionList:
        return self.query_one(ContributionList)

    @property
    def rows(self) -> Sequence[Row]:
        """All that are known, the open ones first."""
        return list(self._rows.values())

    # What the frame tells

    def repository_changed(self) -> None:
        self._read()

    def shown(self) -> None:
        self._was_shown = True
        self.focus_main()
        self._go_on()

    def _go_on(self) -> None:
        """Once the list is read and looked at: fetch once, then review what was not reviewed yet."""
        if not self._was_shown or self._contributions is None:
            return
        first, self._has_fetched = not self._has_fetched, True
        if first and self.app.settings.fetch_on_open and self.workspace.has_remote:
            self._fetch_unasked()
        else:
            self._review_rest()

    def focus_main(self) -> None:
        (self.sent if self.sent.display else self.query_one("#none-sent")).focus()

    # Reading

    @work(exclusive=True, group="contributions")
    async def _read(self) -> None:
        """List what is known, at once, then review what was not reviewed yet."""
        workspace = self.workspace
        if workspace.repository is None:
            self._show()
            return
        contributions = Contributions(
            workspace.folder, workspace.checker, workspace.manifest_name, workspace.repository
        )
        try:
            rows = await asyncio.to_thread(self._listed, contributions)
        except PartnerTuiError as error:
            self._problems[""] = f"{error.message}\n{error.hint}"
            rows = []
        if not self.is_attached:
            return
        self._contributions, self._is_read = contributions, True
        self._rows = {(row.one.kind, row.one.name): row for row in rows}
        self.workspace_screen.show_view_count("contributions", sum(not row.is_over for row in rows))
        self._show()
        self._go_on()

    def _listed(self, contributions: Contributions) -> list[Row]:
        """Blocks."""
        state = self.workspace.state
        if self._summaries is None:
            self._summaries = KeptSummaries(state, self.workspace.checker.library_version)
        summaries, target = self._summaries, contributions.target
        rows = [
            Row(one, summaries.find(one.head, target), verdict_of(state, one))
            for one in contributions.listed()
        ]
        return sorted(rows, key=lambda row: row.order, reverse=True)

    @work(exclusive=True, group="review-rest")
    async def _review_rest(self) -> None:
        """Review, one after the other, what nobody looked at yet; the list fills meanwhile."""
        waiting = [row for row in self._rows.values() if row.summary is None and not row.is_over]
        if not waiting or self._contributions is None:
            return
        running = Running("reviewing contributions")
        for number, row in enumerate(waiting):
            running.detail = f"{number}/{len(waiting)}"
            if running.cancelled.is_set() or not self.is_attached:
                break
            await self._review(row, running)
        if self._summaries is not None:
            await asyncio.to_thread(self._summaries.keep)

    async def _review(self, row: Row, running: Running) -> None:
        """Work out one review, once."""
        contributions, head = self._contributions, row.one.head
        if contributions is None or head in self._reviews or head in self._problems:
            return
        step = Running(running.title, detail=running.detail)
        try:
            review = await self.app.background.run(
                step, contributions.review, row.one, cancelled=step.cancelled
            )
        except PartnerTuiError as error:
            self._problems[head] = error.message
        else:
            self._reviews[head] = review
            summary = Summary.of(review)
            if self._summaries is not None:
                self._summaries.add(head, contributions.target, summary)
            known = self._rows.get((row.one.kind, row.one.name))
            if known is not None and known.one.head == head:
                row = Row(known.one, summary, known.verdict)
                self._rows[row.one.kind, row.one.name] = row
                self.sent.show_row(row)
        if self.is_attached and (chosen := self.sent.chosen) is not None and chosen.one.head == head:
            self._show_overview()

    # Showing

    def _show(self) -> None:
        rows, problem = select(self._rows.values(), self._words)
        waiting = [row for row in rows if not row.is_over]
        over = [row for row in rows if row.is_over]
        shown: Sequence[tuple[str, Sequence[Row]]] = [("To review", waiting)]
        if self._with_over or "state:" in self._words:
            shown = [*shown, ("Merged or closed", over)]
        had_focus = self.display and (self.sent.has_focus or self.query_one("#none-sent").has_focus)
        self.sent.show(shown)
        line = self.query_one("#sent-problem", Static)
        line.update(problem)
        line.display = bool(problem)
        is_empty = not any(some for _, some in shown)
        empty = self.query_one("#none-sent", EmptyWords)
        empty.update(self._nothing())
        empty.display, self.sent.display = is_empty, not is_empty
        if had_focus:
            self.focus_main()
        self._show_overview()
        self.refresh_bindings()

    def _nothing(self) -> str:
        if not self.workspace.in_repository:
            return NO_REPOSITORY
        if not self._is_read:
            return "Reading the repository …"
        if said := self._problems.get(""):
            return said
        if self._words:
            return "No contributions match the filter.\n\nesc clear   / edit"
        return ALL_OVER if self._rows else NONE_KNOWN

    def _show_overview(self) -> None:
        row = self.sent.chosen
        text = self.query_one("#overview", Static)
        if row is None:
            text.update("")
        else:
            head = row.one.head
            text.update(overview(row, self._reviews.get(head), self._problems.get(head, "")))

    @on(OptionList.OptionHighlighted, "#contribution-list")
    def _moved(self) -> None:
        self.query_one("#contribution", WordsScroll).scroll_home(animate=False)
        self._show_overview()
        self._review_chosen()

    @work(exclusive=True, group="review-chosen")
    async def _review_chosen(self) -> None:
        await asyncio.sleep(REST_SECONDS)
        if (row := self.sent.chosen) is not None:
            await self._review(row, Running("reading the contribution"))

    @on(OptionList.OptionSelected, "#contribution-list")
    def _chosen(self) -> None:
        self._open_review()

    def on_resize(self) -> None:
        self.set_class(self.size.width < NARROW, "-narrow")

    # What can be done

    def why_not(self, action: str) -> str | None:
        match action.partition("(")[0]:
            case "page" | "copy" if self.sent.chosen is None:
                return "No contribution selected."
            case "fetch" if not self.workspace.in_repository:
                return NO_REPOSITORY
            case "fetch" if self.workspace.repository is not None and not self.workspace.has_remote:
                return "This repository has no remote."
        return super().why_not(action)

    def _open_review(self) -> None:
        from partner_tui.ui.review.screen import ReviewScreen

        row = self.sent.chosen
        if row is not None and self._contributions is not None:
            screen = ReviewScreen(self._contributions, row.one, self._reviews.get(row.one.head))
            self.app.push_screen(screen, self._reviewed)

    def _reviewed(self, _: None) -> None:
        self._read()

    @work(exclusive=True, group="fetch-contributions")
    async def action_fetch(self) -> None:
        with self.app.errors_shown(asked=True):
            await self._fetch()
            self.notify("Fetched the contributions.")
        await self.run_action("screen.fetch")

    @work(exclusive=True, group="fetch-contributions")
    async def _fetch_unasked(self) -> None:
        """What the remote has is fetched when the view is first shown; without it, what is known is shown."""
        try:
            await self._fetch(quiet=True)
        except PartnerTuiError as error:
            self.notify(error.hint, title=f"Fetch failed: {error.message}", severity="warning", markup=False)
            self._review_rest()

    async def _fetch(self, quiet: bool = False) -> None:
        if self._contributions is None:
            return
        running = Running("fetching contributions")
        await self.app.background.run(
            running,
            self._contributions.fetch,
            progress=self.app.progress_of(running),
            cancelled=running.cancelled,
            credentials=self.app.unattended() if quiet else self.app.credentials,
        )
        if self.is_attached:
            self._read()

    def action_over(self) -> None:
        self._with_over = not self._with_over
        self._show()
        count = sum(row.is_over for row in self._rows.values())
        if not count:
            self.notify("No contributions are merged or closed.")

    def action_page(self) -> None:
        if url := self._page():
            self.app.open_url(url)

    def action_copy(self) -> None:
        if url := self._page():
            self.app.copy_to_clipboard(url)
            self.notify(f"Copied {url}.", markup=False)

    def _page(self) -> str:
        row = self.sent.chosen
        url = self._contributions.page_of(row.one) if row is not None and self._contributions else ""
        if not url:
            self.notify("The page of this contribution is not known.", severity="warning")
        return url

    # The filter, and where the focus goes

    def action_filter(self) -> None:
        self.remove_class("-open")
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        self._words = message.value.strip()
        self._show()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.query_one(FilterLine).display = False
        self.focus_main()

    def action_other_pane(self) -> None:
        pane = self.query_one("#contribution", WordsScroll)
        if pane.has_focus:
            self.action_back()
        else:
            self.add_class("-open")
            pane.focus()

    def action_back(self) -> None:
        """From the overview to the list, from the list to all contributions."""
        in_list = self.sent.has_focus or self.query_one("#none-sent").has_focus
        self.remove_class("-open")
        if in_list and self._words:
            line = self.query_one(FilterLine)
            line.display = False
            line.value = ""
        self.focus_main()
