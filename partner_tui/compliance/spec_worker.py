"""The app's end of the spec library, which lives in a child process of its own (see `spec`)."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
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
    """Asks the spec library about entries, one at a time; started at the first question.

    Args:
        seconds: What one entry may take.
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
        try:
            line = protocol.encode({"data": data})
        except (TypeError, ValueError, RecursionError) as error:
            raise CheckerFailed(f"The checker cannot read this entry: {error}") from error
        try:
            answer = protocol.decode(self._worker.ask(line.encode("ascii"), cancelled))
            if "failed" not in answer:
                return Verdict.from_json(answer)
        except WorkerFailed as error:
            if error.is_gone:
                hint = error.hint or "Reinstall bioimageio.spec."
                raise CheckerFailed(f"The checker {error.message}", hint) from error
            raise CheckerFailed(f"The checker {error.message} on this entry", _NOT_YOUR_FAULT) from error
        except (KeyError, TypeError, ValueError) as error:
            self.close()  # it talks nonsense: the next entry gets a new one
            raise CheckerFailed("The checker returned an invalid answer", _NOT_YOUR_FAULT) from error
        _LOG.info("bioimageio.spec failed on an entry: %s", answer["failed"])
        raise CheckerFailed("The checker failed on this entry", _NOT_YOUR_FAULT)

    def close(self) -> None:
        """End the child, if there is one; the judge can be used again."""
        self._worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
