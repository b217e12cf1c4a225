"""Quotes for single texts inside [ ] and { } that cannot stand there without: never the whole list as one text.

What is between the brackets is read with more patience than YAML has: a comma parts two members whatever they look like,
and a template (`{{ name }}`) is a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from partner_tui.manifest.repair.lines import LOOK_BACK, Lines, RepairStep
from partner_tui.manifest.repair.texts import TEMPLATE, anchors, quoted_text, stands_plain
from partner_tui.manifest.text.composing import MAX_DEPTH

_OPENED = re.compile(r"(?:[ \t]*(?:(?:- +)+|(?:- +)*[^\s\-#'\"\[\]{}%@`][^:#'\"]*:[ \t]+)|^)(?=[\[{])")
_QUOTED = re.compile(r"""'(?:[^'\n]|'')*'|"(?:[^"\\\n]|\\.)*\"""")
_BEHIND_QUOTED = re.compile(r"\s*(?:[,\]}\n]|:(?:\s|$)|$)")
_BEHIND_INNER = re.compile(r"[ \t]*(?:[,\]}\n#:]|$)")
_BEHIND_ALL = re.compile(r"[ \t]*(?:#.*)?(?:\n|$)")
_BEFORE_VALUE = re.compile(r"\s*:")
_COMMENT_BEHIND = re.compile(r"[ \t]+#[^\]}]*$")
_MOST_LINES = 40


def is_in_brackets(value: str) -> bool:
    """Whether a value is one list or mapping in brackets, rather than a text that begins with a bracket."""
    if TEMPLATE.match(value) or value[:1] not in ("[", "{"):
        return False
    value = _COMMENT_BEHIND.sub("", value)
    closing = "]" if value[0] == "[" else "}"
    first = value.find(closing)
    return value.endswith(closing) and (
        first == len(value) - 1 or bool(_BEHIND_INNER.match(value, first + 1))
    )


def flow_quotes(lines: Lines, number: int) -> Iterator[RepairStep]:
    """Quote the texts that need quotes in the list or mapping in brackets that a line belongs to."""
    for first in range(number, max(-1, number - LOOK_BACK), -1):
        if _OPENED.match(lines[first]):
            changed, texts = broken_in_brackets(lines, first, anchors("\n".join(lines)))
            if texts:
                what = f"“{texts[0]}”" if len(texts) == 1 else f"{len(texts)} texts"
                yield RepairStep(f"line {min(changed) + 1}: quote {what}", changed, expected=True)
            return


def broken_in_brackets(
    lines: Lines, first: int, names: frozenset[str]
) -> tuple[dict[int, str], tuple[str, ...]]:
    """The lines of what a line opens with every text quoted that needs quotes, and these texts."""
    opened = _OPENED.match(lines[first])
    if opened is None:
        return {}, ()
    text = "\n".join(lines[first : first + _MOST_LINES])[opened.end() :]
    reading = _Reading(text)
    if TEMPLATE.match(text) or reading.collection(0) is None:
        return {}, ()
    parts: list[str] = []
    texts: list[str] = []
    at = 0
    for start, end in reading.texts:
        one = text[start:end]
        if one == "<<" and _BEFORE_VALUE.match(text, end):
            continue  # brings in another mapping: in quotes it would be a field
        if not stands_plain(one, names, in_flow=True):
            parts += [text[at:start], quoted_text(one)]
            texts.append(one)
            at = end
    written = "".join([*parts, text[at:]]).split("\n")
    written[0] = lines[first][: opened.end()] + written[0]
    changed = {first + place: line for place, line in enumerate(written) if line != lines[first + place]}
    return changed, tuple(texts)


@dataclass(slots=True)
class _Reading:
    """What is in brackets, as it is read.

    Attributes:
        text: It begins with the opening bracket.
        texts: Where each text in it begins and ends.
        unclosed: Brackets that begin a text, since nothing closes them; each is tried once.
    """

    text: str
    texts: list[tuple[int, int]] = field(default_factory=list)
    unclosed: set[int] = field(default_factory=set)

    def collection(self, start: int, depth: int = 0) -> int | None:
        """Read a list or mapping and give the place behind it; None if it is never closed, or too deep."""
        if depth > MAX_DEPTH:
            return None
        text = self.text
        closing = "]" if text[start] == "[" else "}"
        at = start + 1
        while at < len(text):
            if self._closes(at, closing, depth):
                return at + 1
            if text[at] in ", \t\n" or (text[at] == ":" and text[at + 1 : at + 2] in (" ", "\n", "")):
                at += 1
            else:
                begin = at
                at = self._member(at, closing, depth)
                if at == begin:
                    return None
        return None

    def _closes(self, at: int, closing: str, depth: int) -> bool:
        behind = _BEHIND_INNER if depth else _BEHIND_ALL
        return self.text[at] == closing and bool(behind.match(self.text, at + 1))

    def _member(self, start: int, closing: str, depth: int) -> int:
        """Read what stands between two commas, a key or its value, and give the place behind it."""
        text = self.text
        if text[start] in "[{" and start not in self.unclosed and not TEMPLATE.match(text, start):
            known = len(self.texts)
            inner = self.collection(start, depth + 1)
            if inner is not None and _BEHIND_INNER.match(text, inner):
                return inner
            self.unclosed.add(start)
            del self.texts[known:]  # a text that begins with a bracket
        before = text[:start].rstrip(" \t\n")
        end = self._text(start, closing, depth, closing == "}" and before.endswith((",", "{")))
        if end > start:
            self.texts.append((start, end))
        return end

    def _text(self, start: int, closing: str, depth: int, is_key: bool) -> int:
        """Where a text ends: before the comma or bracket behind it, or the colon of a key."""
        text = self.text
        quoted = _QUOTED.match(text, start)
        if quoted and _BEHIND_QUOTED.match(text, quoted.end()):
            return quoted.end()
        at = start
        while at < len(text):
            if template := TEMPLATE.match(text, at):
                at = template.end()
                continue
            if text[at] in ",\n" or self._closes(at, closing, depth):
                break
            if is_key and text[at] == ":" and text[at + 1 : at + 2] in (" ", "\n", ""):
                break
            at += 1
        return start + len(text[start:at].rstrip(" \t"))
