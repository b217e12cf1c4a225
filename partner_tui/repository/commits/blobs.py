"""Contents of many files of many commits, read together; in a clone that holds little they are fetched together first.

Asked for one by one, each that is not there would be a fetch of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Unpack

from partner_tui.repository.branches.tracking import read_settings
from partner_tui.repository.git import Watch, run, run_bytes

_FIRST, _AT_ONCE = 2_000_000, 16_000_000
"""So many bytes are read at once: few at first, so that the first contents are there soon."""


def read_blobs(
    root: Path, hashes: Collection[str], limit: int, **watch: Unpack[Watch]
) -> Iterator[tuple[str, bytes | None]]:
    """Contents by their hash; None for one of more than `limit` bytes, or that is no file."""
    wanted = list(dict.fromkeys(hashes))
    if not wanted:
        return
    sizes = run(["cat-file", "--batch-check", "--buffer"], cwd=root, input=_lines(wanted), **watch)
    group: list[str] = []
    total, most = 0, _FIRST
    for line in sizes.splitlines():
        hash, kind, *size = line.split()
        if kind != "blob" or int(size[0]) > limit:
            yield hash, None
            continue
        if group and total + int(size[0]) > most:
            yield from _read(root, group, watch)
            group, total, most = [], 0, min(_AT_ONCE, 4 * most)
        group.append(hash)
        total += int(size[0])
    if group:
        yield from _read(root, group, watch)


def _read(root: Path, hashes: Sequence[str], watch: Watch) -> Iterator[tuple[str, bytes | None]]:
    printed = run_bytes(["cat-file", "--batch", "--buffer"], cwd=root, input=_lines(hashes), **watch)
    start = 0
    while start < len(printed):
        end = printed.index(b"\n", start)
        hash, _, *size = printed[start:end].split()
        start = end + 1 + (int(size[0]) + 1 if size else 0)
        yield hash.decode(), printed[end + 1 : start - 1] if size else None  # it went away meanwhile


def fetch_missing(root: Path, hashes: Sequence[str], **watch: Unpack[Watch]) -> None:
    """Fetch contents that a partial clone does not hold yet, in one go; none where it holds them all. Raises GitError."""
    settings = read_settings(root)  # of branches as well, which name no remote by a key like this
    promised = (key for key in settings if key.startswith("remote.") and key.endswith(".promisor"))
    remote = next(
        (key[len("remote.") : -len(".promisor")] for key in promised if settings[key][-1] == "true"), None
    )
    if remote is not None and (missing := missing_of(root, hashes, **watch)):
        # As git does it by itself for a checkout.
        arguments = ["-c", "fetch.negotiationAlgorithm=noop", "fetch", "--no-tags", "--no-write-fetch-head"]
        arguments += ["--no-auto-maintenance", "--no-recurse-submodules", "--filter=blob:none", "--stdin"]
        run([*arguments, "--end-of-options", remote], cwd=root, input=_lines(sorted(missing)), **watch)


def missing_of(root: Path, hashes: Iterable[str], **watch: Unpack[Watch]) -> set[str]:
    """The objects that are not in this clone; none is fetched for the answer."""
    # To ask for one of them would fetch it.
    listing = ["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)"]
    return set(hashes).difference(run(listing, cwd=root, **watch).split())


def _lines(hashes: Sequence[str]) -> bytes:
    return "".join(f"{hash}\n" for hash in hashes).encode()
