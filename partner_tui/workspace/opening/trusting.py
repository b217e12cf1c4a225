"""Asks whether the user trusts a folder's own git settings: asked once, kept in the folder's state, asked again on a change.

Only a yes is kept, as the fingerprint of what was on the screen: a hasty no is asked again the next time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from partner_tui.repository.atomic import replace_file
from partner_tui.repository.trust.concern import EVERYTHING, Concern
from partner_tui.repository.trust.decision import fingerprint, needing_trust, trust, untrusted

_FILE = "trust"
_DIGITS = 64


@dataclass(frozen=True, slots=True)
class TrustQuestion:
    """What is asked about a folder.

    Args:
        fingerprint: Theirs; what is trusted is this and nothing that comes in between.
    """

    root: Path
    state: Path
    concerns: tuple[Concern, ...]
    fingerprint: str
    is_trusted: bool = False

    @property
    def text(self) -> str:
        """The settings with their values, and what goes without them; several lines."""
        return "\n".join(
            [
                str(self.root),
                "",
                "Its own git configuration can run programs or use files outside the folder:",
                "",
                *(f"  {concern.shown}" for concern in self.concerns),
                "",
                f"If you trust them, git uses them until they change; otherwise it ignores them. {_without(self.concerns)}",
            ]
        )

    def answer(self, yes: bool) -> None:
        """Trust the settings, or no longer; kept for the next start. Raises PartnerTuiError when it cannot be kept."""
        said = self.fingerprint if yes else ""
        trust(self.root, said)
        if said != _kept(self.state):
            replace_file(self.state / _FILE, said.encode())


def recall(root: Path, state: Path) -> None:
    """Let what the user said at an earlier time hold."""
    trust(root, _kept(state))


def ask_for_trust(root: Path, state: Path, *, again: bool = False) -> TrustQuestion | None:
    """The question about settings that need trust; None when there is nothing to ask.

    Args:
        again: Whether to ask of those, too, that the user trusts as they are now.

    Raises:
        GitError: The folder's configuration cannot be read.
    """
    recall(root, state)
    concerns, is_trusted = needing_trust(root), not untrusted(root)
    if not concerns or (is_trusted and not again):
        return None
    return TrustQuestion(root, state, concerns, fingerprint(root), is_trusted)


def _kept(state: Path) -> str:
    try:
        return (state / _FILE).read_bytes()[:_DIGITS].decode("ascii")
    except (OSError, ValueError):
        return ""


def _without(concerns: tuple[Concern, ...]) -> str:
    stopped = frozenset().union(*(concern.stops for concern in concerns))
    if stopped >= EVERYTHING:
        return "The manifest can be edited, but git cannot be used here."
    parts = ["fetch and push"] if "push" in stopped else []
    if "commit" in stopped:
        parts.append("commits")
    elif any(concern.name.startswith(("filter.", "gpg.")) for concern in concerns):
        parts.append("commits that need them")
    return f"Not possible then: {', '.join(parts)}." if parts else "Everything else works as usual."
