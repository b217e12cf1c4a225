"""The Contributions view: what others send, the open ones first, and beside it what the selected one does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import OptionList, Static

from partner_tui.contributions.arrived import Arrival
from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.plain import age, plural
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.contributions.contribution_list import ContributionList, groups_of
from partner_tui.ui.contributions.overview import overview
from partner_tui.ui.contributions.panel import ContributionPanel
from partner_tui.ui.contributions.reasons import LISTING, STOPPED, disabled_reason, nothing
from partner_tui.ui.contributions.reviewing import ReviewingView
from partner_tui.ui.widgets.diff import WordsScroll
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.contributions.listed import Row, count_waiting, select, sort_rows

NARROW = 100
"""Below this width, in cells, the contribution opens over the list."""
TICK_SECONDS = 0.2
"""How often an empty list says how far its filling is."""


class ContributionsView(ReviewingView):
    """Pull requests, merge requests and branches, each with what it does and whether it merges."""

    TITLE = "Contributions"
    LEFT, RIGHT = "sent", "contribution"
    HELP = """
    What others send, the open ones first, and what they put on the default branch since you last looked. Git does not tell closed
    pull requests from open ones: ● is open (the forge said so), ○ probably open, ? unknown. F asks the forge, which knows. Entries
    are added (+), changed (~) and removed (-); findings are new errors (✗), new warnings (▲) and resolved (✓). It merges by git
    alone, by entry, after a decision, or cannot. enter reviews the selected one and merges it from there; nothing of it is checked
    out or executed before. a adds what came another way: a fork, a patch, an RDF, a package. / filters by words and by state:open
    author:name type:model touches:ci new:error merges:decision; s, or a click on a heading, sorts.
    """
    DEFAULT_CSS = """
    ContributionsView {
        layout: horizontal;
        #sent { width: 5fr; }
        #contribution { width: 3fr; }
        WordsScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        WordsScroll Static { width: 1fr; height: auto; }
        &.-narrow #contribution, &.-narrow.-open #sent { display: none; }
        &.-narrow.-open #contribution { display: block; }
    }
    """
    BINDINGS = [
        bind("m", "merge", "Merge", "contributions.merge", "Merge the marked ones, or the selected one"),
        bind("a", "add", "Add", "contributions.add", "Add a fork, patch, RDF or package"),
        hidden(
            "d",
            "delete",
            "Delete",
            "contributions.delete",
            "Delete the branch of one that you added (asks first)",
        ),
        bind("f5", "fetch", "Fetch", "contributions.fetch", "Fetch pull requests and branches"),
        bind(
            "F",
            "ask_forge",
            "Forge",
            "contributions.forge",
            "Ask the forge for titles, states, checks",
            key_display="F",
        ),
        bind("slash", "filter", "Filter", "contributions.filter", "Filter the list"),
        bind("t", "over", "Merged", "contributions.over", "Show or hide what is merged, closed or seen"),
        bind("n", "seen", "Seen", "contributions.seen", "Mark what arrived as seen, or not seen"),
        hidden("N", "seen_all", "All seen", "contributions.seen_all", "Mark all that arrived as seen"),
        hidden("o", "page", "Page", "contributions.page", "Open its page in the browser"),
        hidden("y", "copy", "Copy link", "contributions.copy", "Copy the link to its page"),
        hidden("tab", "other_pane", "Other pane", "contributions.pane", "Go to the other pane"),
        hidden(
            "ctrl+z",
            "undo_merge",
            "Undo",
            "contributions.undo",
            "Undo the last merge (asks first), or the last change",
        ),
        hidden("escape", "back", "Back", "contributions.back", "Back to the list"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._with_over = False
        self._typed = ""
        self._telling: Timer | None = None

    def compose(self) -> ComposeResult:
        yield ContributionPanel(id="sent")
        with WordsScroll(id="contribution", classes="panel") as scroll:
            scroll.border_title = "Overview"
            yield Static(id="overview", markup=False)

    @property
    def panel(self) -> ContributionPanel:
        return self.query_one(ContributionPanel)

    @property
    def sent(self) -> ContributionList:
        return self.panel.rows

    @property
    def chosen(self) -> Row | None:
        """The contribution under the cursor."""
        lists = self.query(ContributionList)  # none while it is being made, or goes
        return lists.first().chosen if lists else None

    def on_mount(self) -> None:
        self._telling = self.set_interval(TICK_SECONDS, self._say_how_far)

    # What the frame tells

    def repository_changed(self) -> None:
        self._read()

    def shown(self) -> None:
        self.was_shown = True
        self.focus_main()
        self.review_chosen()
        self.review_waiting()

    def focus_main(self) -> None:
        if self.query(ContributionList):
            self.panel.focus_list()

    # Reading

    @work(exclusive=True, group="contributions")
    async def _read(self) -> None:
        """List what is known, at once, then review what was not reviewed yet."""
        try:
            await self._list()
            self.problem = ""
        except Cancelled:
            self.problem = STOPPED
        except PartnerTuiError as error:
            self.problem = f"{error.message}\n{error.hint}"
        if not self.is_attached:
            return
        self._show_counted()
        self.review_waiting()

    async def _list(self) -> None:
        """Work that is shown, unless no ref moved: then it takes a moment."""
        running = Running(LISTING)
        if await asyncio.to_thread(self.known.is_listed):
            await asyncio.to_thread(self.known.read, running.cancelled)
        else:
            with self.app.background.shown(running):
                await asyncio.to_thread(self.known.read, running.cancelled, at_once=True)
                if self.is_attached:
                    self._show_counted()
                await asyncio.to_thread(self.known.read, running.cancelled)

    def show_reviewed(self, row: Row) -> None:
        if not self.is_attached:
            return
        self.sent.show_row(self.known.find(row))
        if (chosen := self.chosen) is not None and chosen.key == row.key:
            self._show_overview()

    # Showing

    def _show_counted(self) -> None:
        self.workspace_screen.show_view_count("contributions", count_waiting(self.known.rows))
        self._show()

    def _show(self) -> None:
        if not self.query(ContributionList):  # it is still being made
            return
        rows, problem = select(sort_rows(self.known.rows, *self.panel.sort), self.panel.words)
        with_over = self._with_over or "state:" in self.panel.words
        self.panel.show(list(groups_of(rows, with_over=with_over)), problem, nothing(self))
        if self._telling is not None:
            (self._telling.pause if self.sent.display else self._telling.resume)()
        said, known = self.known.said, self.known.contributions
        merges = f"merges {known.onto}" if rows and known is not None and known.onto else ""
        self.panel.show_said(merges, f"forge: {age(said.at, datetime.now(UTC))}" if said else "")
        self._show_overview()
        self.review_chosen()
        self.refresh_bindings()

    def _say_how_far(self) -> None:
        if self.display and self.query(ContributionList) and not self.sent.display:
            self.panel.query_one(EmptyWords).say(nothing(self))

    def _show_overview(self) -> None:
        row = self.chosen
        words = overview(row, self.known.review(row), self.known.problem(row)) if row is not None else ""
        shown = self.query_one("#overview", Static)
        shown.update(words, layout=False)
        # Laying out the whole screen is a third of what a key takes; most contributions have as many lines before a review.
        width, height = shown.size
        if not width or shown.visual.get_height({}, width) != height:
            shown.refresh(layout=True)

    @on(OptionList.OptionHighlighted, "#contribution-list")
    def _moved(self) -> None:
        self.query_one("#contribution", WordsScroll).scroll_home(animate=False)
        self._show_overview()
        self.review_chosen()

    @on(OptionList.OptionSelected, "#contribution-list")
    def _opened(self) -> None:
        self._open_review()

    @on(ContributionPanel.Changed)
    def _filtered(self) -> None:
        self._show()

    def on_resize(self) -> None:
        is_narrow = self.size.width < NARROW
        self.set_class(is_narrow, "-narrow")
        for one in self.query(ContributionList):
            one.is_alone = is_narrow

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":  # else escape stops what is running
            panels = self.query(ContributionPanel)
            return any(one.words or not one.list_has_focus for one in panels)
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str | None:
        reason = disabled_reason(self, action.partition("(")[0])
        return reason or super().disabled_reason(action)

    def _open_review(self) -> None:
        from partner_tui.ui.review.screen import ReviewScreen

        row, contributions = self.chosen, self.known.contributions
        if row is not None and contributions is not None:
            # Read while the screen is made, which shows it; instead of what the cursor's rest would begin.
            self.run_worker(asyncio.to_thread(self.known.read_outline, row), group="rest", exclusive=True)
            screen = ReviewScreen(contributions, row.one, self.known.review(row))

            def closed(_: None) -> None:
                if screen.review is not None and contributions is self.known.contributions:
                    self.known.learn(row, screen.review)
                self._reviewed(None)

            self.app.push_screen(screen, closed)

    def _reviewed(self, _: None) -> None:
        self._read()

    async def action_fetch(self) -> None:
        """Fetch, and go on with what was stopped, also where nothing can be fetched."""
        self.was_stopped = False
        if self.problem:
            self._read()
        if self.workspace.has_remote or not self.problem:
            await self.run_action("screen.fetch")

    def action_seen(self) -> None:
        if self.chosen is not None and isinstance(one := self.chosen.one, Arrival):
            self._mark_seen([one], is_seen=not one.is_seen)

    def action_seen_all(self) -> None:
        self._mark_seen(self.known.unseen, is_seen=True)

    @work(group="seen")
    async def _mark_seen(self, marked: Sequence[Arrival], *, is_seen: bool) -> None:
        with self.app.errors_shown():
            await asyncio.to_thread(self.known.mark_seen, marked, is_seen=is_seen)
            what = marked[0].reference if len(marked) == 1 else plural(len(marked), "arrival")
            seen = f"Marked {what} as seen. Press t to show what was seen."
            self.notify(seen if is_seen else f"{what} is not seen again.")
        self._show_counted()

    @act("merge")
    async def action_merge(self) -> None:
        """Merge the marked ones, or the selected one."""
        from partner_tui.ui.contributions.merging_several import merge_several

        if (contributions := self.known.contributions) is None:
            return
        marked = [row for row in self.known.rows if row.key in self.sent.marked]
        chosen = marked or ([self.chosen] if self.chosen is not None else [])
        wanted = [row.one for row in chosen if row.is_mergeable]
        with self.app.errors_shown(asked=True):
            if wanted and await merge_several(self.workspace_screen, contributions, wanted):
                self.sent.unmark()

    @act("undo-merge")
    async def action_undo_merge(self) -> None:
        from partner_tui.ui.contributions.merging_several import undo_merges

        with self.app.errors_shown(asked=True):
            if not await undo_merges(self.workspace_screen):
                self.workspace_screen.action_undo()

    @act("by-hand")
    async def action_add(self) -> None:
        from partner_tui.ui.contributions.by_hand import add

        if (contributions := self.known.contributions) is not None:
            with self.app.errors_shown(asked=True):
                self._typed = await add(
                    self.workspace_screen, contributions, self.sent, self._typed, self._reviewed
                )

    @act("by-hand")
    async def action_delete(self) -> None:
        from partner_tui.ui.contributions.by_hand import delete

        if self.chosen is not None:
            with self.app.errors_shown(asked=True):
                await delete(self.workspace_screen, self.chosen.one)

    @work(exclusive=True, group="ask-forge")
    async def action_ask_forge(self) -> None:
        """Ask the forge what it knows of the pull requests, without a token what it shows to everybody, and keep that."""
        from partner_tui.ui.dialogs.with_token import with_token
        from partner_tui.workspace.contributions.asking_forge import ask_with_checks

        app, contributions = self.app, self.known.contributions
        if contributions is None:
            return
        with app.errors_shown(asked=True):
            forge = await asyncio.to_thread(contributions.forge, app.settings.github_api)
            if forge is None:
                raise PartnerTuiError(
                    "The forge of the remote has no API that can be asked.",
                    "GitHub has one, and the server in the setting github_api.",
                )
            ask = partial(ask_with_checks, forge, self.workspace.state)
            if (done := await with_token(app, forge, f"asking {forge.host}", ask)) is not None:
                count = sum(one.state == "open" for one in done.result.pulls.values())
                rest = "" if done.result.is_whole else " The oldest were not read."
                app.notify(f"{forge.host} has {plural(count, 'open pull request')}.{rest}", markup=False)
                self._read()

    def action_over(self) -> None:
        self._with_over = not self._with_over
        self._show()
        if not (over := sum(row.is_over for row in self.known.rows)):
            self.notify("No contributions are merged, closed or seen.")
        elif self._with_over:
            self.notify(f"{plural(over, 'more contribution')} below: merged, closed or seen.")
        else:
            self.notify("Hidden again: what is merged, closed or seen.")

    def action_page(self) -> None:
        if url := self._page():
            self.app.open_url(url)

    def action_copy(self) -> None:
        if url := self._page():
            self.app.copy_to_clipboard(url)
            self.notify(f"Copied {url}.", markup=False)

    def _page(self) -> str:
        row, contributions = self.chosen, self.known.contributions
        url = contributions.page_of(row.one) if row is not None and contributions is not None else ""
        if not url:
            self.notify("The page of this contribution is not known.", severity="warning")
        return url

    # The filter, and where the focus goes

    def action_filter(self) -> None:
        self.remove_class("-open")
        self.panel.edit_filter()

    def action_other_pane(self) -> None:
        pane = self.query_one("#contribution", WordsScroll)
        if pane.has_focus:
            self.action_back()
        else:
            self.add_class("-open")
            pane.focus()

    def action_back(self) -> None:
        """From the overview to the list, from the list to all contributions."""
        in_list = self.panel.list_has_focus
        self.remove_class("-open")
        if in_list and self.panel.words:
            self.panel.clear_filter()
        self.focus_main()
