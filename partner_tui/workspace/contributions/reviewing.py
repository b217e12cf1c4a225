"""The child process that reviews contributions for the app; started as ``python -m partner_tui.workspace.contributions.reviewing``.

It does what the app would do in a thread, out of the way of the app's keys: it runs git and keeps verdicts, so that it is
neither confined nor limited; what is decoded or judged is so in confined children of its own. A request is an object with
``root, target, manifest_name, verdicts, trusted, contribution``; an answer is that of `Checked.to_json`, or
``{"problem": "...", "hint": "..."}``.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from partner_tui.compliance import protocol
from partner_tui.compliance.cache import StatusCache
from partner_tui.compliance.checker import Checker
from partner_tui.confined.sandbox import serve
from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.checked import Checked
from partner_tui.contributions.contribution import Contribution
from partner_tui.errors import PartnerTuiError
from partner_tui.repository.trust.decision import trust
from partner_tui.workspace.contributions.contributions import Contributions

_LOG = logging.getLogger(__name__)
_SECONDS = 660
"""A little more than the app waits for one."""
_FAILED = "Reviewing it failed: {}."
_HINT = "Please report it: partner-tui review prints the whole error."


def _answer(line: bytes) -> bytes:
    try:
        return protocol.encode(_checked(protocol.decode(line)).to_json()).encode("ascii")
    except PartnerTuiError as error:
        said = {"problem": error.message, "hint": error.hint}
    except Exception as error:  # it would end the child, and the next one would fail at it again
        _LOG.exception("a review failed")
        said = {"problem": _FAILED.format(type(error).__name__), "hint": _HINT}
    return protocol.encode(said).encode("ascii")


def _checked(request: dict[str, Any]) -> Checked:
    root = Path(request["root"])
    trust(root, request["trusted"])
    known = _contributions(root, request["target"], request["manifest_name"], request["verdicts"])
    about = request["contribution"]
    one = (Arrival if "commits" in about else Contribution).from_json(about)
    return Checked.of(known.review(one))


@lru_cache(maxsize=1)
def _contributions(root: Path, target: str, name: str | None, verdicts: str | None) -> Contributions:
    return Contributions(root, _checker(verdicts), name, target=target)


@lru_cache(maxsize=1)
def _checker(verdicts: str | None) -> Checker:
    return Checker(StatusCache(Path(verdicts)) if verdicts else None)


if __name__ == "__main__":
    serve(lambda: None, _answer, memory=None, seconds=_SECONDS)
