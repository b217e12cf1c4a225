"""The source that the user asks to open, read into one value. Refuses what git would take for an option or a program."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from partner_tui.addresses.forge import FORGES, clone_url, is_slug, read_web_page
from partner_tui.errors import PartnerTuiError, SourceError
from partner_tui.repository.clones.clone_names import clone_names
from partner_tui.repository.clones.pasted import read_pasted
from partner_tui.repository.git import run
from partner_tui.repository.process.redact import address, redact
from partner_tui.repository.remotes.remote import RemoteUrl, read_remote_url
from partner_tui.repository.user_path import expanded

_SCHEMES = ("https://", "http://", "ssh://", "git+ssh://", "ssh+git://", "git://", "file://")
EXAMPLES = (
    "Give a known partner's id, owner/name, a git URL (https, ssh, file), a folder, or a manifest file."
)
MAX_PARTS = 3
_ALIAS = re.compile(r"^[\w.-]{2,}:[\w.~-][\w.~/-]*$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Source:
    """What to open.

    Args:
        kind: ``remote`` is cloned (once), ``folder`` lies in a clone of the user's, ``file`` is a manifest outside any.
        text: As the user gave it, without credentials; for titles and lists of recent repositories.
        url: The git URL of a remote.
        written_out: The same without the short names of the user's git configuration, which git itself resolves.
        path: The folder or file.
        slug: ``owner/name``, when known.
        branch: The branch to check out; None for the remote's default.
        manifest: The manifest's path below ``path`` or the repository's root, when it is known beforehand.
        partner: A known partner's id.
        rest: What follows the branch in a web page's address; the branch's name may go on there.
    """

    kind: Literal["remote", "folder", "file"]
    text: str
    url: str | None = None
    path: Path | None = None
    slug: str | None = None
    branch: str | None = None
    manifest: str | None = None
    partner: str | None = None
    rest: str = ""
    written_out: str | None = None

    @property
    def branches(self) -> tuple[str, ...]:
        """What the branch may be called, the likeliest first; git lets at most one of them exist."""
        if self.branch is None:
            return ()
        parts = [part for part in self.rest.split("/") if part][:MAX_PARTS]
        return tuple("/".join((self.branch, *parts[:count])) for count in range(len(parts) + 1))

    @property
    def manifests(self) -> tuple[str, ...]:
        """Where the manifest may lie, for every name that the branch may have."""
        parts = self.manifest.split("/") if self.manifest else []
        return tuple("/".join(parts[count:]) for count in range(len(parts)))

    def clone_folder(self, clones: Path) -> Path:
        """Where a remote is cloned below the app's folder of clones; see `clone_names`."""
        url = self.written_out or self.url or ""
        remote = read_remote_url(url) or RemoteUrl("", "")
        return clones.joinpath(*clone_names(url, remote))


def parse_source(text: str, *, cwd: Path | None = None) -> Source:
    """Read what the user typed or pasted.

    A known partner's id goes before a folder of that name (``./ilastik`` is the folder), a folder before owner/name.

    Args:
        cwd: What relative paths start from; the process's folder when None.

    Raises:
        SourceError: It is none of these, or is refused.
    """
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text.strip()):
        if "\0" not in text and (
            local := _local(text, cwd or Path.cwd())
        ):  # the name of a folder may have any
            return local
        raise SourceError("The URL contains control characters.", EXAMPLES)
    text, branch = read_pasted(text)
    if not text:
        raise SourceError("No repository given.", EXAMPLES)
    if text.startswith("-"):
        raise SourceError(f"{address(text)} looks like an option, not like a repository.", EXAMPLES)
    if "::" in text.partition("/")[0]:
        raise SourceError(f"{address(text)} is refused: it would run a program.", "Use an https or ssh URL.")
    found = (
        _known_partner(text)
        or _url(text)
        or _local(text, cwd or Path.cwd())
        or _short(text)
        or _slug(text)
        or _alias(text)
        or _unknown(text)
    )
    return replace(found, branch=branch) if branch else found


def push_url(text: str) -> str:
    """The URL of a repository that the user wants pushed to, without a password.

    Raises:
        SourceError: It is no remote repository.
    """
    hint = "Give a git URL, or the folder of a bare repository."
    try:
        source = parse_source(text)
    except SourceError as error:
        raise SourceError(error.message, hint) from None
    if source.url is None:
        raise SourceError(f"{source.text} is not a remote repository.", hint)
    if (path := _folder_of(source.url)) and not (_is_bare(path) or find_root(path) == path):
        raise SourceError(f"{path} is not a git repository.", hint)
    return redact(source.url)


def _known_partner(text: str) -> Source | None:
    from partner_tui.manifest.partners import known_partner

    known = known_partner(text)
    if known is None:
        return None
    return Source(
        "remote",
        text,
        url=known.url,
        slug=known.slug,
        branch=known.branch,
        manifest=known.manifest,
        partner=known.id,
    )


def _url(text: str) -> Source | None:
    if "://" in text:
        if " " in text and not text.lower().startswith("file://"):
            raise SourceError(f"{address(text)} has a space in it.", "Write a space in a URL as %20.")
        if not text.lower().startswith(_SCHEMES):
            scheme = address(text.partition("://")[0])
            raise SourceError(f"URLs with {scheme}:// are not supported.", "Use an https or ssh URL.")
    elif not re.match(r"^[\w.+-]+@[^/:]+:[^/:\s-]|^\[[^\]/\s]+\]:[^/:\s-]|^[\w.-]+\.[a-z]{2,}:[^/\s-]", text):
        return None
    page = read_web_page(text)
    url = page.url if page else text
    remote = read_remote_url(url)
    if remote is None or not remote.path or remote.host.startswith("-") or "/-" in f"/{remote.path}":
        raise SourceError(f"{address(text)} is not a URL that can be cloned.", EXAMPLES)
    if (path := _folder_of(url)) and not path.exists():
        raise SourceError(f"No folder {path}.", "Check the path.")
    if remote.host in FORGES and "/" not in remote.path:
        raise SourceError(
            f"{address(text)} does not name a repository.", "Add the repository's name: owner/name."
        )
    rest = page.rest if page else ""
    return Source(
        "remote",
        address(text),
        url=url,
        slug=remote.slug,
        branch=page.branch if page else None,
        manifest=rest if rest.endswith((".yaml", ".yml")) else None,
        rest=rest,
    )


def _folder_of(url: str) -> Path | None:
    """The folder of a file:// URL."""
    return Path("/", unquote(urlsplit(url).path)) if url.lower().startswith("file://") else None


def _local(text: str, cwd: Path) -> Source | None:
    path = (cwd / expanded(text)).absolute()
    if ".." in path.parts:
        path = path.resolve()  # or no path below it would be relative to its root
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # nothing can be named so
        return None
    if is_file:
        if find_root(path.parent) is None:
            return Source("file", str(path), path=path, manifest=path.name)
        return Source("folder", str(path), path=path.parent, manifest=path.name)
    if path.is_dir():
        if find_root(path) is None and _is_bare(path):
            return Source("remote", str(path), url=path.as_uri())
        return Source("folder", str(path), path=path)
    return None


def _short(text: str) -> Source | None:
    """A name that the user's git configuration writes out: what it stands for has to be an address as well."""
    written = written_out(text)
    if written is None:
        return None
    if "::" in written.partition("/")[0] or written.startswith("-"):
        raise SourceError(
            f"{address(text)} is refused: git would replace it by a URL that runs a program.", EXAMPLES
        )
    found = _url(written) or _local(written, Path("/")) or _alias(written)
    if found is None or found.kind != "remote":
        raise SourceError(
            f"{address(text)} is replaced by {address(written)} in your git configuration, which is not a URL that can be cloned.",
            "Correct url.<base>.insteadOf in your git configuration.",
        )
    return Source("remote", address(text), url=text, slug=found.slug, written_out=written)


def _alias(text: str) -> Source | None:
    """``host:owner/name``, where the host is one that the user's ssh configuration knows."""
    remote = read_remote_url(text) if _ALIAS.match(text) else None
    return Source("remote", address(text), url=text, slug=remote.slug) if remote and remote.path else None


def _slug(text: str) -> Source | None:
    if not is_slug(text) or text.endswith((".yaml", ".yml")):
        return None
    slug = text.removesuffix(".git")
    return Source("remote", text, url=clone_url(slug), slug=slug)


def _unknown(text: str) -> Source:
    shown = address(text)
    if text.startswith((".", "/", "~")) or text.count("/") > 1 or text.endswith((".yaml", ".yml")):
        raise SourceError(f"No file or folder {shown}.", "Check the path.")
    raise SourceError(f"{shown} is not a known partner, repository or folder.", EXAMPLES)


def find_root(folder: Path) -> Path | None:
    """The work tree that a folder lies in, found without running git; None outside of one."""
    folder = folder.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / ".git" / "HEAD").is_file() or (candidate / ".git").is_file():
            return candidate
    return None


def _is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


_PATTERN = r"^url\..*\.insteadof$"


def written_out(text: str) -> str | None:
    """What git makes of an address by the user's own configuration; None where no short name fits.

    It is read where no clone is, so that no opened folder's configuration has a say.
    """
    try:
        printed = run(["config", "--null", "--includes", "--get-regexp", _PATTERN], cwd=Path("/"))
    except PartnerTuiError:
        return None  # none is set
    names = [line.partition("\n")[::2] for line in printed.split("\0")[:-1]]
    fitting = [(short, key) for key, short in names if short and text.startswith(short)]
    if not fitting:
        return None
    short, key = max(fitting, key=lambda one: len(one[0]))
    return key.removeprefix("url.").rpartition(".")[0] + text.removeprefix(short)
