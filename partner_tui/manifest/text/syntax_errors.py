"""Readable messages for YAML syntax errors: sentence, position, context lines and a hint."""

from __future__ import annotations

import re

import yaml

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.composing import PARSER, UnsupportedYaml

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_CONFLICT = tuple(re.compile(mark, re.MULTILINE) for mark in (r"^<<<<<<< ", r"^=======\r?$", r"^>>>>>>> "))
"""What git leaves where a merge could not choose, in this order."""

INVISIBLE_BREAKS = "\x85\u2028\u2029"
"""Where a line ends in YAML 1.1 and not in YAML 1.2."""

_NOT_CLOSED = "A quoted text is not closed"

# The parser's words (libyaml's and the Python parser's differ) and ours: (pattern, sentence, hint).
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "A “: ” is not allowed here",
        'A text with ": " in it must be quoted; or this line is indented too far, or its key is on a line with another.',
    ),
    (
        "block sequence entries are not allowed|sequence entries are not allowed",
        "A “- ” is not allowed here",
        "Put the list below its key, on lines of its own; or the line above already has a value.",
    ),
    (
        "cannot start any token|tab character",
        "No value can begin with this character",
        "YAML cannot be indented with tabs; use spaces. A text that begins with @, ` or % must be quoted.",
    ),
    (
        "expected key|expected <block end>",
        "This line does not belong to the block above it",
        'Check its indentation against the lines above; a "- " may be missing on the line above, or a quote inside "..." needs a backslash.',
    ),
    (
        "'-' indicator",
        "A line that begins with “- ” was expected here",
        'Check the indentation against the lines above; a "- " may be missing here or on the line above.',
    ),
    (
        "expected .:.",
        "This line has no “: ” after its key",
        'Write "key: value"; or it continues a text from the line above that must be quoted or indented further.',
    ),
    (
        r"expected ',' or|flow sequence|flow mapping|flow node|node content",
        "A list in [ ] or a mapping in { } is not closed properly",
        'Check the brackets, the commas, and quotes inside "...".',
    ),
    (
        "Unicode character escape",
        "An escape in double quotes is not a character by itself",
        "Write the character instead, or its whole number: \\U and eight digits.",
    ),
    (
        "escape",
        "A backslash in double quotes is followed by no known escape",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    (
        "end of stream|quoted scalar",
        _NOT_CLOSED,
        "Close the quote; a \" inside \"...\" is written \\\", a ' inside '...' is written ''.",
    ),
    (
        "document start|single document|another document|document separator",
        "A second document, or text that belongs to none, begins here",
        "A manifest is one YAML document: remove the text or the line with ---, or indent it.",
    ),
    (
        "undefined alias",
        "An alias (*name) has no anchor (&name) before it",
        "A text that begins with * must be quoted.",
    ),
    ("duplicate anchor", "The anchor (&name) is defined twice", "Give each anchor a different name."),
    (
        "alias|anchor",
        "An anchor (&) or alias (*) has no proper name",
        "A text that begins with & or * must be quoted.",
    ),
    (
        "block scalar|chomping|indentation indicator",
        "A text block (| or >) does not begin properly",
        "Only a comment may follow | or > on its line; the text begins on the next line.",
    ),
    ("tag", "A tag (!) is not written properly", "A text that begins with ! must be quoted."),
    (
        "control characters|special characters|not allowed",
        "Invalid character",
        "Remove it: it is probably invisible in your editor.",
    ),
    (
        "directive",
        "A line that begins with % is read as a YAML directive",
        "Quote a text that begins with %.",
    ),
)


def explain(error: Exception, text: str, name: str) -> ManifestParseError:
    """A parser's error as one of ours.

    Args:
        error: What was raised on `text`.
        text: The text without a byte order mark.
        name: What to call the file.
    """
    kind, index, sentence, hint = "yaml", None, "It cannot be read as YAML", ""
    if isinstance(error, UnsupportedYaml):
        kind, index, sentence = error.kind, error.index, error.problem.rstrip(".")
        hint = error.hint or _REFUSED.get(kind, "")
    elif isinstance(error, UnicodeEncodeError):
        kind, index, sentence = "encoding", error.start, "Invalid character (half a surrogate pair)"
        hint = "Save it as UTF-8."
    elif isinstance(error, yaml.reader.ReaderError):
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        index = found.start() if found else None
        _, sentence, hint = _WORDS[-2]
    elif isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        index = None if mark is None else min(int(mark.index), len(text))
        problem = f"{error.problem or ''} {error.context or ''}"
        for pattern, ours, advice in _WORDS:
            if re.search(pattern, problem):
                sentence, hint = ours, advice
                break
        above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, index))) + 1
        broken = max(text.rfind(one, above, index) for one in INVISIBLE_BREAKS)
        if broken >= 0 and _readable(text) != _readable(f"{text[:broken]} {text[broken + 1 :]}"):
            code = f"{ord(text[broken]):04X}"
            index, sentence = broken, f"An invisible line break (U+{code}) ends this line"
            hint = f"Remove it, or write it as \\u{code.lower()} in double quotes."
        if sentence == _NOT_CLOSED and "quoted scalar" in problem and error.context_mark is not None:
            # The place is where the text ends, often at the end of the file: where it begins is what helps.
            begins = len(_LINE_BREAK.split(text[: error.context_mark.index]))
            sentence = f"A quoted text that begins on line {begins} is not closed"
    if kind == "yaml" and (conflict := conflict_at(text)) is not None:
        index, sentence = conflict, "Unresolved merge conflict"
        hint = "Keep what is right and remove the lines with <<<<<<<, ======= and >>>>>>>."
    if index is None:
        return ManifestParseError(f"{name}: {sentence}.", hint, kind=kind)
    lines = _LINE_BREAK.split(text)
    before = _LINE_BREAK.split(text[:index])
    line, column = len(before), len(before[-1]) + 1
    shown = lines[line - 1]
    if kind == "yaml" and re.match(r"[ ]*\t", shown):
        hint = "YAML cannot be indented with tabs; use spaces."
    context = tuple(lines[max(0, line - 2) : line + 1])
    message = f"{name}, line {line}, column {column}: {sentence}."
    return ManifestParseError(message, hint, kind=kind, line=line, column=column, context=context)


def _readable(text: str) -> int:
    """How many characters of a text the parser can read."""
    try:
        for _ in yaml.parse(text, Loader=PARSER):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return int(mark.index) if mark else 0
    return len(text) + 1  # where an error can be that is at the end


def conflict_at(text: str) -> int | None:
    """Where a merge that could not choose left both versions; None where there is no such place."""
    first, at = None, 0
    for mark in _CONFLICT:
        found = mark.search(text, at)
        if found is None:
            return None
        first, at = found.start() if first is None else first, found.end()
    return first


_REFUSED = {
    "depth": "Manifests are never nested this deeply; check the program that wrote the file.",
    "aliases": "Write the values out instead of repeating them by *name.",
    "size": "A manifest is text of a few hundred KiB; move large contents to separate files.",
    "yaml": "Quote the value, or remove the tag.",
}
