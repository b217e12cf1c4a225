"""The files of a step, written all or none. Nothing else in the package writes into a work tree, but git itself.

New contents are written beside their places first, which is where a full disk, a read-only folder or a file in a
folder's place shows; then they are renamed. An error at any point puts back what was replaced.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from partner_tui.errors import FileChangedOutside, PartnerTuiError
from partner_tui.manifest.text.composing import MAX_CHARACTERS
from partner_tui.repository.atomic import stage_file, sync_folder, why_not_written
from partner_tui.repository.clone_files import contained, manifest_path
from partner_tui.repository.stale_files import remove_leftovers
from partner_tui.workspace.steps.step import FileChange, Step

MAX_BYTES = 4 * MAX_CHARACTERS


class NotPutBack(PartnerTuiError):
    """A step failed, and not all of its files could be put back as they were."""


def real_path(root: Path, path: str) -> str:
    """The file that a path leads to, links followed, as a path from the root.

    Raises:
        PartnerTuiError: It leads out of the folder, or to where git keeps its own files.
    """
    real = contained(root, path)
    if real is None:
        raise PartnerTuiError(
            f"{path} points outside the repository.", "Replace the link with a file of the repository."
        )
    return real.relative_to(root.resolve()).as_posix()


def refuse_link(root: Path, manifest_name: str) -> None:
    """Opening follows a link once; one that took the manifest's place since is neither read nor written through.

    Raises:
        PartnerTuiError: There is one; where it leads, when that is no file of the clone.
    """
    manifest_path(root, manifest_name)
    if real_path(root, manifest_name) != manifest_name:
        raise PartnerTuiError(
            f"{manifest_name} is now a link.", "Replace the link with the file that it points to."
        )


def read_file(root: Path, path: str) -> bytes | None:
    """A file of the folder as it is on disk; None when it is not there.

    Raises:
        PartnerTuiError: It is no plain file, is larger than any text of a partner, may not be read, or leads out of the folder.
    """
    file = root / real_path(root, path)
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise PartnerTuiError(f"{path} is not a regular file.", "Rename or remove it, then try again.")
        if status.st_size > MAX_BYTES:
            raise PartnerTuiError(f"{path} is too large ({status.st_size / 1e6:.0f} MB).", "Check the file.")
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise PartnerTuiError(
            f"{path} cannot be read: {error.strerror or error}.", "Check the file and its permissions."
        ) from error


def check_before(root: Path, changes: Sequence[FileChange]) -> None:
    """Refuse changes of files that are not as they were read.

    Raises:
        FileChangedOutside: One of them is not.
    """
    for change in changes:
        if read_file(root, change.path) != change.before:
            raise FileChangedOutside(
                f"{change.path} was changed by another program.",
                "Nothing was written. Reload it (ctrl+r in the app), then repeat the edit.",
            )


def missing_folders(root: Path, changes: Sequence[FileChange]) -> tuple[str, ...]:
    """The folders that have to be made for new files, outermost first."""
    found: dict[str, None] = {}
    for change in changes:
        if change.after is not None:
            above = [folder for folder in PurePosixPath(change.path).parents if folder.name]
            found |= {folder.as_posix(): None for folder in reversed(above) if not (root / folder).is_dir()}
    return tuple(found)


def write(root: Path, step: Step, removable: Collection[str] = ()) -> None:
    """Write a step's files.

    Args:
        removable: Folders to remove where the step leaves them empty.

    Raises:
        FileChangedOutside: A file is not as it was before the step; nothing was changed.
        NotPutBack: It failed, and some files have their new content.
        PartnerTuiError: It failed; nothing was changed.
    """
    made: list[str] = []
    staged: list[Path] = []
    written: list[FileChange] = []
    try:
        for folder in missing_folders(root, step.files):
            _make_folder(root, folder)
            made.append(folder)
        for change in step.files:
            with _naming(change.path):
                staged.append(
                    Path() if change.after is None else stage_file(root / change.path, change.after)
                )
        for change, temporary in zip(step.files, staged, strict=True):
            check_before(root, (change,))
            with _naming(change.path):
                _put(root / change.path, temporary)
            written.append(change)
    except BaseException as error:
        left = _put_back(root, written)
        for temporary in staged:
            if temporary.name:
                temporary.unlink(missing_ok=True)
        remove_empty(root, made)
        if left:
            raise NotPutBack(
                f"{error}, and these written files could not be restored: {', '.join(left)}.",
                "Make the repository writable, then open it again to finish or roll back.",
            ) from error
        if isinstance(error, _CannotWrite):
            raise PartnerTuiError(f"{error}. Nothing was changed.", error.hint) from error
        raise
    for parent in {(root / change.path).parent for change in step.files}:
        sync_folder(parent)
    remove_empty(root, removable)


class _CannotWrite(Exception):
    def __init__(self, path: str, reason: str, hint: str) -> None:
        super().__init__(f"{path} cannot be written: {reason}")
        self.hint = hint


@contextlib.contextmanager
def _naming(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _CannotWrite(path, *why_not_written(error)) from error


def _make_folder(root: Path, folder: str) -> None:
    with _naming(folder):
        try:
            (root / folder).mkdir()
        except (FileExistsError, NotADirectoryError) as error:
            reason = "there is a file where a folder is needed"
            raise _CannotWrite(folder, reason, "Rename or remove that file, then try again.") from error
        sync_folder((root / folder).parent)


def _put(path: Path, staged: Path) -> None:
    """Put a new content in its place; an empty path stands for a file that is to be removed."""
    if staged.name:
        staged.replace(path)
    else:
        path.unlink(missing_ok=True)


def _put_back(root: Path, written: Sequence[FileChange]) -> list[str]:
    """Give files their old content again, newest first; the paths of those that could not be."""
    failed = []
    for change in reversed(written):
        try:
            path = root / change.path
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, Path() if change.before is None else stage_file(path, change.before))
            sync_folder(path.parent)
        except OSError:
            failed.append(change.path)
    return failed


def remove_empty(root: Path, folders: Collection[str]) -> None:
    """Remove those of some folders that are empty, the innermost first."""
    for folder in sorted(folders, key=len, reverse=True):
        with contextlib.suppress(OSError):
            (root / folder).rmdir()


# After a crash


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """How a step that was interrupted ended.

    Args:
        finished: Whether all its files have their new content; else none has.
        kept: Files that hold neither content, since somebody changed them meanwhile; they were left alone.
    """

    finished: bool
    kept: tuple[str, ...]


def settle(root: Path, step: Step, removable: Collection[str]) -> StepOutcome:
    """Finish a step that a crash interrupted, or roll it back.

    It is finished where at least one file has its new content. A file that was changed by others after the crash is never
    written; where such a file comes after the last one that was written, it was probably edited as it was before the step,
    and the step is rolled back.

    Raises:
        PartnerTuiError: Neither is possible now.
    """
    for folder in {(root / change.path).parent for change in step.files}:
        remove_leftovers(folder, "save")
    state = [_state(root, change) for change in step.files]
    kept = tuple(c.path for c, now in zip(step.files, state, strict=True) if now == "other")
    last_new = max((place for place, now in enumerate(state) if now == "new"), default=-1)
    foreign = [place for place, now in enumerate(state) if now == "other"]
    olds = tuple(c for c, now in zip(step.files, state, strict=True) if now == "old")
    news = tuple(c for c, now in zip(step.files, state, strict=True) if now == "new")
    if last_new >= 0 and all(place < last_new for place in foreign):
        try:
            write(root, Step(step.title, olds), removable)
        except PartnerTuiError:
            pass  # such as a folder that is read-only by now
        else:
            return StepOutcome(True, kept)
    write(root, Step(step.title, news).reversed(), {*removable, *step.folders})
    return StepOutcome(False, kept)


def _state(root: Path, change: FileChange) -> str:
    now = read_file(root, change.path)
    return "new" if now == change.after else "old" if now == change.before else "other"
