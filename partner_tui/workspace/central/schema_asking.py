"""The child process that asks a release's schema; started as ``python -m partner_tui.workspace.central.schema_asking [WHEEL]``.

A schema comes from a wheel that somebody names, and one of its patterns can run for ever: so it is asked where that is
ended. A request is the resolved fields of an entry; an answer is a list of problems, or ``{"unusable": "..."}``.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from partner_tui.central.impact import Ask, Problem, schema_problems
from partner_tui.compliance import protocol
from partner_tui.confined.sandbox import serve
from partner_tui.confined.worker import Worker, WorkerFailed
from partner_tui.errors import SourceError
from partner_tui.workspace.central.spec_release import installed_schema, read_schema

_MODULE = "partner_tui.workspace.central.schema_asking"
_MEMORY = 1 << 30
_SECONDS = 10


class SchemaAsker:
    """Asks a release's schema in a child process; started at the first question.

    Args:
        wheel: The release's; None for the installed release.
    """

    def __init__(self, wheel: Path | None = None, seconds: float = _SECONDS) -> None:
        named = [] if wheel is None else [str(wheel.absolute())]
        self._worker = Worker(_MODULE, seconds, (sys.executable, "-m", _MODULE, *named))
        self._release = "installed" if wheel is None else "other"

    def ask(self, data: Mapping[str, Any]) -> Collection[Problem]:
        """As `schema_problems`. Raises SourceError, also where the schema takes too long."""
        try:
            said = protocol.decode(self._worker.ask(protocol.encoded(data).encode("ascii")))
        except WorkerFailed as error:
            said = {"unusable": f"it {error.message}"}
        if isinstance(said, dict):
            why = f"The schema of the {self._release} release cannot be used: {said['unusable']}"
            raise SourceError(why, "Compare with --full.")
        return {Problem(*one) for one in said}

    def close(self) -> None:
        self._worker.close()


def _serve() -> None:
    asks: list[Ask | Exception] = []

    def prepare() -> None:
        schema = read_schema(Path(sys.argv[1])) if sys.argv[1:] else installed_schema()
        try:
            asks.append(schema_problems(schema))
        except Exception as error:  # told by each answer: a child that cannot begin tells nothing
            asks.append(error)

    def answer(line: bytes) -> bytes:
        (ask,) = asks
        try:
            if isinstance(ask, Exception):
                raise ask
            said: object = [list(astuple(one)) for one in ask(protocol.decode(line))]
        except Exception as error:  # whatever a schema of an unexpected form raises is its fault
            said = {"unusable": str(error).partition("\n")[0] or type(error).__name__}
        return protocol.encode(said).encode("ascii")

    serve(prepare, answer, memory=_MEMORY, seconds=_SECONDS + 1)


if __name__ == "__main__":
    _serve()
