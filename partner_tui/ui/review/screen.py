"""The review of one contribution: read in the background, and what the reviewer says of it kept with each key.

Nothing of the contribution is checked out or executed; it is merged by the verdict alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from textual import getters, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.kept import Answer, Comment, KeptReview, with_answers
from partner_tui.contributions.review import Review
from partner_tui.plain import visible
from partner_tui.ui.acting import act, outcome
from partner_tui.ui.background import Running, writing
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.review.about import about, cautions, number, since_words
from partner_tui.ui.review.base import ReviewBase
from partner_tui.ui.review.checklist_pane import ChecklistPane
from partner_tui.ui.review.comment_list import CommentList, place_words
from partner_tui.ui.review.detail import ReviewDetail
from partner_tui.ui.review.rows import SINCE, RowList, rows_of
from partner_tui.ui.review.words_screen import WordsScreen
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_reviews import find_review, keep_review
from partner_tui.workspace.contributions.reviewed import Reviewed
from partner_tui.workspace.contributions.since import Since, since


class ReviewScreen(ReviewBase):
    """Over the workspace.

    Args:
        review: What is known of it already; it is worked out in the background where None.
    """

    CSS_PATH = "screen.tcss"
    TITLE = "Review"
    READING = "Still reading the contribution."
    HELP = """
    What needs care is at the top. Go through the entries and files in the list; enter goes to what is shown beside it, left and
    right change its tabs, escape goes back. Your comments, answers and verdict are kept on this machine. Nothing of the
    contribution is checked out or executed before you merge it.
    """
    BINDINGS = [
        bind("v", "verdict", "Verdict", "review.verdict", "Merge, request changes, or decline"),
        bind("c", "comment", "Comment", "review.comment", "Comment on what is selected"),
        hidden(
            "ctrl+z",
            "undo_merge",
            "Undo merge",
            "review.undo_merge",
            "Undo a merge that is not pushed (asks first)",
        ),
        hidden("m", "copy", "Copy", "review.copy", "Copy the review as Markdown"),
        hidden("w", "save", "Save", "review.save", "Write the review to a Markdown file"),
        hidden(
            "d",
            "discussion",
            "Discussion",
            "review.discussion",
            "Ask the forge for description, checks and earlier reviews",
        ),
        hidden(
            "P,f12",
            "pictures",
            "Pictures",
            "review.pictures",
            "Download pictures of other hosts (asks first)",
        ),
        hidden("o", "browse", "Page", "review.page", "Open its page in the browser"),
    ]

    rows = getters.query_one(RowList)
    detail = getters.query_one(ReviewDetail)

    def __init__(self, contributions: Contributions, one: Contribution, review: Review | None = None) -> None:
        super().__init__(contributions, one, review)
        self._outline: Review | None = None
        self._reviewed: Reviewed | None = None
        self._since: Since | None = None
        self._looked_at: Reviewed | None = None
        self._written = self.kept
        self._writing = asyncio.Lock()
        self._unfinished: dict[tuple[str, str], str] = {}

    def above(self) -> Iterator[Widget]:
        yield VerticalScroll(Static(markup=False), id="cautions", can_focus=False)

    def panes(self) -> tuple[RowList, ReviewDetail]:
        return RowList(), ReviewDetail(id="detail")

    def focus_detail(self) -> None:
        self.detail.focus_tab()

    def on_mount(self) -> None:
        title = f"Review  {number(self.one)}"
        when, manifest = f"{self.one.date:%Y-%m-%d}", self.frame.workspace.manifest_name
        self.query_one(TopLine).show_open(title, visible(self.one.author, 40), when, manifest)
        self.frame.pictures_came.subscribe(self, lambda _: self.detail.show_pictures_again())
        self._read()

    # What is shown

    @work(exclusive=True, group="review")
    async def _read(self) -> None:
        """Read what was said of it, then the contribution where it is not known, then what changed since the last look.

        What it changes is shown before the rest of it is checked.
        """
        with self.app.errors_shown():
            kept = await asyncio.to_thread(find_review, self.frame.workspace.state, self.one)
            self.kept = self._written = kept
            self._show()
            if self.review is not None:
                await self._read_around(self.review)
            else:
                running = Running("reading the contribution")
                with self.app.background.shown(running):
                    self.review = await self._read_in_turn(running)
        if self.is_attached and self.review is None:
            self.leave()
        elif self.is_attached and self.review is not None:
            if self._since is not None:
                self.kept = self.kept.open_again(self.review.checklist, self._since.fields)
            self._show()

    async def _read_in_turn(self, running: Running) -> Review:
        """What it changes first, which is shown meanwhile."""
        outline = self._outline = await asyncio.to_thread(self.contributions.outline, self.one)
        await self._read_around(outline)
        if self.is_attached:
            self._show()
        review, stop = self.contributions.review, running.cancelled
        return await asyncio.to_thread(review, self.one, cancelled=stop)

    async def _read_around(self, review: Review) -> None:
        """The two trees, and what changed since the last look."""
        root, sides = self.contributions.root, self.contributions.sides
        self._reviewed = Reviewed(root, review, sides, self.frame.workspace.pictures.read)
        self._since = await asyncio.to_thread(since, root, review, self.kept.head, sides)
        self._looked_at = self._reviewed.against(self._since.head) if self._since else None

    def _show(self) -> None:
        review = self.review or self._outline
        self.query_one("#about", Static).update(about(self.one, review, self.kept))
        said = [*since_words(self._since), *(cautions(review) if review else ())]
        scroll = self.query_one("#cautions")
        scroll.display = bool(said)
        scroll.query_one(Static).update(Content("\n").join(said))
        counts: dict[str, int] = {}
        for comment in self.kept.comments:
            counts[comment.place] = counts.get(comment.place, 0) + 1
        notes = {place: f"◆ {count}" for place, count in counts.items() if place}
        self.rows.show_rows(list(rows_of(review, self.kept, self._since)) if review else [], notes)

    def show_selected(self) -> None:
        row = self.rows.chosen
        reviewed = self._looked_at if row is not None and row.part == SINCE else self._reviewed
        nothing = "" if self.review or self._outline else "Reading the contribution…"
        items = with_answers(self.review.checklist, self.kept) if self.review else ()
        self.detail.show(row, reviewed, self.kept.comments, items, nothing)
        self.refresh_bindings()

    # What is said of it

    def keep(self, kept: KeptReview) -> None:
        self.kept = replace(kept, head=self.one.head)  # whoever says something has seen what there is now
        self._show()
        self._write()

    @work(group="keep")
    async def _write(self) -> None:
        """Write what is newest; one after the other, so that none goes over a newer one."""
        async with self._writing:
            running = writing("saving the review")
            kept, state = self.kept, self.frame.workspace.state
            with self.app.errors_shown():
                await self.app.background.run(running, keep_review, state, self.one, kept)
                self._written = kept

    @work(group="keep")
    async def leave(self) -> None:
        """Out, once what was said is written; what is there now was looked at."""
        if self.review is not None:
            self.kept = replace(self.kept, head=self.one.head)
        if self.kept != self._written:
            await outcome(self._write())
        self.dismiss()

    def on_checklist_pane_answered(self, message: ChecklistPane.Answered) -> None:
        self.keep(self.kept.answered(message.item, message.answer))

    @work(exclusive=True, group="words")
    async def on_checklist_pane_remark_wanted(self, message: ChecklistPane.RemarkWanted) -> None:
        item: Item = message.item
        words = await self._ask("Remark", item.item, item.key, item.remark)
        if words is not None:
            self.keep(self.kept.answered(item, Answer(item.state, words)))

    @work(exclusive=True, group="words")
    async def action_comment(self) -> None:
        """Comment on what is selected: an entry, a field, a line; the quote says what was there. It need not be checked yet."""
        if self._reviewed is None:
            self.notify(self.READING, severity="warning")
            return
        await self._write_comment(self.detail.comment, None)

    @work(exclusive=True, group="words")
    async def on_comment_list_wanted(self, message: CommentList.Wanted) -> None:
        comment = message.comment
        if message.act == "edit":
            await self._write_comment(comment, comment)
        elif message.act == "delete":
            from partner_tui.ui.dialogs.confirm import ConfirmScreen

            screen = ConfirmScreen("Delete this comment?", comment.text, yes="Delete")
            if await self.app.push_screen_wait(screen):
                self.keep(self.kept.without(comment))
        elif self.rows.go_to(comment.place):
            self.show_selected()
            self.go_in()
        else:
            self.notify("What this comment is about was removed from the contribution.")

    async def _write_comment(self, comment: Comment, instead_of: Comment | None) -> None:
        about = "\n".join(part for part in (place_words(comment), comment.quote) if part)
        words = await self._ask("Comment", about, (comment.place, comment.at), comment.text)
        if words:
            self.keep(self.kept.commented(replace(comment, text=words), instead_of))

    async def _ask(self, title: str, about: str, key: tuple[str, str], text: str) -> str | None:
        """Ask for words; what was typed and cancelled is there the next time."""
        screen = WordsScreen(title, about, self._unfinished.pop(key, text))
        words = await self.app.push_screen_wait(screen)
        if words is None and screen.typed.strip() != text.strip():
            self._unfinished[key] = screen.typed
            self.notify("Not saved. Your words are there when you comment on this again.")
        return words

    # As Markdown, and on the forge

    async def markdown(self) -> str:
        """The review as it is now, to be posted."""
        from partner_tui.contributions.markdown import to_markdown

        assert self.review is not None
        url = await asyncio.to_thread(self.contributions.page_of, self.one)
        return to_markdown(self.review, self.kept, url)

    @work(exclusive=True, group="export")
    async def action_copy(self) -> None:
        if self._is_read():
            self.app.copy_to_clipboard(await self.markdown())
            self.notify("Copied the review as Markdown.")

    @work(exclusive=True, group="export")
    async def action_save(self) -> None:
        from partner_tui.ui.dialogs.save_file import SaveFileScreen

        if self._is_read():
            name = "".join(sign if sign.isalnum() else "-" for sign in self.one.name)[:60]
            with self.app.errors_shown():
                text = await self.markdown()
                self.app.push_screen(SaveFileScreen("Save the review", f"review-{name}.md", text))

    @work(exclusive=True, group="export")
    async def action_browse(self) -> None:
        url = await asyncio.to_thread(self.contributions.page_of, self.one)
        if not url:
            self.notify("The page of this contribution is not known.", severity="warning")
        else:
            self.app.open_url(url)

    @work(exclusive=True, group="discussion")
    async def action_discussion(self) -> None:
        from partner_tui.ui.review.discussion import show_discussion

        with self.app.errors_shown(asked=True):
            await show_discussion(self)

    @work(exclusive=True, group="pictures")
    async def action_pictures(self) -> None:
        """Ask once for the hosts of its pictures; what was agreed to for the repository is not asked again."""
        from partner_tui.ui.workspace.download_pictures import ask_for_pictures
        from partner_tui.workspace.contributions.shown_pictures import remote_covers

        if (reviewed := self._reviewed) is None:
            self.notify(self.READING, severity="warning")
            return
        with self.app.errors_shown():
            await ask_for_pictures(self.frame, partial(remote_covers, reviewed))

    def _is_read(self) -> bool:
        """Whether all of it is known, what was said of it too; says so where it is not."""
        is_read = self.review is not None and self._reviewed is not None
        if not is_read:
            self.notify(self.READING, severity="warning")
        return is_read

    # The verdict

    @act("verdict")
    async def action_verdict(self) -> None:
        from partner_tui.ui.review.verdict import give_verdict, judge_arrival

        if self._is_read():
            with self.app.errors_shown(asked=True):
                if isinstance(self.one, Arrival):
                    await judge_arrival(self, self.one)
                else:
                    await give_verdict(self)

    @act("verdict")
    async def action_undo_merge(self) -> None:
        from partner_tui.ui.review.merging import undo_merge

        if self._is_read():
            with self.app.errors_shown(asked=True):
                await undo_merge(self)
