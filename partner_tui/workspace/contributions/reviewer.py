"""The app's end of reviewing: contributions are reviewed in a child process, so that the app's interpreter is free for keys.

The child (`reviewing`) reads git's objects as this process would, with the same environment and the same trust; what comes
back is what a list or an outline lacks, and small.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from partner_tui.compliance import protocol
from partner_tui.confined.worker import Worker, WorkerFailed
from partner_tui.contributions.checked import Checked
from partner_tui.contributions.contribution import Contribution
from partner_tui.errors import PartnerTuiError
from partner_tui.repository.trust.decision import trusted_fingerprint

SECONDS = 600.0
"""What one contribution may take: git may have to fetch what it holds."""
_HINT = "Review it with: partner-tui review"


class CannotStart(PartnerTuiError):
    """There is no child to review with; that may pass."""


@dataclass(frozen=True, slots=True)
class ReviewedClone:
    """The clone that contributions are reviewed in.

    Attributes:
        root: Its work tree, absolute.
        target: The commit that they are for.
        manifest_name: Where the manifest has none of the known names.
        verdicts: The file in which the spec library's verdicts are kept; None to keep none.
    """

    root: Path
    target: str
    manifest_name: str | None
    verdicts: Path | None


class Reviewer:
    """Reviews contributions in a child process, one at a time; started at the first one."""

    def __init__(self, seconds: float = SECONDS, command: tuple[str, ...] | None = None) -> None:
        module = "partner_tui.workspace.contributions.reviewing"
        self._worker = Worker(module, seconds, command, environment=os.environ)

    def check(
        self, clone: ReviewedClone, one: Contribution, cancelled: threading.Event | None = None
    ) -> Checked:
        """What a review of a contribution has more than its outline. Blocks.

        A child that is killed meanwhile is started anew, once.

        Raises:
            PartnerTuiError: The contribution cannot be read, or the child does not answer.
            Cancelled: `cancelled` was set.
        """
        request = protocol.encode(
            {
                "root": os.fspath(clone.root),
                "target": clone.target,
                "manifest_name": clone.manifest_name,
                "verdicts": None if clone.verdicts is None else os.fspath(clone.verdicts),
                "trusted": trusted_fingerprint(clone.root),
                "contribution": one.to_json(),
            }
        ).encode("ascii")
        try:
            answer = protocol.decode(self._asked_twice(request, cancelled))
            if "problem" not in answer:
                return Checked.from_json(answer)
        except WorkerFailed as error:
            failure = CannotStart if error.is_gone else PartnerTuiError
            raise failure(f"Reviewing it {error.message}.", error.hint or _HINT) from error
        except (LookupError, TypeError, ValueError) as error:
            self.close()  # it talks nonsense: the next one gets a new one
            raise PartnerTuiError("Reviewing it gave an invalid answer.", _HINT) from error
        raise PartnerTuiError(str(answer["problem"]), str(answer["hint"]))

    def _asked_twice(self, request: bytes, cancelled: threading.Event | None) -> bytes:
        try:
            return self._worker.ask(request, cancelled)
        except WorkerFailed as error:
            if not error.has_crashed:
                raise
            return self._worker.ask(request, cancelled)

    def stop(self) -> None:
        """End the child where what it reviews is not wanted any more."""
        self._worker.stop()

    def close(self) -> None:
        """End the child, if there is one; the reviewer can be used again."""
        self._worker.close()
