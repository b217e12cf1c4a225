"""Patches made into commits, in an index of their own: the work tree, the index and the branch stay as they are.

The rule: a patch writes files of the repository and nothing else. Git refuses paths outside and in ``.git``; links and
submodules are refused here, since a patch's text does not show where they lead.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Unpack

from partner_tui.errors import Cancelled, GitError
from partner_tui.plain import visible
from partner_tui.repository.clone_files import is_own_file
from partner_tui.repository.commits.commit import resolve
from partner_tui.repository.commits.commit_object import Writer, commit_tree
from partner_tui.repository.commits.tree_changes import own_index, tree_changes, tree_entries
from partner_tui.repository.config import Author
from partner_tui.repository.git import Watch, run
from partner_tui.repository.patches.mails import Patch, PatchSeries
from partner_tui.repository.stale_files import temporary_prefix

_FAILED = re.compile(r"^(?:error|fatal): patch failed: (.+):(\d+)$", re.MULTILINE)
_SAID = re.compile(r"^(?:error|fatal): (.+)$", re.MULTILINE)
_UNSAFE = re.compile(r"^(?:error|fatal): invalid path '(.+)'$", re.MULTILINE)
_MODES = {"120000": "a symbolic link", "160000": "a submodule"}


class PatchRefused(GitError):
    """A patch writes what no patch may, wherever it is applied."""


def apply_series(
    root: Path,
    git_folder: Path,
    series: PatchSeries,
    target: str,
    writer: Writer | None,
    **watch: Unpack[Watch],
) -> str:
    """Make a commit of each patch, on the commit that they were made from, else on the target.

    Args:
        target: The commit that they are for.
        writer: Who made a plain diff; None for the user.

    Returns:
        The hash of the last commit, to which nothing refers yet.

    Raises:
        GitError: A patch does not apply, or writes what it must not; it says which and where.
    """
    attempts = [(start, False) for start in starts(root, series, target)]
    failure: GitError | None = None
    for start, three_way in (*attempts, (target, True)):
        try:
            return _apply(root, git_folder, series, start, writer, three_way, watch)
        except (PatchRefused, Cancelled):
            raise
        except GitError as error:
            failure = failure if three_way else error
    assert failure is not None
    raise failure


def _apply(
    root: Path,
    git_folder: Path,
    series: PatchSeries,
    start: str,
    writer: Writer | None,
    three_way: bool,
    watch: Watch,
) -> str:
    with (
        own_index(git_folder) as environment,
        tempfile.TemporaryDirectory(prefix=temporary_prefix("merge")) as folder,
    ):
        run(["read-tree", start], cwd=root, extra=environment)
        tip, tree = start, resolve(root, f"{start}^{{tree}}")
        file = Path(folder, "patch")
        for number, patch in enumerate(series.patches, 1):
            file.write_bytes(patch.diff)
            which = _which(patch, number, len(series.patches))
            made = _tree(root, file, environment, three_way, which, watch)
            _check(root, tree, made, which)
            message = patch.message or "Apply a patch\n"
            tip, tree = commit_tree(root, made, (tip,), message, _writer(patch, writer), **watch), made
        return tip


def _tree(
    root: Path, file: Path, environment: Mapping[str, str], three_way: bool, which: str, watch: Watch
) -> str:
    command = ["-c", "apply.ignoreWhitespace=no", "apply", "--cached", "--whitespace=nowarn"]
    command += ["--3way"] if three_way else []
    try:
        run([*command, "--", str(file)], cwd=root, extra=environment, **watch)
        return run(["write-tree", "--missing-ok"], cwd=root, extra=environment).strip()
    except GitError as error:
        if unsafe := _UNSAFE.search(error.output):
            raise _refused(which, unsafe[1], "which is not a file of a repository") from error
        raise GitError(
            f"{which} does not apply: {_where(error.output)}.", _HINT, output=error.output
        ) from error


_HINT = "Ask for a patch that was made from your branch, or for a branch."


def _where(output: str) -> str:
    """What git could not do, in words: the file and line, else what it says first."""
    if failed := _FAILED.search(output):
        return f"{visible(failed[1], 100)} is different at line {failed[2]}"
    said = _SAID.search(output)
    words = visible(said[1], 200) if said else "git says no"
    return words.replace("does not exist in index", "is not there").replace(
        "already exists in index", "exists"
    )


def _check(root: Path, before: str, after: str, which: str) -> None:
    """Refuse what is no file of a repository, and what leads elsewhere."""
    for path, change in tree_changes(root, before, after).items():
        if not is_own_file(path):
            raise _refused(which, path, "which is not a file of a repository")
        if what := _MODES.get(change.after.mode):
            raise _refused(which, path, f"which is {what}")


def _refused(which: str, path: str, why: str) -> PatchRefused:
    return PatchRefused(f"{which} writes {visible(path, 100)}, {why}.", "Nothing of it was added.")


def _which(patch: Patch, number: int, count: int) -> str:
    name = f"Patch {number} of {count}" if count > 1 else "The patch"
    return f"{name} “{visible(patch.subject, 60)}”" if patch.subject else name


def _writer(patch: Patch, writer: Writer | None) -> Writer | None:
    """The author of the mail; who commits stays who it was."""
    if not patch.message:
        return writer
    author = Author(patch.author or patch.email or "unknown", patch.email or "unknown")
    return Writer(author, patch.date, is_trial=writer is not None and writer.is_trial)


_MOST_COMMITS = 2_000
_FILE = re.compile(rb"^diff --git ", re.MULTILINE)
_BEFORE = re.compile(rb"^index ([0-9a-f]{7,64})\.\.[0-9a-f]", re.MULTILINE)
_NAME = re.compile(rb"^(?:--- a/|rename from |copy from )([^\"\n][^\t\r\n]*)", re.MULTILINE)


def starts(root: Path, series: PatchSeries, target: str) -> list[str]:
    """Commits that a series may have been made from, the likeliest first; the last one is the target.

    There it applies as it was written, and what changed since is merged as for any branch, by entry too.
    """
    found = (_said(root, series.base), _fitting(root, series, target), target)
    return list(dict.fromkeys(filter(None, found)))


def _said(root: Path, base: str) -> str | None:
    try:
        return resolve(root, base) if base else None
    except GitError:
        return None


def _fitting(root: Path, series: PatchSeries, target: str) -> str | None:
    """The newest commit of the target's first-parent history that has the files which the first patch changes."""
    wanted = _before(series.patches[0].diff)
    if not wanted:
        return None
    held = {path: entry.hash for path, entry in tree_entries(root, target).items() if path in wanted}
    if _fits(held, wanted):
        return target
    command = ["log", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "-z", "--format=%H"]
    printed = run([*command, f"--max-count={_MOST_COMMITS}", target, "--", *wanted], cwd=root)
    commit = ""
    parts = iter(printed.split("\0"))
    for part in parts:
        about = part.strip("\n")
        if about.startswith(":"):
            held[next(parts, "")] = about.split(" ")[2]
        elif about:
            if commit and _fits(held, wanted):
                break
            commit = about
    return resolve(root, f"{commit}^") if commit and _fits(held, wanted) else None


def _before(diff: bytes) -> dict[str, str]:
    """The files that a diff changes, each with how the hash of its content began."""
    found = {}
    for about in _FILE.split(diff)[1:]:
        header = about.partition(b"\n@@ ")[0]
        before, name = _BEFORE.search(header), _NAME.search(header)
        if before and name and before[1].strip(b"0"):
            found[name[1].decode("utf-8", "surrogateescape")] = before[1].decode()
    return found


def _fits(held: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(held.get(path, "").startswith(before) for path, before in wanted.items())
