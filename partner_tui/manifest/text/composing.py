"""Parses text into YAML nodes, with limits on size and depth.

Contributed YAML is hostile: nothing is executed, and what would exhaust memory or the stack is refused
before it can, with the place it was found at.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from partner_tui.manifest.text.tokens import (
    MAP,
    NUMERIC,
    SEQ,
    STR,
    TAG,
    TYPED_WORDS,
    YAML_1_1,
    YAML_1_2,
    Schema,
)

MAX_CHARACTERS = 20 * 1024 * 1024
LARGE = 256 * 1024
MAX_DEPTH = 100

# libyaml composes recursively in C: some 30,000 levels end the process. Below this many openers it is safe.
_SAFE_OPENERS = 2000
# A real opener's next closer on its line is real too, where nothing between can be a quote, comment, anchor or tag.
_CLOSED = re.compile(r"""[\[{][^\[\]{}"'#!&*%\r\n\x85\u2028\u2029]*[\]}]""")
_OPENER, _CLOSER = re.compile(r"[\[{]"), re.compile(r"[\]}]")
# Half of the columns at which libyaml refuses a block by words of its own.
_DEEP_LINE = re.compile(r"^[ \t?:-]{500}", re.MULTILINE)
_VERSION_1_1 = re.compile(
    r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)|%(?!YAML)[^\r\n]*(?:\r\n|\r|\n))*%YAML[ \t]+1\.1\s"
)
# Where the spec library may take punctuation for a part of a name or of a text, which to PyYAML ends before it.
# What it begins with stands first: a pattern that begins with a few characters is searched for by them.
_MAYBE_GLUED = re.compile(
    r"""[*&!:?](?:
        (?<=:)(?=\S)(?<![^\s\[\]{},?"']:)
        | (?<=\?)\s*[,#]
        | (?<=!)[^\s,\[\]{}!]*[,\[\]{}]
        | (?<=[*&])(?<![^\s\[\]{},?:"'][*&])[\w-]*[?:%@`]
    )""",
    re.VERBOSE,
)
_NAMED = {"*": "an alias (*name)", "&": "an anchor (&name)", "!": "a tag (!name)"}
# libyaml skips a byte order mark where a line begins; to the spec library it is a character of the key.
_MARK_WITHIN = re.compile("(?:^|(?<=[\r\n\x85\u2028\u2029]))\ufeff")
# A plain text of a flow list or mapping that ends in a colon, which PyYAML does not read; a character without meaning
# stands for that in the meantime.
_COLON_AT_END = re.compile(r"(?<=[^\s\[\]{},\"']):(?=[,\]}])")
_STAND_IN = "\ue000"
_LEFT_OUT = re.compile(r"(?:^|[-?:{,\[])[ \t]*:(?=\s)|\?[ \t]*[,\]}]", re.MULTILINE)
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast parser, where PyYAML has one."""


PLAIN_TEXT = "".join((TAG, "str"))
"""The tag of texts again, as an object of its own: so are texts tagged that stand plain, and that no reader could type."""


class _Loader(PARSER):  # type: ignore[misc]
    """PyYAML's parser with the spec library's types for plain tokens; most are plainly texts."""

    schema = YAML_1_2

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            if not implicit[0]:
                return STR if value or implicit[1] else f"{TAG}null"  # an empty value with a bare "!" is null
            if value in TYPED_WORDS or value[0] in NUMERIC:
                return self.schema.tag(value)
            return PLAIN_TEXT
        return SEQ if kind is yaml.SequenceNode else MAP

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Path resolvers are not used."""

    def ascend_resolver(self) -> None:
        """Path resolvers are not used."""


class _Loader11(_Loader):
    schema = YAML_1_1


class _Tolerant(yaml.SafeLoader):
    """PyYAML's slow parser, taught what the spec library reads and neither of PyYAML's does.

    That is a key that is left out (`: x`), and a name that is given to two values: an alias means the one before it.
    """

    schema = YAML_1_2
    resolve = _Loader.resolve
    descend_resolver = _Loader.descend_resolver
    ascend_resolver = _Loader.ascend_resolver

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if not isinstance(event, yaml.AliasEvent) and event.anchor is not None:
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)

    def parse_block_mapping_key(self) -> Any:
        if self.check_token(yaml.ValueToken):
            return self._left_out(self.parse_block_mapping_value)
        return super().parse_block_mapping_key()  # type: ignore[no-untyped-call]

    def parse_flow_mapping_key(self, first: bool = False) -> Any:
        if not first and self.check_token(yaml.FlowEntryToken):
            first = bool(self.get_token())  # type: ignore[no-untyped-call]
        if self.check_token(yaml.ValueToken):
            return self._left_out(self.parse_flow_mapping_value)
        return super().parse_flow_mapping_key(first)

    def _left_out(self, value: Any) -> Any:
        self.state = value
        return self.process_empty_scalar(self.peek_token().start_mark)  # type: ignore[no-untyped-call]


class _Tolerant11(_Tolerant):
    schema = YAML_1_1
    parse_block_mapping_key = yaml.SafeLoader.parse_block_mapping_key  # keys are left out in 1.2 alone
    parse_flow_mapping_key = yaml.SafeLoader.parse_flow_mapping_key


class UnsupportedYaml(Exception):
    """Data that is YAML but is not taken.

    Args:
        kind: As in `ManifestParseError`.
        problem: One plain sentence.
        index: Where, in characters from the start of the composed text; None when no place is known.
        hint: What to do; by its kind when empty.
    """

    def __init__(self, kind: str, problem: str, index: int | None = None, hint: str = "") -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem
        self.index = index
        self.hint = hint


def compose(text: str, *, is_strict: bool = False) -> yaml.Node | None:
    """The node tree of one YAML document, None for an empty one.

    Args:
        is_strict: Whether what only the slow parser reads is refused, as it is in a large text.

    Raises:
        UnsupportedYaml: It is too large or too deep.
        yaml.YAMLError: It is no YAML.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnsupportedYaml("size", f"It has {len(text) / 1048576:.0f} MiB of text; the limit is 20 MiB.")
    loader, tolerant = (_Loader, _Tolerant) if schema_of(text) is YAML_1_2 else (_Loader11, _Tolerant11)
    try:
        if "\ufeff" in text and (mark := _MARK_WITHIN.search(text)):
            hint = "Remove it: it is probably invisible in your editor."
            raise UnsupportedYaml("yaml", "A byte order mark within the text", mark.start(), hint)
        if _open_at_once(text) > _SAFE_OPENERS or _DEEP_LINE.search(text):
            _refuse_depth(text)
        node: yaml.Node | None = yaml.compose(text, Loader=loader)
    except RecursionError:
        raise too_deep() from None
    except yaml.MarkedYAMLError as error:
        # The parsers' own limits differ by release, and so do their words: what was open when they gave up does not.
        index = error.problem_mark.index if error.problem_mark else len(text)
        if len(_OPENER.findall(text, 0, index)) - len(_CLOSER.findall(text, 0, index)) > MAX_DEPTH:
            raise too_deep(index) from None
        if loader is _Loader and _STAND_IN not in text and _COLON_AT_END.search(text):
            try:
                return _with_colons(compose(_COLON_AT_END.sub(_STAND_IN, text), is_strict=is_strict))
            except yaml.MarkedYAMLError:
                raise error from None  # of the text as it is
        if is_strict:
            raise
        if "duplicate anchor" in str(error) or _LEFT_OUT.search(text):
            if len(text) > LARGE:
                raise _too_large_for_the_slow_parser(text, error, index) from None
            other = _composed_tolerantly(text, tolerant)
            if other is not None:
                _refuse_glued(text, tolerant)
                return other
        raise
    if _MAYBE_GLUED.search(text):
        _refuse_glued(text, loader)
    return node


def _with_colons(root: yaml.Node | None) -> yaml.Node | None:
    """The tree with the colons that something stood for."""
    for node in nodes_below(root):
        if isinstance(node, yaml.ScalarNode):
            node.value = node.value.replace(_STAND_IN, ":")
    return root


def nodes_below(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """A node and all in it, keys too, each once though aliases repeat it."""
    waiting = [root] if root else []
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _composed_tolerantly(text: str, loader: type[_Tolerant]) -> yaml.Node | None:
    """The tree of a text that the fast parser refused; None where this one refuses it as well."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, IndexError, ValueError):
        return None
    return node


def _too_large_for_the_slow_parser(text: str, error: yaml.MarkedYAMLError, index: int) -> UnsupportedYaml:
    what, hint = (
        ("An anchor (&name) that is defined twice", "Give each anchor a different name.")
        if "duplicate anchor" in str(error)
        else ("A key that is left out (“: value”)", "Check this place; write the key before its colon.")
    )
    problem = (
        f"{what} can be read in files of up to {LARGE // 1024} KiB; this one has {len(text) // 1024} KiB."
    )
    return UnsupportedYaml("yaml", problem, index, hint)


def _refuse_glued(text: str, loader: Any) -> None:
    """Refuse punctuation that the spec library takes for a part of a name or of a text: it would read something else.

    And what is left out behind a comma that libyaml drops: it does where a list has `? ,`.
    """
    token: Any
    last: Any = None
    before: Any = None
    openers: list[Any] = []
    for token in yaml.scan(text, Loader=loader):
        start, end = index_of(token), token.end_mark.index
        sign = text[end : end + 1].strip()
        is_in_list = bool(openers) and isinstance(openers[-1], yaml.FlowSequenceStartToken)
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            openers.append(token)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
            del openers[-1:]
        elif isinstance(token, yaml.TagToken | yaml.AnchorToken | yaml.AliasToken):
            if sign and (isinstance(token, yaml.TagToken) or sign not in ",[]{}"):
                problem = (
                    f"“{sign}” right behind {_NAMED[text[start]]} is part of its name to the spec library."
                )
                raise UnsupportedYaml("yaml", problem, start, f"Put a space before the “{sign}”.")
        elif isinstance(token, yaml.FlowEntryToken | yaml.ValueToken) and openers:
            dropped = isinstance(last, yaml.FlowEntryToken) and isinstance(before, yaml.KeyToken)
            if is_in_list and dropped:
                problem = f"Nothing is before this “{text[start]}”."
                raise UnsupportedYaml("yaml", problem, start, "Write what is left out, or remove the comma.")
            if isinstance(token, yaml.ValueToken) and sign and loader.schema is YAML_1_2:
                is_in_text = (
                    isinstance(last, yaml.ScalarToken) and last.plain and last.end_mark.index == start
                )
                if is_in_list or is_in_text or isinstance(last, yaml.ValueToken):
                    problem = "A “:” without a space after it is part of a text to the spec library."
                    hint = "Put a space after the “:”, or quote the text."
                    raise UnsupportedYaml("yaml", problem, start, hint)
        before, last = last, token


def schema_of(text: str) -> Schema:
    """How the plain tokens of a document are typed: as in YAML 1.2, unless its %YAML directive says 1.1."""
    return YAML_1_1 if "%YAML" in text[:LARGE] and _VERSION_1_1.match(text) else YAML_1_2


@contextmanager
def uncollected(size: int) -> Iterator[None]:
    """Keep the garbage collector away while the tree of a text grows: its walks are half of the time of a large file.

    What a large text made stays out of later walks too, each of which would stop every thread for seconds. It holds no
    cycles and is freed like anything else.

    Args:
        size: Of the text, in characters.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if size > LARGE:
            gc.freeze()
        if collecting:
            gc.enable()


def _open_at_once(text: str) -> int:
    """At most so many flow lists and mappings are open at once; short ones that surely close again are not counted."""
    openers = text.count("[") + text.count("{")
    return openers - sum(1 for _ in _CLOSED.finditer(text)) if openers > _SAFE_OPENERS else openers


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise too_deep(index_of(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def too_deep(index: int | None = None) -> UnsupportedYaml:
    """What is said of too many levels, whichever part of the reading gave up first."""
    return UnsupportedYaml("depth", f"It is nested more than {MAX_DEPTH} levels deep.", index)


def index_of(place: Any) -> int:
    """Where a node or an event begins, in characters from the start of the composed text."""
    return int(place.start_mark.index)
