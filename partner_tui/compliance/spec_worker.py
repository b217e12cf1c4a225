"""The app's end of the spec library, which lives in a child process of its own (see `spec`).

Entries are asked about several at a time, since handing a request over takes as long as judging an entry. Where the
child does not answer for several, each is asked about alone: what one entry does is no other's fault.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Any, Self

from partner_tui.compliance import protocol
from partner_tui.compliance.verdict import Verdict
from partner_tui.confined.worker import Worker, WorkerFailed
from partner_tui.errors import CheckerFailed

_LOG = logging.getLogger(__name__)
_SECONDS_AN_ENTRY = 10.0
_NOT_YOUR_FAULT = "This says nothing about the entry itself; the others were checked."


def library_version() -> str:
    """The installed version of bioimageio.spec, read without importing it."""
    import importlib.metadata  # with all of `email`; not before the first screen

    return importlib.metadata.version("bioimageio.spec")


class SpecWorker:
    """Asks the spec library about entries; started at the first question.

    Args:
        seconds: What one request may take.
        command: The child; for tests that need one that misbehaves.
    """

    def __init__(self, seconds: float = _SECONDS_AN_ENTRY, command: tuple[str, ...] | None = None) -> None:
        self._worker = Worker("partner_tui.compliance.spec", seconds, command)

    def judge(self, data: Any, cancelled: threading.Event | None = None) -> Verdict:
        """The library's verdict on a resolved entry.

        Raises:
            CheckerFailed: The library raised, crashed, took too long, or cannot be started.
            Cancelled: `cancelled` was set.
        """
        (said,) = self.judge_all([protocol.encoded(data)], cancelled)
        if isinstance(said, CheckerFailed):
            raise said
        return said

    def judge_all(
        self, entries: Sequence[str], cancelled: threading.Event | None = None, *, warnings: bool = True
    ) -> list[Verdict | CheckerFailed]:
        """The library's verdict on each of some entries, or what `judge` raises about it.

        Args:
            entries: Resolved data, each as `protocol.encoded` gives it.
            warnings: Whether they are wanted; without them it takes two thirds of the time.

        Raises:
            Cancelled: `cancelled` was set.
        """
        try:
            request = f'{{"entries":[{",".join(entries)}],"warnings":{"true" if warnings else "false"}}}'
            answers = protocol.decode(self._worker.ask(request.encode("ascii"), cancelled))
            return [_said(answer) for answer, _ in zip(answers, entries, strict=True)]
        except WorkerFailed as error:
            failed, is_gone = _failed(error), error.is_gone
        except (KeyError, TypeError, ValueError):
            self.close()  # it talks nonsense: the next entry gets a new one
            failed, is_gone = CheckerFailed("The checker returned an invalid answer", _NOT_YOUR_FAULT), False
        if len(entries) == 1 or is_gone:
            return [failed for _ in entries]
        return [said for entry in entries for said in self.judge_all([entry], cancelled, warnings=warnings)]

    def close(self) -> None:
        """End the child, if there is one; the judge can be used again."""
        self._worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _said(answer: dict[str, Any]) -> Verdict | CheckerFailed:
    if "failed" not in answer:
        return Verdict.from_json(answer)
    _LOG.info("bioimageio.spec failed on an entry: %s", answer["failed"])
    return CheckerFailed("The checker failed on this entry", _NOT_YOUR_FAULT)


def _failed(error: WorkerFailed) -> CheckerFailed:
    if error.is_gone:
        return CheckerFailed(f"The checker {error.message}", error.hint or "Reinstall bioimageio.spec.")
    return CheckerFailed(f"The checker {error.message} on this entry", _NOT_YOUR_FAULT)
