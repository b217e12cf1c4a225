"""Every scalar has the value that the spec library's reader takes; what it cannot read is refused."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from tests.corpus import manifests, models, needs_corpus
from tests.manifest.library import CannotRead, agree, read

_WORDS = """
yes no on off Yes NO y n Y N true TRUE True tRUE false null Null NULL ~ nULL ~a null~ = <<
1e-3 1E4 1e+3 1e3 -1e5 +1e5 1.e5 1.0e5 1.0e-5 .5 -.5 +.5 .5e3 .5e+3 -.5e-3 5. 5.e3 1_000 1_ _1 1__0 1_000.5 1.5_0 0_ _
-_ +_ ._ ._1 -._1 0x1F 0X1F 0x1_F 0x_ 0x 0xg -0x1F +0x1f 0o17 0o8 0o -0o17 017 08 09 0017 00 0 -0 +0 +1 -1 - + ++1 +-1 0b1
0b12 0b_ -0b11 1:30 12:30:45 1:30.5 190:20:30.15 -1:30 1:60 01:30 .inf .Inf .INF -.inf +.inf .iNF .nan .NaN -.nan inf nan
2020-01-01 2020-1-1 2020-01-01T00:00:00 2020-1-1T1:02:03 2020-01-01T00:00:00Z 2020-01-01T00:00:00+02:00
2020-01-01T00:00:00-0530 2020-01-01T00:00:00+2 2020-13-01 2020-01-45 2020-01-01T25:00:00 2020-01-01t00:00:00.1234567Z
2020-01-01T00:00:00.9999999 2020-01-01T00:00:00. 0000-01-01 12345678901234567890123 0.1 -0.0 1e400 -1e400 1.2.3 1.20
3.10 007 1,000 0.0 1e 1e+ e5 0.e0 .e1 . .. 1-2 1._e5 1_.5 1_e5 1e5_ 1.0_ .5_e+1
"""
_TIMES = ("2020-01-01 00:00:00", "2020-01-01 00:00:00 Z", "2020-01-01  0:00:00.5 -5")
WORDS = (*_WORDS.split(), *_TIMES, "9" * 5000)
PLACES = (
    "{}",
    "a: {}",
    "{}: 1",
    "- {}",
    "[{}, b]",
    "{{a: {}}}",
    "a: '{}'",
    'a: "{}"',
    "%YAML 1.1\n---\na: {}",
)
TAGS = (
    "!!int",
    "!!float",
    "!!str",
    "!!bool",
    "!!null",
    "!!timestamp",
    "!!binary",
    "!!value",
    "!!foo",
    "!foo",
    "!",
)


def _is_read_alike(text: str) -> None:
    try:
        theirs = read(text)
    except CannotRead:
        with pytest.raises(ManifestParseError):
            Document.parse(text)
    else:
        assert same(Document.parse(text).data, theirs), text


_PARTS = """
a,1,true,null,2020-01-01,[a; b],[],{a: b},'x',"",~,1e3,yes,,&x 1,&x a,*x,&y [1],*y,! ,! 12,! '1',!!str ,!!int 1,!!set {a},!!omap [a: 1],
!!binary aGk=,!!python/none x,!foo x,<<,<<: *x,{: x},{a: },{<<: {a: 1}},[: 1],? a,? [a],&z {k: 1},*z,[*z; {a: 1}],{? a},{? [a] : 1},=
"""
_FORMS = (
    "{}: {}",
    "? {}\n: {}",
    "{}: {{{}}}",
    "a: [{} , {} ]",
    "- {}\n- {}",
    "{}:\n  {} : 1",
    "{}:\n  - {}",
    "{}:\n  ? {}\n",
)
_LINES = st.tuples(
    st.sampled_from(_FORMS),
    *[st.sampled_from([one.replace(";", ",").strip("\n") for one in _PARTS.split(",")])] * 2,
).map(lambda one: one[0].format(*one[1:]))
_FLOW = st.lists(st.sampled_from("ab'\":,?&*![]{} "), min_size=1, max_size=8).map("".join)


@pytest.mark.slow
@settings(max_examples=1000)
@given(_FLOW, st.sampled_from(["[{}]", "{{{}}}", "a: &a x\nb: [{}]"]))
@example("&a::", "{{{}}}")
@example("&a::", "[{}]")
@example("a's':, : 2", "{{{}}}")
@example("b:, &a:a", "[{}]")
@example("?!,", "{{{}}}")
@example("? :", "[{}]")
@example("?,,", "[{}]")
def test_whatever_stands_in_brackets_nothing_is_read_as_other_data(inside: str, brackets: str) -> None:
    text = brackets.format(inside)
    try:
        document = Document.parse(text)
        theirs = read(text)
    except (ManifestParseError, CannotRead):
        return
    assert same(document.data, theirs), text


_OTHER_NAMES = re.compile(r"[*&!][^\s,\]}]*[:,]")
"""A colon or comma is part of such a name to the library, to us never."""


@given(st.lists(_LINES, min_size=1, max_size=3).map("\n".join))
def test_whatever_the_keys_anchors_tags_and_merges_are_nothing_is_read_as_another_value(text: str) -> None:
    assume(not _OTHER_NAMES.search(text))
    try:
        document = Document.parse(text)
    except ManifestParseError:
        if not re.search("<<(.|\n)*!!(set|omap)", text):  # we say that only a mapping can be merged
            with pytest.raises(CannotRead):
                read(text)
        return
    if not document.duplicate_count:
        assert agree(text, document.data), text


@pytest.mark.parametrize("place", PLACES)
def test_a_token_means_what_the_library_takes_it_for(place: str) -> None:
    for word in WORDS:
        _is_read_alike(place.format(word))


@pytest.mark.parametrize("tag", TAGS)
def test_a_tagged_token_means_what_the_library_takes_it_for(tag: str) -> None:
    for word, quote in itertools.product(WORDS, ("", "'", '"')):
        _is_read_alike(f"a: {tag} {quote}{word}{quote}")
    _is_read_alike(f"a: {tag} ''")


@given(st.text("0123456789+-._eExobBaAfFnNtTZ~<=", min_size=1, max_size=8), st.sampled_from(PLACES[1:3]))
@example("-.5e3", PLACES[1])
def test_any_number_like_token_means_what_the_library_takes_it_for(token: str, place: str) -> None:
    if not token.startswith("---"):
        _is_read_alike(place.format(token))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x {b: 1}\nc: {<<: *x, b: 2, d: 3}",
        "a: &x {b: 1}\nc: {b: 2, <<: *x}",
        "a: &x {b: 1}\ne: &y {b: 5, z: 1}\nc: {<<: [*x, *y]}",
        "a: &x {b: 1}\nc: {<<: *x, <<: *x}",
        "c: {<<: 1}",
        "c: {<<: [1]}",
        "c: {'<<': {a: 1}}",
        "<<: {a: 1}\nb: 2",
        "c: {!!merge a: {b: 1}}",
        "c: {!!str <<: {a: 1}}",
        "3: a\n2.5: b\nnull: c\ntrue: d\n2020-01-01: e\nyes: f\n1e3: g\n=: h\n",
        "a: !!set {x, y}\nb: !!binary aGk=\nc: !!str 1\nd: !!omap [a: 1]\ne: !!pairs [a: 1, a: 2]\nf: !!map {a: 1}\ng: !!seq [1]\n",
        "? [a, b]\n: 1",
        "{[a, b]: 1, []: 2}",
        "[1, null]: x\na: y",
        "? [[a]]\n: 1",
        "? [{a: 1}]\n: 1",
        "? &x [a]\n: *x",
        ": x",
        "&x : a\nb: *x",
        "&x a: &x a\nb: *x",
        "a: 1\n: x",
        "a: {: x}\nb: [: 1]\nc:\n  : 1",
        "- : x\n- ? a\n- ?\n",
        "a: [b:, c]\nd: [e:]\nf: {g:, h: 1e3}\ni: {j:,k:}\nl: 'm:, [n:]'  # [o:, p]\nq: |\n  [r:, s]\n",
        "a: {b:, c: 1}\nd: {: 1}\ne: {f: 1, : 2}",
        "a: {b::, c: 1}\nd: [http://e.org:, 1:, 12:30:]\n",
        'a: {"b":,c: 1, "d:":}\n',
        "a: [? , 1e3]",
        "a: &x 1\nb: &x 2\nc: *x",
        "a: {b: &q 1}\n&q c: 1\nd: *q",
        "a: &x 1\nb: *x\nc: &x yes\nd: [*x, *x]",
        "%YAML 1.1\n---\na: &x yes\nb: &x no\nc: *x",
        "%YAML 1.1\n---\n: yes",
        "%YAML 1.1\n---\na: {: yes}",
        "a: !\nb: 1",
        "a: !\n- !\n",
        "a: [! , ! 1, ! '1']",
        "a: ! [1]\nb: ! {c: 1}",
        "<<: []\na: 1",
        "<<: {}\na: 1",
        "<<:\na: 1",
        "<<: x",
        "<<: [{a: 1}, {a: 2, b: 3}]",
        "<<: &x {a: 1}\nb: *x",
        "a: {<<: {<<: {b: 1}, c: 2}, d: 3}",
        "a: <<",
        "{<<, a}",
        "a: !!set [1]",
        "a: !!omap {b: 1}",
        "a: !!omap [{b: 1, c: 2}]",
        "a: !!seq {b: 1}",
        "a: !!map [1]",
        "a: !!seq b",
        "a: &x yes\nb: *x\n",
        "? {a: 1}\n: 1",
        "%YAML 1.1\n---\na: yes\nb: 017\nc: 1:30\nd: y\ne: 1e3\nf: 0o17\ng: -.5\nh: 08\ni: 1:30.5\n",
        "# first\n%TAG !e! tag:example.org,2000:\n%YAML 1.1\n---\na: yes\n",
        "%YAML 1.2\n---\na: yes\n",
        "%YAML 1.3\n---\na: yes\n",
        "%YAML 2.0\n---\na: yes\n",
        "--- # %YAML 1.1\na: yes\n",
        "a: |\n  %YAML 1.1\nb: yes\n",
        "a: one\n  two\nb: >-\n  three\n\n  four\nc: 'five\n  six'\nd: \"se\\\n  ven\\x41\\t\"\n",
        "",
        "# nothing\n",
        "---\n",
        "just text",
    ],
)  # fmt: skip
def test_a_document_has_the_library_s_data(text: str) -> None:
    _is_read_alike(text)


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("yes", "yes"),
        ("Off", "Off"),
        ("1e-3", 0.001),
        ("0o17", 15),
        ("017", 17),
        ("1:30", "1:30"),
        ("0x1F", 31),
        ("1_000", 1000),
    ],
)
def test_a_plain_token_is_read_as_yaml_1_2(token: str, value: Any) -> None:
    assert same(Document.parse(f"a: {token}").data, {"a": value})


def test_the_library_still_reads_with_the_reader_that_ours_is_held_against() -> None:
    script = """
from bioimageio.spec._internal.io_utils import _yaml_load as reader
print(type(reader).__module__, reader.typ, reader.version, reader.Resolver.__name__)
"""
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.split("\n")[-2] == "ruyaml.main ['safe'] None VersionedResolver"


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("turn", range(4))
def test_every_scalar_of_the_corpus_has_the_library_s_value(turn: int) -> None:
    for file in [*manifests(), *models()][turn::4]:
        text = file.read_text("utf-8")
        try:
            document = Document.parse(text, file.name)
        except ManifestParseError:
            with pytest.raises(CannotRead):
                read(text)
            continue
        if document.duplicate_count:  # a finding of ours; the library cannot read such a file at all
            with pytest.raises(CannotRead, match="duplicate"):
                read(text)
        else:
            assert agree(text, document.data), file.name
