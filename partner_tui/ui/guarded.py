"""App base class that survives exceptions: expected errors become a message, bugs an error screen, and only a second one in a row ends it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import time
from typing import TYPE_CHECKING

from textual import events
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.widget import MountError
from textual.worker import WorkerFailed

from partner_tui.errors import Cancelled, GitError, PartnerTuiError
from partner_tui.plain import visible
from partner_tui.repository.atomic import of_the_machine
from partner_tui.settings import Directories
from partner_tui.ui.background import Background
from partner_tui.ui.textual_private import EndingApp

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

log = logging.getLogger(__name__)

SEEN_SECONDS = 1.0
"""A message that stood for so long was seen."""
SAID_LINES, SAID_WIDTH = 4, 160
"""Of what git said, in a message that goes by itself; the git log has it all."""


class CrashHandlingApp(EndingApp):
    """What is raised anywhere reaches the user, and nothing unsaved is lost by it."""

    directories: Directories
    background: Background

    def renew(self) -> None:
        """Put a new screen in place of one that a bug has broken."""
        raise NotImplementedError

    @contextmanager
    def errors_shown(self, asked: bool = False) -> Iterator[None]:
        """Show what goes wrong inside: expected errors as a message, bugs on the error screen.

        Args:
            asked: Whether the user waits for this: what git and the remote said is then shown in a dialog.
        """
        try:
            yield
        except Cancelled as error:
            self.notify(error.message)
        except PartnerTuiError as error:
            self.show_error(error, asked)
        except Exception as error:
            self.show_bug(error)

    def show_error(self, error: PartnerTuiError, asked: bool = False) -> None:
        """One clear line, what to do next, and what git and the remote said."""
        log.warning("%s %s", error.message, error.hint)
        said = error.output if isinstance(error, GitError) else ""
        if asked and said and isinstance(error, GitError):
            from partner_tui.ui.dialogs.failure import FailureScreen

            self.push_screen(FailureScreen(error))
            return
        lines = [visible(line, SAID_WIDTH) for line in said.splitlines()[:SAID_LINES]]
        text = "\n".join([*lines, error.hint]).strip()
        self.notify(text or " ", title=error.message, severity="error", timeout=12, markup=False)

    def show_bug(self, error: Exception, renew: bool = False) -> None:
        """The error screen: the traceback, and where the log lies. Drafts and files are as they were.

        Args:
            renew: Whether the screen below is broken, and going on needs a new one.
        """
        from partner_tui.ui.dialogs.bug import BugScreen

        if self._is_too_late(error):
            return
        text = "".join(traceback.format_exception(error))
        log.error("Unexpected:\n%s", text)
        if not renew and (told := of_the_machine(error)) is not None:
            self.show_error(told)
            return
        self.note_failure(error)
        self.push_screen(
            BugScreen(text, self.directories.log_file), lambda _: self.renew() if renew else None
        )

    def unexpected(self, error: Exception, in_own_loop: bool) -> None:
        """What nothing caught, from a handler or a worker: one bug is shown, a second in a row ends the app.

        A handler's exception ends the message loop of its widget (`MessagePump._process_messages_loop`), so going on
        takes a new screen over the same workspace. The app's own loop cannot be made anew.
        """
        from partner_tui.ui.dialogs.bug import BugScreen

        from_worker = isinstance(error, WorkerFailed)
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self._is_too_late(cause):
            return
        fatal = not from_worker and in_own_loop
        if isinstance(cause, Exception) and not fatal and not isinstance(self.screen, BugScreen):
            self.show_bug(cause, renew=not from_worker)
            return
        log.error("A bug that ends the app:\n%s", "".join(traceback.format_exception(cause)))
        self.background.stop_all()
        self.note_failure(error)
        self.end_with(f"partner-tui crashed. The traceback is in {self.directories.log_file}")

    def _is_too_late(self, error: BaseException) -> bool:
        """Whether there was no place any more to show something in: a screen was left, or the app ends, in its midst."""
        is_late = isinstance(error, NoMatches | MountError) and (
            not self.is_running or self.is_of_what_goes()
        )
        if is_late:
            log.info("Not shown any more: %s", error)
        return is_late

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and self._is_seen_while_typing():
            self.clear_notifications()
        await super().on_event(event)

    def _is_seen_while_typing(self) -> bool:
        """Whether messages stand, since long enough to be seen, over the form that a text is being typed into."""
        field = self.screen.focused if self.shown_notifications and self.screen_stack else None
        return (
            field is not None
            and field.check_consume_key("x", "x")
            and all(time() - note.raised_at > SEEN_SECONDS for note in self.shown_notifications)
        )

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Actions run in the app's own message loop: what they raise must not end it."""
        with self.errors_shown():
            return await super().run_action(action, default_namespace, namespaces)
        return True
