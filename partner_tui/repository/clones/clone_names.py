"""The folder of a clone: two remotes never share one, and no name leads out of the folder of clones.

Every clone lies exactly three folders deep, ``<host>/<owner>/<name>``, so that none is inside another. What a folder's name
cannot hold is replaced, and a hash of the original is added: different originals have different names.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

from partner_tui.repository.remotes.remote import RemoteUrl

_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST = 80
_THIS_MACHINE = "local"
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*\.lock")


def clone_names(url: str, remote: RemoteUrl) -> tuple[str, str, str]:
    """Host, owner and name as folders. ``https`` and git's own user over ``ssh`` are two doors to the same repository."""
    if not remote.host:
        path = unquote(urlsplit(url).path) if "://" in url else url
        return (_THIS_MACHINE, *_two(path.strip("/")))  # with its .git: x and x.git may both be there
    host = _folder(remote.host)
    if host == _THIS_MACHINE:
        host = f"{host}~"
    if remote.user not in ("", "git") and remote.scheme == "ssh":
        host = f"{_folder(remote.user)}@{host}"
    if remote.port:
        host = f"{host}+{remote.scheme}+{remote.port}"
    elif remote.scheme not in ("https", "ssh"):
        host = f"{host}+{remote.scheme}"
    return (host, *_two(remote.path))


def _two(path: str) -> tuple[str, str]:
    """A path of any depth as two names; ``+`` is in no name of a part."""
    first, *rest = (_folder(part) for part in path.split("/"))
    if not rest:
        return "+", first
    joined = "+".join(rest)
    return first, joined if len(joined) <= _LONGEST else f"{joined[:_LONGEST]}~{_hash(path)}"


def _folder(part: str) -> str:
    safe = _UNSAFE.sub("-", part)[:_LONGEST].strip(".-")
    return safe if safe == part and safe and not _RESERVED.fullmatch(safe) else f"{safe or '_'}~{_hash(part)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:8]
