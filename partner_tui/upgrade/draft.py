"""An entry while it is upgraded: its values, free to change, and the few ways in which a fix may reach beyond them.

What a fix respells, repeats or adds on its own authority it declares here; the audit lets nothing else pass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from partner_tui.manifest.files import CloneFiles, NoFiles
from partner_tui.manifest.text.document import Path
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Answers, Question
from partner_tui.upgrade.siblings import Sibling


class Open(Exception):
    """A question has no answer, and nothing sensible can be done without one."""


class CannotUpgrade(Exception):
    """The entry cannot be finished; the text says why."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to create.

    Attributes:
        path: Relative to the clone, POSIX.
        content: Its text.
        url: What it stands for, where it is one file for a URL.
    """

    path: str
    content: str
    url: str = ""


class NewFiles:
    """The files that a plan creates: one for each content, never over a file that is there.

    Args:
        declined: Paths that the maintainer does not want.
    """

    def __init__(self, files: CloneFiles, declined: Collection[str] = ()) -> None:
        self._files = files
        self._declined = declined
        self.made: dict[str, NewFile] = {}

    def create(self, path: str, content: str, url: str = "") -> str:
        """The path of a file with this content: one that is planned or there already, else a new one.

        Raises:
            CannotUpgrade: The new one was declined.
        """
        path = self._path(path, content, url)
        if path in self.made and path in self._declined:
            raise CannotUpgrade(f"the new file {path} was declined")
        return path

    def _path(self, path: str, content: str, url: str) -> str:
        for made in self.made.values():
            if (url and made.url == url) or (made.content == content and _folder(made.path) == _folder(path)):
                return made.path
        stem, dot, suffix = path.rpartition(".")
        candidate, number = path, 1
        while candidate in self.made or (
            self._files.exists(candidate) and self._files.read_text(candidate) != content
        ):
            number += 1
            candidate = f"{stem}-{number}{dot}{suffix}"
        if not self._files.exists(candidate):
            self.made[candidate] = NewFile(candidate, content, url)
        return candidate

    def text(self, path: str) -> str:
        """The text of a file, planned or there."""
        made = self.made.get(path)
        return made.content if made else self._files.read_text(path) or ""


class Draft:
    """An entry's resolved data as a deep copy to work on.

    Attributes:
        data: The fields; fixes change them in place.
        old: The fields as they were. Read only.
        id: The entry's id, or its place ("entry 3") when it has none.
        partner_id: Names the part of `config` in which values are kept.
        files: The clone.
        base: The folder that the data's relative paths start from, relative to the clone.
        is_taken: Whether another entry of the manifest has an id.
        inherited: The fields that come back when the entry leaves them out, since its root has them.
        group: The group of the manifest that the entry stands in.
        token: A scalar of the old data as it is written.
        siblings: The other models of the manifest.
        answers: What was answered.
        fix: Name of the fix that is at work.
        questions: What was asked, in order, answered or not.
        open: Keys of the questions without an answer.
        is_skipped: Whether the maintainer skipped one of them.
        degraded: What is valid, but less than it was or could be.
        respelled: (old, new) pairs of scalars that a fix spelled anew.
        repeated: (gone, standing) pairs: scalars that a fix removed because another one says the same.
        moved: (field, value) pairs of what went into `config`.
        kept: Values beside the data that have to be found in the result as well.
        added: Scalars that a fix knows by itself or read in the clone.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        id: str = "",
        partner_id: str = "",
        files: CloneFiles | None = None,
        new_files: NewFiles | None = None,
        base: str = "",
        group: str | None = None,
        answers: Answers | None = None,
        token: Callable[[Path], str | None] = lambda path: None,
        latest: Callable[[str | None], str] = lambda kind: "",
        siblings: Callable[[], Iterable[Sibling]] = lambda: (),
        is_taken: Callable[[str], bool] = lambda id: False,
        inherited: Iterable[str] = (),
    ) -> None:
        self.data: dict[str, Any] = deepcopy(dict(data))
        self.old: dict[str, Any] = deepcopy(dict(data))
        self.id = id
        self.partner_id = partner_id
        self.files = files or NoFiles()
        self.new_files = new_files or NewFiles(self.files)
        self.base = base
        self.group = group
        self.answers = answers or Answers()
        self.is_taken = is_taken
        self.inherited = frozenset(inherited)
        self.token = token
        self.siblings = siblings
        self.latest = latest
        self.fix = ""
        self.questions: list[Question] = []
        self.open: list[str] = []
        self.is_skipped = False
        self.degraded: list[str] = []
        self.created: list[str] = []
        self.respelled: list[tuple[Any, Any]] = []
        self.repeated: list[tuple[Any, Any]] = []
        self.added: list[Any] = []
        self.moved: list[tuple[str, Any]] = []
        self.kept: list[Any] = []

    @property
    def type(self) -> str | None:
        """The resource type."""
        kind = self.data.get("type")
        return kind if isinstance(kind, str) else None

    def ask(self, question: Question) -> Any:
        """The answer. Without one, the entry is open; the proposal serves to find the questions behind it.

        Raises:
            Open: There is neither an answer nor a proposal.
        """
        question = replace(question, entries=(self.id,), fix=self.fix)
        if (alone := question.alone(self.id)).key in self.answers.questions:
            question = alone
        if all(asked.key != question.key for asked in self.questions):
            self.questions.append(question)
        answer = self.answers.find(question)
        if answer is UNANSWERED or answer is SKIPPED:
            if question.key not in self.open:
                self.open.append(question.key)
            self.is_skipped |= answer is SKIPPED
            if question.proposal is None:
                raise Open(question.key)
            return deepcopy(question.proposal)
        self.adds(answer)
        return deepcopy(answer)

    def to_config(self, field: str, value: Any) -> None:
        """Keep a value word for word in `config.<partner id>.<field>`; beside what is there already."""
        config = self.data.get("config")
        if not isinstance(config, dict):
            config = {}
            self.data["config"] = config
        name = self.partner_id or "original"
        kept = config.get(name)
        if not isinstance(kept, dict):
            if kept is not None:
                name = f"{name}_original"
            kept = config.setdefault(name, {}) if config.get(name) is not None else {}
            config[name] = kept
        free, number = field, 1
        while free in kept and kept[free] != value:
            number += 1
            free = f"{field}_{number}"
        kept[free] = value
        self.moved.append((field, value))

    def go_on_from(self, first: Draft, kept: Iterable[tuple[str, Any]]) -> None:
        """Go on from the draft of the text in which keys were written twice: what was asked for it, and (field, value) kept."""
        self.questions, self.open, self.added = first.questions, first.open, first.added
        for field, value in kept:
            self.kept.append(value)
            self.to_config(field, value)

    def drop_if_empty(self, field: str) -> None:
        """Leave a list out that has nothing left."""
        if self.data.get(field) == []:
            del self.data[field]

    def free_id(self, id: str) -> str:
        """The id, or with a number where another entry of the manifest has it already."""
        free, number = id, 1
        while self.is_taken(free):
            number += 1
            free = f"{id}-{number}"
        return free

    def create_file(self, path: str, content: str, url: str = "") -> str:
        """Plan a new file (one for each URL) and give the path to write into the entry.

        Args:
            path: Where it is wanted, relative to `base`; another name is taken where this one is.
            content: Its text.
            url: What it stands for.

        Raises:
            CannotUpgrade: The maintainer declined the file.
        """
        wanted = f"{self.base}/{path}" if self.base else path
        made = self.new_files.create(wanted, content, url)
        self.created.append(made)
        written = made.removeprefix(f"{self.base}/") if self.base else made
        self.adds(written)
        return written

    def note_degraded(self, text: str) -> None:
        """Say that the result is valid but less than it could be, and why."""
        if text not in self.degraded:
            self.degraded.append(text)

    # What the audit has to know

    def respell(self, old: Any, new: Any) -> Any:
        """Declare that a scalar is spelled anew, its meaning kept; gives `new`."""
        if old != new or type(old) is not type(new):
            self.respelled.append((old, new))
        return new

    def repeats(self, gone: Any, standing: Any = None) -> None:
        """Declare that a scalar is removed since another one (by default its equal) says the same."""
        self.repeated.append((gone, gone if standing is None else standing))

    def adds(self, value: Any) -> Any:
        """Declare scalars that come from an answer, the clone or a fix's own table; gives `value`."""
        self.added.append(deepcopy(value))
        return value


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
