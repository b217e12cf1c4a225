"""The settings of a folder's own git configuration that cannot run a program, send anything elsewhere, or touch other files.

The rule: it is a list of what is allowed. A setting that is not in it, also one that a future git brings, needs trust.
Settings whose programs this app never runs (hooks, pagers, editors, aliases, see ``command``) are in it too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_LONGEST = 4096
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_REMOTE_NAME = re.compile(r"\w[\w./+-]*")
_SCHEMES = frozenset({"https", "http", "ssh", "git", "git+ssh", "ssh+git"})
_MACHINE_FOLDERS = tuple(map(Path, ("/proc", "/dev", "/sys")))
_KEY = re.compile(
    r"(?:0x)?[0-9A-Fa-f]{8,64}!?|(?:key::|ssh-|ecdsa-|sk-)[\w@.+/= -]+|[\w.+-]+@[\w.-]+|[\w .+-]+<[^<>/]+>"
)

_NAMES = frozenset(
    f"{section}.{name}"
    for section, names in {
        "core": "abbrev autocrlf bare bigfilethreshold checkstat commentchar commitgraph compression eol filemode"
        " filesreflocktimeout fscache fsync fsyncmethod fsyncobjectfiles hidedotfiles ignorecase logallrefupdates"
        " longpaths loosecompression multipackindex packedrefstimeout precomposeunicode preloadindex quotepath"
        " repositoryformatversion safecrlf sharedrepository sparsecheckout sparsecheckoutcone splitindex symlinks"
        " trustctime untrackedcache warnambiguousrefs whitespace"
        " hookspath fsmonitor fsmonitorhookversion pager editor askpass",
        "extensions": "compatobjectformat noop objectformat preciousobjects relativeworktrees worktreeconfig",
        "user": "name email useconfigonly",
        "author": "name email",
        "committer": "name email",
        "branch": "autosetupmerge autosetuprebase sort",
        "remote.*": "fetch followremotehead gh-resolved glab-resolved partialclonefilter promisor prune prunetags push"
        " skipdefaultupdate skipfetchall tagopt",
        "submodule": "active fetchjobs recurse",
        "submodule.*": "active branch fetchrecursesubmodules ignore path shallow url",
        "fetch": "fsckobjects negotiationalgorithm output parallel prune prunetags recursesubmodules"
        " showforcedupdates unpacklimit writecommitgraph",
        "pull": "ff octopus rebase twohead",
        "push": "autosetupremote default followtags recursesubmodules useforceifincludes",
        "merge": "autostash branchdesc conflictstyle directoryrenames ff log renamelimit renames stat tool",
        "rebase": "autosquash autostash missingcommitscheck stat updaterefs",
        "rerere": "autoupdate enabled",
        "diff": "algorithm colormoved colormovedws context ignoresubmodules indentheuristic interhunkcontext"
        " mnemonicprefix noprefix renamelimit renames submodule tool wserrorhighlight",
        "status": "aheadbehind branch relativepaths renamelimit renames short showstash showuntrackedfiles",
        "commit": "cleanup gpgsign status template verbose",
        "tag": "forcesignannotated gpgsign sort",
        "gpg": "mintrustlevel",
        "log": "abbrevcommit date decorate follow mailmap showroot showsignature",
        "apply": "ignorewhitespace whitespace",
        "stash": "showincludeuntracked showpatch showstat",
        "gc": "auto autodetach autopacklimit logexpiry packrefs pruneexpire reflogexpire reflogexpireunreachable"
        " worktreepruneexpire writecommitgraph",
        "maintenance": "auto strategy",
        "maintenance.*": "enabled schedule",
        "pack": "allowpackreuse compression depth indexversion packsizelimit threads usebitmaps usesparse window"
        " windowmemory writebitmaphashcache writereverseindex",
        "repack": "packkeptobjects updateserverinfo usedeltabaseoffset writebitmaps",
        "index": "recordendofindexentries recordoffsettable skiphash sparse threads version",
        "feature": "experimental manyfiles",
        "http": "extraheader lowspeedlimit lowspeedtime maxrequests minsessions postbuffer version",
        "http.*": "extraheader postbuffer version",
        "credential": "usehttppath username",
        "credential.*": "usehttppath username",
        "i18n": "commitencoding filesencoding logoutputencoding",
        "init": "defaultbranch defaultobjectformat",
        "transfer": "fsckobjects unpacklimit",
        "receive": "autogc denycurrentbranch denydeletes denynonfastforwards fsckobjects unpacklimit",
        "uploadpack": "allowanysha1inwant allowfilter allowreachablesha1inwant allowtipsha1inwant",
        "checkout": "defaultremote guess workers",
        "worktree": "guessremote userelativepaths",
        "lfs": "locksverify repositoryformatversion",
        "lfs.*": "access locksverify",
        "partner-tui": "slug",
        "safe": "directory",
        "sequence": "editor",
    }.items()
    for name in names.split()
)
# All of these only colour, advise, or belong to commands that are never run here.
_SECTIONS = frozenset(
    "advice alias browser color column difftool gui help man mergetool pager web".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a value is judged against.

    Args:
        root: The work tree.
        common: The git folder that holds the configuration.
        remotes: Names of remotes that have an address of their own in it.
        format: The version of the repository's format, as it is written there.
    """

    root: Path
    common: Path
    remotes: frozenset[str] = frozenset()
    format: str | None = "0"


def split_key(key: str) -> tuple[str, str | None, str]:
    """Section, subsection and name of a key as git lists it: the first and the last in lower case."""
    section, _, rest = key.partition(".")
    middle, dot, name = rest.rpartition(".")
    return section, middle if dot else None, name


def pattern(key: str) -> str:
    """The key with ``*`` in place of its subsection: ``remote.*.url``."""
    section, middle, name = split_key(key)
    return f"{section}.{name}" if middle is None else f"{section}.*.{name}"


def is_harmless(key: str, value: str | None, around: Surroundings) -> bool:
    """Whether a setting, as git lists it, needs no trust."""
    text = "true" if value is None else value
    if len(text) > _LONGEST or _CONTROL.search(text) or _CONTROL.search(key):
        return False
    section, middle, _ = split_key(key)
    if section == "remote" and middle is not None and not _is_remote(middle, around):
        return False
    shape = pattern(key)
    if check := _CHECKED.get(shape):
        return check(text, around)
    if section == "extensions" and around.format == "0" and shape not in _NAMES:
        return True  # git ignores all others, of any later git too, in a repository of that format
    return shape in _NAMES or section in _SECTIONS or (section == "branch" and middle is not None)


def is_harmless_address(address: str, around: Surroundings) -> bool:
    """Whether fetching from and pushing to a remote's address leaves this machine, or stays on it outside of the folder.

    A repository that lies in the folder came with it: its hooks run when it is pushed to.
    """
    if address.startswith("-") or re.match(r"[\w+.-]*::", address):
        return False
    scheme, separator, rest = address.partition("://")
    if separator:
        if scheme.lower() == "file":
            return _is_outside(rest, around)
        return scheme.lower() in _SCHEMES and _is_plain_host(address)
    host, colon, _ = address.partition(":")
    if colon and "/" not in host:
        return not host.rpartition("@")[2].startswith("-")
    return _is_outside(address, around)


def _is_plain_host(address: str) -> bool:
    try:
        return not (urlsplit(address).hostname or "-").startswith("-")
    except ValueError:
        return False


def _is_outside(path: str, around: Surroundings) -> bool:
    if not path.startswith("/"):
        return False
    inside = [Path(os.path.realpath(folder)) for folder in (around.root, around.common)]
    # As it is written too: /proc/self/cwd is another folder for git than it is here.
    places = (Path(os.path.realpath(path)), Path(os.path.normpath(f"/{path.lstrip('/')}")))
    return not any(
        place.is_relative_to(folder) for place in places for folder in (*inside, *_MACHINE_FOLDERS)
    )


def _is_remote(name: str, around: Surroundings) -> bool:
    """A remote without an address is its own address, which then may be a folder in the work tree."""
    if name in around.remotes or name == ".":
        return bool(_REMOTE_NAME.fullmatch(name)) or name == "."
    if _REMOTE_NAME.fullmatch(name):
        return not os.path.lexists(around.root / name)
    return is_harmless_address(name, around)


def _is_fetched_aside(refspec: str, around: Surroundings) -> bool:
    """What is fetched lands beside the branches, never over them."""
    target = refspec.partition(":")[2]
    return not target or target.startswith(("refs/remotes/", "refs/tags/", "refs/notes/"))


def _is_branch(name: str, around: Surroundings) -> bool:
    return bool(re.fullmatch(r"[^\s:^~?*\[\\-][^\s:^~?*\[\\]*", name))


def _is_own_work_tree(path: str, around: Surroundings) -> bool:
    return os.path.realpath(around.common / path) == os.path.realpath(around.root)


def _is_one_of(*values: str) -> Callable[[str, Surroundings], bool]:
    return lambda value, around: value.lower() in values


_CHECKED: Mapping[str, Callable[[str, Surroundings], bool]] = {
    "core.worktree": _is_own_work_tree,
    "extensions.partialclone": _is_remote,
    "extensions.refstorage": _is_one_of("files", "reftable"),
    "user.signingkey": lambda value, around: bool(_KEY.fullmatch(value)),
    "gpg.format": _is_one_of("openpgp", "x509", "ssh"),
    "branch.*.merge": _is_branch,
    "branch.*.pushremote": _is_remote,
    "branch.*.remote": _is_remote,
    "remote.pushdefault": _is_remote,
    "remote.*.fetch": _is_fetched_aside,
    "remote.*.url": is_harmless_address,
    "remote.*.pushurl": is_harmless_address,
    "submodule.*.update": _is_one_of("checkout", "rebase", "merge", "none"),
    "http.sslverify": _is_one_of("true", "1", "yes", "on"),
    # What `git lfs install --local` writes.
    "filter.lfs.clean": _is_one_of("git-lfs clean -- %f"),
    "filter.lfs.smudge": _is_one_of("git-lfs smudge -- %f", "git-lfs smudge --skip -- %f"),
    "filter.lfs.process": _is_one_of("git-lfs filter-process", "git-lfs filter-process --skip"),
    "filter.lfs.required": _is_one_of("true", "false"),
}
