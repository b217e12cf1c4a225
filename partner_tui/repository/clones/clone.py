"""Makes a clone that holds little: history without file contents, the manifest and RDFs checked out, the rest on demand.

It grows in a temporary folder beside its target and is renamed when it is complete, so that a cancelled or killed
clone never looks like one.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError, SourceError
from partner_tui.repository.clones.source import Source
from partner_tui.repository.commits.commit import has_commit
from partner_tui.repository.git import Watch, run, run_fully
from partner_tui.repository.process.failures.kinds import NotWritable
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.stale_files import remove_leftovers, temporary_prefix

# What the app reads of every entry at once; anything else is fetched when it is looked at.
CHECKED_OUT = ("*.yaml", "*.yml", "*.imjoy.html", "*.md")


def clone(source: Source, target: Path, log: GitLog | None = None, **watch: Unpack[Watch]) -> None:
    """Clone a remote into ``target``, which must not exist or be empty.

    Of a remote without commits, or whose default branch is gone, it is a clone on a branch without commits.

    Raises:
        Cancelled: Nothing is left behind.
        GitError: See ``failures``.
        SourceError: The source is no remote, or the target is taken.
    """
    url = source.url
    if url is None or url.startswith("-"):
        raise SourceError(f"{source.text} cannot be cloned.", "Give a git URL.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SourceError(f"{target} already exists.", "Open it as a folder, or move it away.")
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(target.parent, "clone")
        temporary = Path(tempfile.mkdtemp(prefix=temporary_prefix("clone"), dir=target.parent))
    except OSError as error:
        raise NotWritable(
            f"{target.parent} cannot be written to: {error.strerror}.", "Choose another folder."
        ) from error
    try:
        _clone_into(temporary, url, source.branches, log, watch)
        temporary.chmod(0o755)
        temporary.rename(target)
    except OSError as error:
        raise NotWritable(
            f"{target} cannot be written: {error.strerror}.", "Choose another folder."
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        for folder in missing:
            with contextlib.suppress(OSError):  # the clone lies in it
                folder.rmdir()


def _clone_into(folder: Path, url: str, branches: Sequence[str], log: GitLog | None, watch: Watch) -> None:
    command = ["clone", "--progress", "--no-checkout", "--filter=blob:none", "--template="]
    command += ["--no-recurse-submodules", "--origin=origin"]
    # A known partner may have renamed its branch: the remote's default branch, None, is the next best.
    for branch in (*branches, None):
        try:
            which = [f"--branch={branch}"] if branch else []
            made = run_fully([*command, *which, "--", url, "."], cwd=folder, log=log, **watch)
            break
        except GitError as error:
            if branch is None or "Remote branch" not in error.output:
                raise
    if "filtering not recognized" not in made.words:
        run(["sparse-checkout", "set", "--no-cone", *CHECKED_OUT], cwd=folder, log=log, **watch)
    if has_commit(folder):
        run(["checkout", "--progress"], cwd=folder, log=log, **watch)
