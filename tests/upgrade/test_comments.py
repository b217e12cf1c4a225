"""An upgrade keeps every comment, each once: where it stood, or where its value went."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.errors import ManifestParseError, PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.corpus import manifests, models, needs_corpus
from tests.upgrade.models.figures import BY_KINDS
from tests.upgrade.test_plan import HEAD, plan, text_of
from tests.upgrade.test_tokens_kept import with_comments_everywhere

BEGIN = "  - id: a\n    type: dataset\n    name: Alpha of all\n    description: b\n    license: MIT\n"
LATEST = BEGIN.replace("dataset\n", "dataset\n    format_version: 0.3.4\n")
SECOND = "  - id: b\n    type: dataset\n    name: Beta of all\n    description: b\n    license: MIT\n"
SECOND_LATEST = SECOND.replace("dataset\n", "dataset\n    format_version: 0.3.4\n")
KEPT = "    config:\n      p:\n"

ONCE = [
    # kept in config
    (
        BEGIN.replace("Alpha of all", "'Alpha: one'  # c"),
        LATEST.replace("Alpha of all", "'Alpha - one'  # c") + f"{KEPT}        name: 'Alpha: one'\n",
    ),
    (
        f"{BEGIN}    covers:\n      - ./a.png\n      - https://x.org/b  # c\n      - ./d.png  # d\n",
        f"{LATEST}    covers:\n      - source: ./a.png\n      - source: ./d.png  # d\n"
        f"{KEPT}        covers:\n          - https://x.org/b  # c\n",
    ),
    (
        f"{BEGIN}    badges:\n      - label: l  # c\n        url: https://x.org/b\n        extra: text  # d\n",
        f"{LATEST}    badges:\n      - label: l  # c\n        url: https://x.org/b\n"
        f"{KEPT}        badges:\n          - label: l\n            extra: text  # d\n",
    ),
    # a list that is wrapped in a list
    (
        f"{BEGIN}    attachments:\n      files:\n        - a.txt  # c\n      other:\n        - b.txt  # d\n",
        f"{LATEST}    attachments:\n      - source: a.txt  # c\n"
        f"{KEPT}        attachments:\n          other:\n            - b.txt  # d\n",
    ),
    (
        f"{BEGIN}    tags:\n      - - a  # c\n        - b\n      - d  # d\n",
        f"{LATEST}    tags:\n      - d  # d\n{KEPT}        tags:\n          - - a  # c\n            - b\n",
    ),
    # taken through an alias
    (
        f"{BEGIN}    framework: &f tf  # c\n    language: *f  # d\n",
        f"{LATEST}    config:\n      # d\n      p:\n        framework: tf  # c\n        language: tf\n",
    ),
    (
        f"{BEGIN}    framework: &f\n      a: x  # c\n    language: *f\n",
        f"{LATEST}{KEPT}        framework:\n          a: x  # c\n        language:\n          a: x\n",
    ),
    (
        f"{BEGIN}    odd: &t A B  # c\n{SECOND}    authors: *t\n    tags: *t  # d\n",
        f"{LATEST}{KEPT}        odd: A B  # c\n"
        f"{SECOND_LATEST}    authors:\n      - name: A B\n    tags:  # d\n      - A B\n",
    ),
    # equal comments of different values: which of them is the copy cannot be told, so all stay
    (
        f"{BEGIN.replace('Alpha of all', chr(39) + 'Alpha: one' + chr(39) + '  # c')}    odd: x  # c\n",
        f"{LATEST.replace('Alpha of all', chr(39) + 'Alpha - one' + chr(39) + '  # c')}"
        f"{KEPT}        name: 'Alpha: one'  # c\n        odd: x  # c\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), ONCE)
def test_a_comment_is_written_once(before: str, after: str, judge: CachedJudge) -> None:
    assert text_of(plan(HEAD + before, judge)) == HEAD + after


CHECKED = BEGIN.replace("Alpha of all", "'Alpha: one'  # check")


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        ("    config:\n      p:\n        name: Foo  # check\n", "        name: Foo  # check\n"),
        ("    config:\n      a: 1\n      # check\n      c: 2\n", "      # check\n      c: 2\n"),
        ("    # check\n    tags: [t]\n", "    # check\n    tags: [t]\n"),
        ("  # check\n", "  # check\n"),
        ("# check\n", "# check\n"),
    ],
)
def test_a_comment_of_another_value_stays_though_it_says_the_same(
    other: str, kept: str, judge: CachedJudge
) -> None:
    made = text_of(plan(HEAD + CHECKED + SECOND + other, judge))
    assert kept in made.partition("- id: b")[2]
    assert "'Alpha - one'  # check" in made


def test_a_comment_of_an_rdf_stays_though_its_entry_says_the_same(judge: CachedJudge) -> None:
    rdf = "type: dataset\nformat_version: 0.2.4\nname: Beta\ndescription: b\nlicense: MIT\n# check\n"
    made = plan(f"{HEAD}{CHECKED}  - id: b\n    rdf_source: b/rdf.yaml\n", judge, texts={"b/rdf.yaml": rdf})
    assert text_of(made, "b/rdf.yaml").endswith("# check\n")


def test_a_comment_stays_though_an_rdf_of_another_entry_says_it_too(judge: CachedJudge) -> None:
    rdf = "type: dataset\nformat_version: 0.2.4\nname: Beta\ndescription: b\nlicense: MIT  # check ask\n"
    entry = f"{BEGIN}    attachments:  # check\n      files:  # check\n        - a.txt\n"
    made = text_of(
        plan(f"{HEAD}{entry}  - id: b\n    rdf_source: b/rdf.yaml\n", judge, texts={"b/rdf.yaml": rdf})
    )
    assert made.count("# check") == 2


def test_a_comment_above_a_key_is_left_there_and_not_in_the_value_before_it(judge: CachedJudge) -> None:
    """Where the value before it is written anew, the comment is written twice at first."""
    entry = (
        "  - id: a\n    type: dataset\n    name: Alpha of all\n    description: b\n"
        "    authors:\n    - A B\n    - C D\n    # of the license\n    license: MIT\n"
    )
    made = text_of(plan(HEAD + entry, judge))
    assert "    # of the license\n    license: MIT\n" in made
    assert made.count("# of the license") == 1


def test_what_looks_like_a_comment_in_a_text_that_is_kept_twice_stays(judge: CachedJudge) -> None:
    made = text_of(plan(HEAD + BEGIN.replace("Alpha of all", "'A: b  # c'  # c"), judge))
    assert made.count("'A: b  # c'") == 1
    assert made.count("# c\n") == 1


def test_comments_of_an_inherited_field_that_is_written_anew_stay(judge: CachedJudge) -> None:
    root = "maintainers:  # m\n  # n\n  - github_user: one  # o\nauthors:\n  # p\n  A B  # q\n"
    entry = BEGIN.replace("license: MIT", "download_url: https://example.org/a.zip")
    made = text_of(plan(root + HEAD + entry, judge))
    assert [made.count(f"# {one}") for one in "mnopq"] == [1] * 5
    assert "source: https://example.org/a.zip" in made


def test_a_comment_goes_with_its_value_from_an_entry_to_its_rdf(judge: CachedJudge) -> None:
    rdf = "type: dataset\nformat_version: 0.2.4\nname: 'Alpha: one'  # c\ndescription: b\nlicense: MIT\n"
    made = plan(f"{HEAD}  - id: a  # d\n    rdf_source: a/rdf.yaml\n    level: 0x1F  # e\n", judge,
                texts={"a/rdf.yaml": rdf})  # fmt: skip
    written = text_of(made) + text_of(made, "a/rdf.yaml")
    assert [written.count(f"# {one}") for one in "cde"] == [1, 1, 1]


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("turn", range(4))
def test_every_comment_of_the_corpus_is_there_once(turn: int, judge: CachedJudge) -> None:
    """Every line that can have one is given a comment above it and one behind it."""
    for file in [*models()[turn::8], *manifests()[turn * 10 :: 40]]:
        text, marks = with_comments_everywhere(file.read_bytes().decode())
        try:
            made = make_plan(read_manifest(Document.parse(text, file.name)), NoFiles(), judge, BY_KINDS)
        except (ManifestParseError, PartnerTuiError):
            continue
        for written in made.documents.values():
            counts = {one: written.text.count(one) for one in marks}
            assert {one: count for one, count in counts.items() if count != 1} == {}, Path(file).name
