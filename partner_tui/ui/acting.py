"""What writes is done once a press, and to its end: nothing that the user does meanwhile starts it beside itself or stops it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual.dom import DOMNode
from textual.worker import Worker, WorkerCancelled

Node = TypeVar("Node", bound=DOMNode)
P = ParamSpec("P")
T = TypeVar("T")


def act(
    group: str,
) -> Callable[
    [Callable[Concatenate[Node, P], Coroutine[Any, Any, None]]],
    Callable[Concatenate[Node, P], Worker[None] | None],
]:
    """Run a method as a worker, unless one of the same group and widget is not done yet.

    An exclusive worker would stop that one: what it wrote would be told to nobody, and be written again.
    """

    def decorate(
        method: Callable[Concatenate[Node, P], Coroutine[Any, Any, None]],
    ) -> Callable[Concatenate[Node, P], Worker[None] | None]:
        @wraps(method)
        def start(self: Node, /, *args: P.args, **kwargs: P.kwargs) -> Worker[None] | None:
            if any(
                one.node is self and one.group == group and not one.is_finished for one in self.app.workers
            ):
                return None
            return self.run_worker(method(self, *args, **kwargs), group=group)

        return start

    return decorate


async def outcome(worker: Worker[T]) -> T:
    """Wait for a worker, which goes on where whoever waits is stopped.

    Raises:
        CancelledError: It was stopped with the screen that it belongs to.
    """
    try:
        return await asyncio.shield(worker.wait())
    except WorkerCancelled:
        raise asyncio.CancelledError from None
