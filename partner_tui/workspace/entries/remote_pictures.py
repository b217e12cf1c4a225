"""Pictures that are elsewhere: downloaded from the hosts that the user agreed to for this repository, and from no others.

They are kept in the user's cache, by address, so that nobody is asked again. A picture is downloaded when it is looked at, in a
thread; `on_change` says that it came, or will not.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from partner_tui.addresses import urls
from partner_tui.addresses.urls import host_of
from partner_tui.errors import PartnerTuiError
from partner_tui.pictures.raster import DOWNLOADING, NOT_DOWNLOADED, SIZE_LIMIT, PictureError
from partner_tui.repository.private_files import keep_private, read_kept, write_private
from partner_tui.workspace.entries.fetched import kept_name

FetchBytes: TypeAlias = Callable[[str, int], bytes]
"""What is at an https address, of at most so many bytes. Raises PartnerTuiError."""

CACHE_BYTES = 256 << 20
"""What the pictures of all repositories may take; the oldest go first."""
AT_A_TIME = 2
_MOST_HOSTS = 200
_LARGEST_LIST = 64 << 10


class RemotePictures:
    """The pictures of one repository that are elsewhere.

    Args:
        state: The repository's state folder, where the hosts are kept that were agreed to.
        folder: Where the pictures are kept; beside the hosts if it is not said.
        fetch: For tests.

    Attributes:
        folder: Where the pictures are kept.
        on_change: Called in a thread when a picture came, or failed to.
    """

    def __init__(self, state: Path, folder: Path | None = None, fetch: FetchBytes | None = None) -> None:
        self.folder = folder or state / "pictures"
        self.on_change: Callable[[], None] = lambda: None
        self._agreed = state / "picture-hosts.json"
        self._fetch = fetch
        self._lock = threading.Condition()
        self._under_way: set[str] = set()
        self._failed: dict[str, PartnerTuiError] = {}
        self._turns = threading.BoundedSemaphore(AT_A_TIME)
        self._is_closed = False
        kept = read_kept(self._agreed, _LARGEST_LIST)
        self.hosts = frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()

    def agree(self, hosts: Iterable[str]) -> None:
        """The user said that pictures may be downloaded from these hosts; what failed before is tried again."""
        self.hosts |= frozenset(sorted(hosts)[:_MOST_HOSTS])
        self._failed.clear()
        keep_private(self._agreed, json.dumps(sorted(self.hosts)).encode())

    def read(self, address: str, limit: int) -> bytes | None:
        """The picture at an address; None when nobody agreed to its host. Never waits for a network.

        Raises:
            PartnerTuiError: It is being downloaded, or could not be.
        """
        path = self.folder / kept_name(address)
        with suppress(OSError):
            if path.stat().st_size <= limit:
                return path.read_bytes()
        host = https_host(address)
        if host is None:
            raise PictureError(f"{NOT_DOWNLOADED}: only https URLs are")
        if host not in self.hosts or self._is_closed:
            return None
        with self._lock:
            if (failed := self._failed.get(address)) is not None:
                raise failed
            if address not in self._under_way:
                self._under_way.add(address)
                # Not of a pool, whose threads the interpreter waits for: nobody quits for a slow host.
                threading.Thread(target=self._download, args=(address, path), daemon=True).start()
        raise PictureError(f"{DOWNLOADING} from {host}")

    def _download(self, address: str, path: Path) -> None:
        try:
            from partner_tui.repository.remotes.remote_file import fetch_bytes  # ssl takes a while to import

            with self._turns:
                if not self._is_closed:
                    write_private(path, (self._fetch or fetch_bytes)(address, SIZE_LIMIT))
                    self._prune()
        except PartnerTuiError as error:
            self._failed[address] = error
        except Exception as error:  # a thread of its own tells nobody else
            self._failed[address] = PictureError(f"the picture cannot be downloaded: {type(error).__name__}")
        finally:
            with self._lock:
                self._under_way.discard(address)
                self._lock.notify_all()
        self.on_change()

    def _prune(self) -> None:
        with suppress(OSError):
            kept = sorted(
                ((one.stat().st_mtime, one.stat().st_size, one) for one in self.folder.iterdir()),
                reverse=True,
            )
            total = 0
            for _, size, one in kept:
                total += size
                if total > CACHE_BYTES:
                    one.unlink()

    @property
    def is_downloading(self) -> bool:
        return bool(self._under_way)

    def wait(self) -> None:
        """Until no download is under way; blocks."""
        with self._lock:
            self._lock.wait_for(lambda: not self._under_way)

    def close(self) -> None:
        """Begin no more downloads; those under way end by themselves, and what is kept can still be read."""
        self._is_closed = True
        self.on_change = lambda: None


def https_host(address: str) -> str | None:
    """The host of an https URL, lowercase; None of anything else."""
    return (host_of(address) or None) if address.strip().lower().startswith("https:") else None


def by_host(addresses: Iterable[str]) -> Mapping[str, int]:
    """How many different pictures each host has, of those that can be downloaded; the hosts with most first."""
    return urls.by_host(filter(https_host, addresses))
