"""Proposals for a file that does not parse: small steps around the reported line, searched until the file parses.

Nothing is mended silently: a proposal is a whole new text with its diff, to be confirmed. It is made only if the file
then parses, no field of the root vanishes, and every line that begins an entry begins one.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

import yaml

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.writer import in_flow
from partner_tui.manifest.repair.flow import broken_in_brackets, is_in_brackets
from partner_tui.manifest.repair.lines import Lines, RepairStep, in_text_block, where
from partner_tui.manifest.repair.quotes import FIELD, MEMBER, comment_apart, key_quoted
from partner_tui.manifest.repair.steps import steps_around
from partner_tui.manifest.repair.texts import anchors, quoted_text, stands_plain
from partner_tui.manifest.resource_types import GROUPS
from partner_tui.manifest.text.composing import PARSER
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import frozen

MAX_PROPOSALS = 5
_DEPTH = 8  # steps that are combined
_WIDTH = 10  # unfinished texts that are followed at a time
_READ_AT_MOST = 150_000_000  # characters that all trials may parse: a second or two
_VALUES_COST = 15  # times what a trial costs that stops at the parser
_LONGEST = 1_000_000  # of a file that is searched
_BREAK = re.compile(r"(\r\n|\r|\n)")
_ROOT_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ ]*:(?:\s|$)")
_ID_LINE = re.compile(r"[ \t]*-[ \t]+(?:\{[ \t]*)?id[ ]*:(?:\s|$)")
_LISTS_WITH_IDS = frozenset({"inputs", "outputs", "partners"})  # besides entries; their members have ids too


@dataclass(frozen=True, slots=True)
class RepairCandidate:
    """One way to mend a file.

    Attributes:
        title: What is done, in words, lines counted from 1.
        text: The whole mended text; it parses.
        lines: How many lines change.
        diff: Unified, without line breaks and file names.
    """

    title: str
    text: str
    lines: int
    diff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A text on the way; `line` and `column` (from 0) say where it fails."""

    lines: Lines
    steps: tuple[RepairStep, ...]
    changed: frozenset[int]
    line: int
    column: int


def repair_proposals(text: str, name: str = "manifest") -> tuple[RepairCandidate, ...]:
    """The ways found to make a text parse, the one that changes fewest lines first; at most `MAX_PROPOSALS`.

    Args:
        text: The whole text of a manifest or an RDF.
        name: What messages call it.

    Returns:
        Nothing when it parses already, or when nothing small mends it. The first is unambiguous when
        `is_unambiguous` says so.
    """
    try:
        Document.parse(text, name)
        return ()
    except ManifestParseError as error:
        if error.kind != "yaml" or len(text) > _LONGEST:
            return ()
    return _Search(text, name).run()


def is_unambiguous(proposals: tuple[RepairCandidate, ...]) -> bool:
    """Whether the first proposal changes fewer lines than every other one."""
    return bool(proposals) and all(other.lines > proposals[0].lines for other in proposals[1:])


class _Search:
    """A search step by step: of the texts that fail further down than before, the furthest are followed."""

    def __init__(self, text: str, name: str) -> None:
        parts = _BREAK.split(text)
        self._text, self._name = text, name
        self._breaks = [*parts[1::2], ""]
        self._lines: Lines = tuple(parts[0::2])
        self._left = _READ_AT_MOST
        self._seen: set[int] = set()

    def run(self) -> tuple[RepairCandidate, ...]:
        first = self._tried(self._lines, (), frozenset())
        front = [first] if first is not None else []
        done: list[_Attempt] = []
        if (step := all_quotes(self._lines)) and (
            quoted := self._tried(step.done(self._lines), (step,), frozenset(step.lines))
        ):
            (done if quoted.line < 0 else front).append(quoted)
        for _ in range(_DEPTH):
            open_: list[_Attempt] = []
            for trial in front:
                for step in steps_around(trial.lines, min(trial.line, len(trial.lines) - 1)):
                    new = self._tried(
                        step.done(trial.lines), (*trial.steps, step), trial.changed | step.lines.keys()
                    )
                    if new is None:
                        continue
                    if new.line < 0:
                        done.append(new)
                    elif (new.line, new.column) > (trial.line, trial.column):
                        open_.append(new)
            if proposals := self._accepted(done):
                return proposals
            done, front = [], sorted(open_, key=lambda one: (-one.line, len(one.changed)))[:_WIDTH]
        return ()

    def _tried(self, lines: Lines, steps: tuple[RepairStep, ...], changed: frozenset[int]) -> _Attempt | None:
        """A text with the place of its first error; None when it was tried before or the search has cost enough."""
        text = "\n".join(lines)
        if hash(text) in self._seen or self._left < 0:
            return None
        self._seen.add(hash(text))
        self._left -= len(text)
        line, column = _first_error(text.removeprefix("\ufeff"))
        if line < 0:
            self._left -= _VALUES_COST * len(text)
            line, column = _without_value(text.removeprefix("\ufeff"))
        return _Attempt(lines, steps, changed, line, column)

    def _joined(self, lines: Lines) -> str:
        return "".join(part for pair in zip(lines, self._breaks, strict=True) for part in pair)

    def _accepted(self, trials: list[_Attempt]) -> tuple[RepairCandidate, ...]:
        """Those that mean something sensible, one for each meaning, the most likely first."""
        ranked: list[tuple[tuple[int, ...], Any, RepairCandidate]] = []
        for trial in trials:
            text = self._joined(trial.lines)
            try:
                document = Document.parse(text, self._name)
            except ManifestParseError:
                continue
            if not _is_whole(document, trial):
                continue
            changed = sum(old != new for old, new in zip(self._lines, trial.lines, strict=True))
            odd = sum(not step.expected for step in trial.steps)
            rank = (document.duplicate_count, odd > 0, changed, odd, len(_shapes(document.data)))
            diff = difflib.unified_diff(self._lines, trial.lines, n=2, lineterm="")
            title = "; ".join(step.title for step in trial.steps)
            proposal = RepairCandidate(title[:1].upper() + title[1:], text, changed, tuple(diff)[2:])
            ranked.append((rank, frozen(document.data), proposal))
        kept: dict[Any, RepairCandidate] = {}
        for _, meaning, proposal in sorted(ranked, key=lambda one: one[0]):
            kept.setdefault(meaning, proposal)
        return tuple(kept.values())[:MAX_PROPOSALS]


def _first_error(text: str) -> tuple[int, int]:
    """Line and column (from 0) of a text's first error; (-1, -1) if there is none."""
    loader = PARSER(text)
    try:
        if hasattr(loader, "raw_parse"):
            loader.raw_parse()  # the C parser without Python's objects: some 20 times as fast
        else:
            while loader.check_event():
                loader.get_event()
    except yaml.MarkedYAMLError as error:
        opened = re.search("quoted|flow", error.context or "")  # never closed: where it was opened says more
        mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
        return (mark.line, mark.column) if mark is not None else (0, 0)
    except yaml.YAMLError:
        return 0, 0
    finally:
        loader.dispose()
    return -1, -1


def _without_value(text: str) -> tuple[int, int]:
    """Line and column (from 0) of what is written properly and has no value; (-1, -1) if there is nothing such.

    An alias of nothing, an unknown tag, a key that is a list.
    """
    try:
        Document.parse(text)
    except ManifestParseError as error:
        return max(0, error.line - 1), max(0, error.column - 1)
    return -1, -1


def _is_whole(document: Document, trial: _Attempt) -> bool:
    """Whether a mended text still has all fields of its root, and an entry for each line that begins one."""
    data = document.data
    if not isinstance(data, dict):
        return False
    for number, line in enumerate(trial.lines):
        field = _ROOT_FIELD.match(line)
        if field and number not in trial.changed and field[1] not in data:
            return False
    if not any(isinstance(data.get(name), list) for name in ("collection", *GROUPS)):
        return True
    begun = sum(bool(_ID_LINE.match(line)) for line in trial.lines)
    entries = [entry.path for entry in read_manifest(document).entries if next(iter(entry.own), "") == "id"]
    dashed = [path for path in entries if not in_flow(document.node(path[:-1]))]
    return begun == len(dashed) + _other_ids(document.root)


def _other_ids(node: yaml.Node | None, key: str = "") -> int:
    """How many members of lists that are no entries begin with an id by right, behind a dash."""
    if isinstance(node, yaml.MappingNode):
        return sum(_other_ids(value, str(name.value)) for name, value in node.value)
    if not isinstance(node, yaml.SequenceNode):
        return 0
    inside = sum(_other_ids(member) for member in node.value)
    if key not in _LISTS_WITH_IDS or in_flow(node):
        return inside
    mappings = [member.value for member in node.value if isinstance(member, yaml.MappingNode)]
    return inside + len([pairs for pairs in mappings if pairs and pairs[0][0].value == "id"])


def _shapes(data: Any) -> set[tuple[tuple[str, ...], frozenset[str]]]:
    """The kinds of mappings and lists in a file: of two ways to mend it, the more regular has fewer of them."""
    found: set[tuple[tuple[str, ...], frozenset[str]]] = set()
    waiting: list[tuple[Any, tuple[str, ...]]] = [(data, ())]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, dict):
            found.add((path, frozenset(map(str, value))))
            waiting += [(member, (*path, str(key))) for key, member in value.items()]
        elif isinstance(value, list):
            waiting += [(member, (*path, "*")) for member in value]
        else:
            found.add((path, frozenset()))
    return found


_SUSPECT = re.compile(r"[%@`&*!|>=<{\[\]},\"']|[-?](?:[ \t]|$)|.*(?::[ \t]|:$)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")

_FAR = 20  # lines over which a text in quotes may go on


def all_quotes(lines: Lines) -> RepairStep | None:
    """Every text that cannot stand without quotes, quoted in one step; None where fewer than two need them."""
    names = anchors("\n".join(lines))
    changed: dict[int, str] = {}
    texts = 0
    for number, line in enumerate(lines):
        if number in changed or not line.strip() or line.lstrip().startswith("#"):
            continue
        inside, found = broken_in_brackets(lines, number, names)
        mended = key_quoted(line) or _quoted(lines, number, names)
        if (found or mended) and not in_text_block(lines, number):
            texts += len(found) or 1
            changed |= inside or {number: mended or line}
    if texts < 2:
        return None
    return RepairStep(f"{where(changed)}: quote {texts} texts", changed, expected=True)


def _quoted(lines: Lines, number: int, names: frozenset[str]) -> str | None:
    """A line with its value in quotes, where it needs some."""
    found = FIELD.match(lines[number]) or MEMBER.match(lines[number])
    if found is None or not _SUSPECT.match(found["value"]) or _BLOCK.match(found["value"]):
        return None
    value, comment = comment_apart(found["value"])
    if is_in_brackets(value) or stands_plain(value, names, in_flow=False):
        return None
    if value[0] in "'\"" and any(value[0] in line for line in lines[number + 1 : number + _FAR]):
        return None  # may go on there
    return f"{found['lead']}{quoted_text(value)}{comment}{found['tail']}"
