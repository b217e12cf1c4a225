"""What a host said when it was asked whether there is something at an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["reachable", "moved", "gone", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered.

    Attributes:
        state: `moved`: it is reachable under another address, for good; `gone`: the host says that there is nothing;
            `unknown`: neither can be said.
        address: Where it has moved to; "" for what has not moved.
        why: Why nothing can be said, or why it is gone, in a few words.
        status: Of HTTP; 0 where the host did not answer.
        kind: The media type of what is there; "" where it was not said.
        size: Of what is there, in bytes; 0 where it was not said.
    """

    state: State
    address: str = ""
    why: str = ""
    status: int = 0
    kind: str = ""
    size: int = 0
