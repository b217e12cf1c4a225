"""The branch of a remote that a local branch follows, and where git would push it: by the user's own configuration.

The rule: ``git push`` without arguments, ``@{upstream}`` and ``@{push}`` say what is meant. Where git itself would refuse to
choose a branch of the remote, nothing is chosen here either: the user is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from partner_tui.repository.git import run

HEADS = "refs/heads/"
Settings = Mapping[str, Sequence[str]]
"""Git's configuration: all values of a key, in order, the last one wins."""


@dataclass(frozen=True, slots=True)
class RemoteBranch:
    """A branch of a remote.

    Args:
        remote: Its name, or a URL.
        ref: Its full name there: ``refs/heads/main``.
        tracking: Where its newest known commit is kept here: ``refs/remotes/origin/main``; empty for a URL.
        is_fetched: Whether a plain ``git fetch`` brings it; in a clone of a single branch it brings that one alone.
    """

    remote: str
    ref: str
    tracking: str
    is_fetched: bool

    @property
    def name(self) -> str:
        """Without ``refs/heads/``."""
        return self.ref.removeprefix(HEADS)

    def __str__(self) -> str:
        return f"{self.remote}/{self.name}"


@dataclass(frozen=True, slots=True)
class Tracking:
    """What a local branch has to do with remotes.

    Args:
        remotes: Their names, as configured.
        remote: The one that is fetched from; None where there is none.
        upstream: What the branch follows; None when it follows no branch of a remote.
        target: Where a push of it goes; None when git leaves that open.
        choices: Where it could go, when git leaves that open; the likeliest first.
        why_open: Why it does, in a sentence.
    """

    remotes: tuple[str, ...] = ()
    remote: str | None = None
    upstream: RemoteBranch | None = None
    target: RemoteBranch | None = None
    choices: tuple[RemoteBranch, ...] = ()
    why_open: str = ""


NO_TRACKING = Tracking()


def read_settings(root: Path) -> Settings:
    """Git's configuration of branches, remotes and pushes, from wherever the user has it."""
    found: dict[str, list[str]] = defaultdict(list)
    printed = run(["config", "-z", "--get-regexp", r"^(branch|remote|push)\."], cwd=root, says_no=1)
    for entry in printed.split("\0")[:-1]:
        key, separator, value = entry.partition("\n")
        found[key].append(value if separator else "true")
    return found


def read_tracking(settings: Settings, branch: str | None) -> Tracking:
    """Work out what a local branch follows and where it is pushed; None for a detached HEAD."""
    remotes = tuple(
        dict.fromkeys(
            key.removeprefix("remote.").rpartition(".")[0]
            for key in settings
            if key.startswith("remote.") and key.endswith((".url", ".pushurl"))
        )
    )
    followed = _last(settings, f"branch.{branch}.remote") if branch else None
    merge = _last(settings, f"branch.{branch}.merge") if branch else None
    # A branch may follow another one of the same clone, which git writes as the remote "."
    upstream = remote_branch(settings, followed, merge) if followed in remotes and merge else None
    # A branch that was pushed to the user's fork follows it; what it is to be merged into is elsewhere.
    is_fork = followed != "origin" and followed == _last(settings, "remote.pushdefault")
    order = ("origin", followed, *remotes) if is_fork else (followed, "origin", *remotes)
    remote = next((name for name in order if name in remotes), None)
    tracking = Tracking(remotes, remote, upstream)
    if branch is None:
        return tracking
    push_remote = (
        _last(settings, f"branch.{branch}.pushremote") or _last(settings, "remote.pushdefault") or remote
    )
    return tracking if push_remote is None else _with_target(settings, tracking, branch, push_remote)


def remote_branch(settings: Settings, remote: str, ref: str) -> RemoteBranch:
    """A branch of a remote, and where it is kept here, by the remote's fetch refspecs or else where git would keep it."""
    for refspec in settings.get(f"remote.{remote}.fetch", ()):
        source, _, destination = refspec.removeprefix("+").partition(":")
        if destination and (mapped := map_ref(ref, source, destination)) is not None:
            return RemoteBranch(remote, ref, mapped, True)
    is_branch = ref.startswith(HEADS) and any(
        f"remote.{remote}.{key}" in settings for key in ("url", "pushurl")
    )
    tracking = f"refs/remotes/{remote}/{ref.removeprefix(HEADS)}" if is_branch else ""
    return RemoteBranch(remote, ref, tracking, False)


def map_ref(ref: str, source: str, destination: str) -> str | None:
    """What a refspec makes of a ref; None when it does not match. Each side has at most one ``*``."""
    if "*" not in source:
        return destination if ref in (source, HEADS + source) else None
    start, _, end = source.partition("*")
    if len(ref) < len(start) + len(end) or not (ref.startswith(start) and ref.endswith(end)):
        return None
    return destination.replace("*", ref[len(start) : len(ref) - len(end)], 1)


def _with_target(settings: Settings, tracking: Tracking, branch: str, remote: str) -> Tracking:
    same = remote_branch(settings, remote, HEADS + branch)
    upstream = tracking.upstream
    for refspec in settings.get(f"remote.{remote}.push", ()):
        source, _, destination = refspec.removeprefix("+").partition(":")
        if source in ("HEAD", "@"):
            source = HEADS + branch
        if source and (mapped := map_ref(same.ref, source, destination or source)) is not None:
            ref = mapped if mapped.startswith("refs/") else HEADS + mapped
            return replace(tracking, target=remote_branch(settings, remote, ref))
    is_triangular = upstream is not None and upstream.remote != remote
    default = (_last(settings, "push.default") or "simple").lower()
    if default == "nothing":
        why = "Your push.default is nothing, so git does not choose a branch of the remote."
        choices = (
            (same,) if upstream is None or is_triangular or upstream.ref == same.ref else (upstream, same)
        )
        return replace(tracking, choices=choices, why_open=why)
    if default in ("current", "matching") or upstream is None or (is_triangular and default == "simple"):
        return replace(tracking, target=same)
    if is_triangular:
        why = f"Your push.default is upstream, but {branch} follows {upstream} and is pushed to {remote}."
        return replace(tracking, choices=(same, upstream), why_open=why)
    if default in ("upstream", "tracking") or upstream.ref == same.ref:
        return replace(tracking, target=upstream)
    why = f"{branch} follows {upstream}, which has another name, so git does not choose between the two."
    return replace(tracking, choices=(upstream, same), why_open=why)


def _last(settings: Settings, key: str) -> str | None:
    values = settings.get(key)
    return values[-1] or None if values else None
