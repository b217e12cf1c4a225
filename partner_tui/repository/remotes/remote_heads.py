"""Asks a remote for its default branch and for some of its branches. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.repository.branches.tracking import HEADS
from partner_tui.repository.git import Watch, run


@dataclass(frozen=True, slots=True)
class RemoteHeads:
    """The answer of a remote.

    Args:
        default: The branch that its HEAD names; None where it has none, or does not say.
        refs: Those of the asked refs that are there.
    """

    default: str | None
    refs: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(ref.removeprefix(HEADS) for ref in self.refs)


def ask_remote(root: Path, remote: str, refs: Iterable[str], **watch: Unpack[Watch]) -> RemoteHeads:
    """Ask a remote which of some refs it has.

    Args:
        remote: Its name or URL.
        refs: Full names; ``refs/heads/a/*`` for all below.

    Raises:
        GitError: It cannot be reached, or lets nobody in.
    """
    arguments = ["ls-remote", "--symref", "--end-of-options", remote, "HEAD", *dict.fromkeys(refs)]
    default, found = None, set()
    for line in run(arguments, cwd=root, **watch).splitlines():
        value, _, name = line.partition("\t")
        if name == "HEAD":
            if value.startswith(f"ref: {HEADS}"):
                default = value.removeprefix(f"ref: {HEADS}")
        elif not value.startswith("ref: "):
            found.add(name)
    return RemoteHeads(default, frozenset(found))


def near(ref: str) -> list[str]:
    """A ref, those that are in its way above it, and all below it."""
    parts = ref.split("/")
    return [*("/".join(parts[:count]) for count in range(3, len(parts) + 1)), f"{ref}/*"]
