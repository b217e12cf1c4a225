"""Plans as a maintainer meets them: what is asked, what is written where, and what stays as it was."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from posixpath import normpath
from typing import Any

import pytest

from partner_tui.compliance import protocol
from partner_tui.compliance.status import Status
from partner_tui.compliance.verdict import Verdict
from partner_tui.errors import Cancelled, CheckerFailed
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import Edit
from partner_tui.manifest.files import NoFiles, fetched_name
from partner_tui.manifest.resolve import Resolved
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade import placement, planner
from partner_tui.upgrade.plan import Options, Plan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from partner_tui.workspace.headless.upgrade import to_json

HEAD = "format_version: 0.2.2\nconfig:\n  id: p\ncollection:\n"
ALL = Answers(defaults=True)


class Files(NoFiles):
    """A clone that lies in a mapping."""

    slug = "o/r"

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def exists(self, path: str) -> bool:
        return path in self.texts

    def read_text(self, path: str) -> str | None:
        return self.texts.get(path)


def plan(
    text: str, judge: CachedJudge, answers: Answers = ALL, texts: dict[str, str] | None = None, **more: Any
) -> Plan:
    manifest = read_manifest(Document.parse(text, "collection.yaml"))
    return make_plan(manifest, Files(texts or {}), judge, answers, **more)


def text_of(made: Plan, path: str = "collection.yaml") -> str:
    return made.contents()[path].decode()


OLD = """  # the first
  - id: alpha   # its id
    type: application
    name: Alpha of all
    cite:
      - text: Doe
        doi: https://doi.org/10.1007/x1   # bare, please
    download_url: https://example.org/a.zip
"""


def test_only_the_values_that_change_are_written(judge: CachedJudge) -> None:
    made = plan(HEAD + OLD, judge)
    assert text_of(made) == HEAD + OLD.replace(
        "type: application\n", "type: application\n    format_version: 0.3.4\n"
    ).replace("https://doi.org/10.1007/x1", "10.1007/x1").replace("download_url", "source")
    assert [entry.after for entry in made.entries] == [Status.LATEST]


def test_a_second_plan_has_nothing_to_do(judge: CachedJudge) -> None:
    again = plan(text_of(plan(HEAD + OLD, judge)), judge)
    assert not again.contents()
    assert not again.questions


UPPER = """  - {id: Alpha, type: application, name: Alpha of all}
  - {id: beta, type: application, name: Beta of all, links: [Alpha, p/Alpha, q/Alpha]}
  - {id: far, type: model, rdf_source: "https://example.org/rdf.yaml", links: [p/Alpha]}
"""


def test_ids_are_asked_once_and_their_links_follow(judge: CachedJudge) -> None:
    made = plan(HEAD + UPPER, judge)
    assert [question.key for question in made.questions] == ["id-lowercase"]
    assert made.questions[0].entries == ("Alpha",)
    new = Document.parse(text_of(made)).data["collection"]
    assert new[0]["id"] == "alpha"
    assert new[1]["links"] == ["alpha", "p/alpha", "q/Alpha"]
    assert new[2]["links"] == ["p/alpha"]
    assert made.entries[2].after is Status.UNRESOLVED
    assert made.entries[2].reason == "needs a remote RDF"
    assert made.warnings


def test_an_entry_with_an_open_question_stays_as_it_was(judge: CachedJudge) -> None:
    for answers in (Answers(), Answers(questions={"id-lowercase": SKIPPED}, defaults=True)):
        made = plan(HEAD + UPPER, judge, answers)
        assert made.entries[0].open == ("id-lowercase",)
        assert "id: Alpha" in text_of(made)
        assert made.entries[1].after is Status.LATEST
        assert made.open_questions == made.questions


def test_an_answer_by_kind_serves_each_question_of_it(judge: CachedJudge) -> None:
    made = plan(
        HEAD + "  - {id: a, type: application, name: Fiji}\n",
        judge,
        Answers(kinds={"name-short": "Fiji again"}),
    )
    assert Document.parse(text_of(made)).data["collection"][0]["name"] == "Fiji again"


def test_an_answer_that_the_question_refuses_is_none(judge: CachedJudge) -> None:
    made = plan(
        HEAD + "  - {id: a, type: application, name: Fiji}\n", judge, Answers(kinds={"name-short": "x"})
    )
    assert made.entries[0].open == ("name-short:Fiji",)


def test_one_stub_serves_a_url_and_no_file_is_overwritten(judge: CachedJudge) -> None:
    entries = "".join(
        f"  - {{id: e{n}, type: application, name: Entry {n}, documentation: 'https://example.org/docs'}}\n"
        for n in (1, 2)
    )
    made = plan(HEAD + entries, judge, texts={"docs/e1.md": "mine"})
    (stub,) = made.files
    assert stub.path == "docs/e1-2.md"
    assert "https://example.org/docs" in stub.content
    new = Document.parse(text_of(made)).data["collection"]
    assert [one["documentation"] for one in new] == [{"source": stub.path}] * 2


def test_an_inherited_field_is_mended_once_at_the_root(judge: CachedJudge) -> None:
    text = (
        "authors: [Jo]\ndocumentation: https://example.org/d\n"
        + HEAD
        + "  - {id: a, type: application, name: Alpha 1}\n"
    )
    data = Document.parse(text_of(plan(text, judge))).data
    assert data["authors"] == [{"name": "Jo"}]
    assert data["documentation"] == "https://example.org/d"
    assert data["collection"][0]["documentation"] == {"source": "docs/a.md"}


def test_what_an_entry_empties_does_not_come_back_from_the_root(judge: CachedJudge) -> None:
    root = "cite: [{text: Doe, url: https://example.org}]\nlicense: MIT\n"
    entry = "  - {id: a, type: application, name: Alpha 1, cite: null, license: ''}\n"
    made = plan(root + HEAD + entry, judge)
    assert made.entries[0].after is Status.LATEST
    own = Document.parse(text_of(made)).data["collection"][0]
    assert (own["cite"], own["license"]) == ([], None)


def test_a_field_of_the_root_that_no_entry_can_have_is_told(judge: CachedJudge) -> None:
    made = plan("homepage: https://example.org\n" + HEAD + OLD, judge)
    assert made.entries[0].reason.startswith("homepage at the manifest root")
    assert made.documents == {}


RDF = "type: dataset\nname: A dataset\nformat_version: 0.2.4\nauthors: [Jo]  # one\ncite: {text: Doe, doi: 'https://doi.org/10.1/x'}\n"


def test_an_rdf_that_a_list_names_by_source_is_named_as_it_is_read_and_upgraded(judge: CachedJudge) -> None:
    entry = "  - id: a\n    source: sets/rdf.yaml  # here\n  - {id: b, source: gone/rdf.yaml}\n"
    made = plan(HEAD + entry, judge, texts={"sets/rdf.yaml": RDF.replace("10.1/x", "10.1234/x")})
    assert text_of(made) == HEAD + entry.replace("source: sets", "rdf_source: sets")
    assert "doi: '10.1234/x'" in text_of(made, "sets/rdf.yaml") or "doi: 10.1234/x" in text_of(
        made, "sets/rdf.yaml"
    )
    first, second = made.entries
    assert (first.before, first.after) == (Status.INVALID, Status.LATEST)
    assert [one.fix for one in first.changes].count("rdf-in-source") == 1
    assert (second.before, second.after, second.reason) == (
        Status.INVALID,
        Status.INVALID,
        "gone/rdf.yaml is not in this repository",
    )


def test_a_model_that_has_a_name_alone_is_in_the_rdf_that_is_its_source(judge: CachedJudge) -> None:
    entry = "  - id: a\n    type: model\n    name: A model\n    source: models/rdf.yaml\n"
    rdf = "type: model\nname: Other\nformat_version: 9.9.9\nweights: {onnx: {source: a.onnx}}\n"
    made = plan(HEAD + entry, judge, texts={"models/rdf.yaml": rdf})
    assert [(one.kind, one.entries) for one in made.questions] == [("newer-format", ("a",))]
    gone = plan(HEAD + entry, judge)
    assert gone.questions == () and gone.entries[0].reason == "models/rdf.yaml is not in this repository"


@pytest.mark.parametrize("written", ["", " ''", " ~"])
def test_a_model_that_names_its_rdf_by_nothing_stays_a_model(judge: CachedJudge, written: str) -> None:
    made = plan(HEAD + f"  - id: a\n    type: model\n    name: A model\n    rdf_source:{written}\n", judge)
    assert (made.questions, made.documents) == ((), {})
    assert made.entries[0].reason == "rdf_source is empty; it should name the RDF of the model"


def test_a_model_of_another_type_is_not_of_a_format_newer_than_that_types(judge: CachedJudge) -> None:
    entry = (
        "  - {id: a, type: model, format_version: 0.4.9, name: A model of something, description: A model}\n"
    )
    made = plan(HEAD + entry, judge, Answers({}, {"model-without-weights": "generic"}))
    assert made.questions and {one.kind for one in made.questions} == {"model-without-weights"}
    assert made.entries[0].after is Status.LATEST
    assert Document.parse(text_of(made)).data["collection"][0]["format_version"] == "0.3.4"


def test_an_rdf_in_the_clone_is_what_is_upgraded(judge: CachedJudge) -> None:
    entry = (
        "  - id: a\n    rdf_source: sets/rdf.yaml\n    cite: {text: Own, doi: 'https://doi.org/10.1234/y'}\n"
    )
    made = plan(HEAD + entry, judge, texts={"sets/rdf.yaml": RDF.replace("10.1/x", "10.1234/x")})
    assert made.entries[0].after is Status.LATEST
    rdf = Document.parse(text_of(made, "sets/rdf.yaml")).data
    assert rdf["format_version"] == "0.3.4"
    assert rdf["authors"] == [{"name": "Jo"}]
    assert rdf["cite"] == [{"text": "Doe", "doi": "10.1234/x"}]
    assert "# one" in text_of(made, "sets/rdf.yaml")
    own = Document.parse(text_of(made)).data["collection"][0]
    assert own == {"id": "a", "rdf_source": "sets/rdf.yaml", "cite": [{"text": "Own", "doi": "10.1234/y"}]}


def test_what_leaves_an_entry_leaves_its_rdf_too_and_both_values_are_kept(judge: CachedJudge) -> None:
    entry = "  - {id: a, rdf_source: sets/rdf.yaml, passive: true, cite: null}\n"
    rdf = RDF.replace("10.1/x", "10.1234/x") + "passive: once\n"
    made = plan(HEAD + entry, judge, texts={"sets/rdf.yaml": rdf})
    assert made.entries[0].after is Status.LATEST
    new = Document.parse(text_of(made, "sets/rdf.yaml")).data
    assert new["cite"] == [{"text": "Doe", "doi": "10.1234/x"}]
    assert "passive" not in new
    assert new["config"]["p"] == {"passive": True, "passive_2": "once"}
    assert Document.parse(text_of(made)).data["collection"][0]["cite"] == []


def test_overridden_fields_of_an_rdf_that_cannot_be_upgraded_whole_stay_as_they_are(
    judge: CachedJudge,
) -> None:
    entry = "  - {id: a, rdf_source: sets/rdf.yaml, cite: [{text: Own, doi: 10.1234/y}], covers: [c.png]}\n"
    head = RDF.partition("cite:")[0]
    rdf = f"{head}cite: [{{text: Kept, doi: 10.1234/k}}, {{text: Zed}}]\ncovers: [a.tif, b.png]\n"
    made = plan(HEAD + entry, judge, texts={"sets/rdf.yaml": rdf})
    assert made.entries[0].after is Status.LATEST
    new = Document.parse(text_of(made, "sets/rdf.yaml")).data
    assert new["cite"] == [{"text": "Kept", "doi": "10.1234/k"}, {"text": "Zed"}]
    assert new["covers"] == ["a.tif", "b.png"]


def test_a_plugin_keeps_its_fields_and_the_entry_overrides_what_is_old(judge: CachedJudge) -> None:
    plugin = '<config lang="json">{"name": "A plugin", "version": "0.1", "api_version": "0.1.7", "cover": "c.png"}</config>'
    entry = "  - {id: a, type: application, source: app.imjoy.html}\n"
    made = plan(HEAD + entry, judge, texts={"app.imjoy.html": plugin})
    assert made.entries[0].after is Status.LATEST
    own = Document.parse(text_of(made)).data["collection"][0]
    assert own.keys() == {"id", "type", "source", "format_version", "covers"}


def test_duplicate_keys_are_merged_or_asked_and_never_dropped(judge: CachedJudge) -> None:
    entry = "  - id: a\n    type: application\n    name: First name\n    tags: [x]\n    tags: [y]\n    name: Second name\n"
    made = plan(HEAD + entry, judge)
    assert [question.kind for question in made.questions] == ["duplicate-keys"]
    own = Document.parse(text_of(made)).data["collection"][0]
    assert own["tags"] == ["x", "y"]
    assert own["name"] == "Second name"
    assert own["config"] == {"p": {"name": "First name"}}
    told = {change.path for change in made.entries[0].expected if change.fix == "duplicate-keys"}
    assert {("tags",), ("name",)} <= told, "as all changes, from the entry on"
    assert not plan(HEAD + entry, judge, Answers()).contents()


def test_duplicate_keys_of_an_rdf_file_are_merged_in_that_file(judge: CachedJudge) -> None:
    rdf = "id: a\ntype: application\nname: An app\nformat_version: 0.3.4\ntags: [x]\ntags: [y]  # two\n"
    made = plan(HEAD + "  - rdf_source: m/rdf.yaml\n", judge, texts={"m/rdf.yaml": rdf})
    assert made.entries[0].after is Status.LATEST
    assert list(made.contents()) == ["m/rdf.yaml"]
    new = Document.parse(text_of(made, "m/rdf.yaml"))
    assert (new.data["tags"], new.duplicate_count) == (["x", "y"], 0)


def test_a_stub_lies_beside_the_rdf_file_that_names_it(judge: CachedJudge) -> None:
    rdf = "type: application\nname: An app\ndocumentation: https://example.org/d\nformat_version: 0.2.4\n"
    made = plan(HEAD + "  - {id: a, rdf_source: apps/x/rdf.yaml}\n", judge, texts={"apps/x/rdf.yaml": rdf})
    assert list(made.contents()) == ["apps/x/rdf.yaml", "apps/x/docs/a.md"]
    assert Document.parse(text_of(made, "apps/x/rdf.yaml")).data["documentation"] == {"source": "docs/a.md"}


def test_a_stub_lies_beside_the_manifest_where_the_entry_names_the_documentation(judge: CachedJudge) -> None:
    entry = "  - {id: a, rdf_source: sets/rdf.yaml, documentation: 'https://example.org/a'}\n"
    made = plan(HEAD + entry, judge, texts=SHARED)
    assert Document.parse(text_of(made)).data["collection"][0]["documentation"] == {"source": "docs/a.md"}
    assert [one.path for one in made.files] == ["docs/a.md"]


def test_a_page_that_an_entry_overrides_stays_in_its_rdf(judge: CachedJudge) -> None:
    entry = "  - {id: a, rdf_source: sets/rdf.yaml, documentation: own.md, license: X}\n"
    rdf = RDF.replace("10.1/x", "10.1234/x") + "documentation: https://example.org/page\n"
    made = plan(HEAD + entry, judge, texts={"sets/rdf.yaml": rdf})
    assert made.entries[0].after is Status.LATEST and not made.files
    assert Document.parse(text_of(made, "sets/rdf.yaml")).data["documentation"] == "https://example.org/page"


def test_rdfs_in_different_folders_share_no_stub_that_one_of_them_would_not_find(judge: CachedJudge) -> None:
    rdf = "type: application\nname: An app\ndocumentation: https://example.org/d\nformat_version: 0.2.4\n"
    entries = "".join(f"  - {{id: {one}, rdf_source: {one}/rdf.yaml}}\n" for one in "xy")
    own = "  - {id: c, type: application, name: An app, documentation: https://example.org/d}\n"
    made = plan(HEAD + entries + own, judge, texts={"x/rdf.yaml": rdf, "y/rdf.yaml": rdf})
    contents = made.contents()
    for folder, path in (("x/", "x/rdf.yaml"), ("y/", "y/rdf.yaml")):
        source = Document.parse(text_of(made, path)).data["documentation"]["source"]
        assert f"{folder}{source}" in contents
    assert Document.parse(text_of(made)).data["collection"][-1]["documentation"] == {"source": "docs/c.md"}
    assert "docs/c.md" in contents


def test_a_doubled_key_that_is_no_text_stays_twice(judge: CachedJudge) -> None:
    entry = "  - id: a\n    type: dataset\n    name: A dataset\n    2020-01-01: x\n    2020-01-01: y\n"
    made = plan(HEAD + entry, judge)
    assert "    2020-01-01: x\n    2020-01-01: y\n" in text_of(made)


def test_a_fix_alone_can_be_applied(judge: CachedJudge) -> None:
    made = plan(HEAD + OLD, judge, options=Options(only=frozenset({"doi-prefix"})))
    assert text_of(made) == HEAD + OLD.replace("https://doi.org/10.1007/x1", "10.1007/x1")


def test_a_skipped_fix_that_is_needed_leaves_the_entry(judge: CachedJudge) -> None:
    made = plan(HEAD + OLD, judge, skipped_fixes=("format-version",))
    assert made.entries[0].after is made.entries[0].before
    assert made.entries[0].reason


def test_an_rdf_outside_a_manifest_is_upgraded_with_its_stubs_beside_it(judge: CachedJudge) -> None:
    text = "type: application\nname: An app\ndocumentation: https://example.org/d\nformat_version: 0.2.4\n"
    made = make_plan(read_manifest(Document.parse(text, "apps/rdf.yaml")), Files({}), judge, ALL)
    assert made.entries[0].after is Status.LATEST
    assert list(made.contents()) == ["apps/rdf.yaml", "apps/docs/an-app.md"]
    assert Document.parse(text_of(made, "apps/rdf.yaml")).data["documentation"] == {
        "source": "docs/an-app.md"
    }


def test_the_plan_as_json_has_the_schema_of_the_command_line(judge: CachedJudge) -> None:
    shape = to_json(plan(HEAD + UPPER, judge))
    assert shape["summary"] == {"entries": 3, "latest": 2, "open": 0, "unresolved": 1, "questions": 1}
    assert shape["questions"][0]["answer"] is True
    assert {one["name"] for one in shape["entries"][0]["fixes"]} == {"format-version", "id-lowercase"}


def test_entries_that_share_an_anchor_stay_and_the_others_are_upgraded(judge: CachedJudge) -> None:
    shared = "  - {id: %s, type: application, name: Alpha 1, cite: %s}\n"
    entries = shared % ("a", "&one [{text: Doe, doi: 'https://doi.org/10.1234/x'}]") + shared % ("b", "*one")
    made = plan(HEAD + entries + OLD, judge)
    assert [entry.after for entry in made.entries][2] is Status.LATEST
    assert text_of(made).startswith(HEAD + entries)
    assert len(made.conflicts) == 2
    for entry in made.entries[:2]:
        assert (entry.after, entry.changes) == (entry.before, ())
        assert "alias" in entry.reason
        assert any(one.startswith(f"{entry.id}: {entry.reason}") for one in made.conflicts)


SHARING = """\
  - {id: a, rdf_source: sets/rdf.yaml, passive: true}
  - {id: b, rdf_source: ./sets/rdf.yaml, download_url: "https://a.org/b.zip", name: "Beta: own"}
  - {id: c, rdf_source: sets/rdf.yaml, download_url: "https://a.org/c.zip"}
  - {id: d, rdf_source: sets/rdf.yaml}
"""
SHARED = {"sets/rdf.yaml": RDF.replace("10.1/x", "10.1234/x")}


def test_an_rdf_takes_what_all_entries_that_share_it_want_and_the_rest_is_their_own(
    judge: CachedJudge,
) -> None:
    made = plan(HEAD + SHARING, judge, texts=SHARED)
    assert [entry.after for entry in made.entries] == [Status.LATEST] * 4
    a, b, c, d = Document.parse(text_of(made)).data["collection"]
    assert a == {"id": "a", "rdf_source": "sets/rdf.yaml", "config": {"p": {"passive": True}}}
    assert (b["source"], b["name"]) == ("https://a.org/b.zip", "Beta - own")
    assert b["config"] == {"p": {"name": "Beta: own"}}
    assert (c["source"], d) == ("https://a.org/c.zip", {"id": "d", "rdf_source": "sets/rdf.yaml"})
    rdf = Document.parse(text_of(made, "sets/rdf.yaml")).data
    assert rdf["format_version"] == "0.3.4" and not {"config", "source"} & rdf.keys()
    again = plan(text_of(made), judge, texts={"sets/rdf.yaml": text_of(made, "sets/rdf.yaml")})
    assert not again.contents()


def test_an_entry_of_its_own_that_others_have_by_a_latest_rdf_leaves_that_as_it_is(
    judge: CachedJudge,
) -> None:
    texts = {"sets/rdf.yaml": text_of(plan(HEAD + SHARING, judge, texts=SHARED), "sets/rdf.yaml")}
    made = plan(HEAD + SHARING, judge, texts=texts, entries=[1])
    assert [entry.after for entry in made.entries] == [Status.LATEST]
    assert list(made.documents) == ["collection.yaml"]


@pytest.mark.parametrize(
    ("entries", "last", "why"),
    [
        ([0, 1], "{id: d, rdf_source: sets/rdf.yaml}", "is not upgraded: upgrade them together"),
        (None, "{id: D d, rdf_source: sets/rdf.yaml, license: X}", "stays as it is"),
    ],
)
def test_an_rdf_stays_as_it_is_where_one_entry_that_shares_it_does(
    entries: list[int] | None, last: str, why: str, judge: CachedJudge
) -> None:
    text = HEAD + SHARING.replace("{id: d, rdf_source: sets/rdf.yaml}", last)
    made = plan(text, judge, Answers(), texts=SHARED, entries=entries)
    reason = f"sets/rdf.yaml is shared with another entry that {why}"
    assert not made.contents()
    assert [entry.reason for entry in made.entries][:2] == [reason, reason]
    assert made.conflicts[0] == f"a: {reason}"


TWICE = {"r.yaml": "type: dataset\nformat_version: 0.3.4\nname: First set\nname: Last set\ndescription: d\n"}
TWO = "  - {id: a, rdf_source: r.yaml}\n  - {id: b, rdf_source: r.yaml}\n"


@pytest.mark.parametrize(
    ("entries", "of_a", "of_b"),
    [
        ([0], "first", None),
        (None, "first", "last"),
        (None, "last", "first"),
    ],
)
def test_duplicates_of_a_shared_rdf_are_settled_as_all_entries_want_or_not_at_all(
    entries: list[int] | None, of_a: str, of_b: str | None, judge: CachedJudge
) -> None:
    answers = {"duplicate-keys:r.yaml:name @ a": of_a, "duplicate-keys:r.yaml:name @ b": of_b}
    given = Answers({key: value for key, value in answers.items() if value})
    made = plan(HEAD + TWO, judge, given, texts=TWICE, entries=entries)
    assert not made.contents()
    assert made.entries[0].reason.startswith("r.yaml is shared with another entry that ")
    assert [entry.after for entry in made.entries] == [entry.before for entry in made.entries]


def test_a_duplicate_of_an_entry_in_the_latest_format_waits_for_its_answer(judge: CachedJudge) -> None:
    text = HEAD + "  - {id: a, type: dataset, format_version: 0.3.4, name: First set, name: Last set}\n"
    made = plan(text, judge, Answers())
    assert not made.contents() and made.entries[0].reason == "skipped: 1 unanswered question"
    done = plan(text, judge, Answers({"duplicate-keys:a:name": "first"}))
    new = Document.parse(text_of(done)).data["collection"][0]
    assert (new["name"], new["config"]) == ("First set", {"p": {"name": "Last set"}})


def test_duplicates_of_a_shared_rdf_are_settled_where_none_that_stays_reads_them(judge: CachedJudge) -> None:
    text = HEAD + TWO.replace("id: b", "id: b, name: Own")
    answers = Answers({"duplicate-keys:r.yaml:name": "first"})
    made = plan(text, judge, answers, texts=TWICE, entries=[0])
    assert Document.parse(text_of(made, "r.yaml")).data["name"] == "First set"
    own = {"id": "a", "rdf_source": "r.yaml", "config": {"p": {"name": "Last set"}}}
    assert Document.parse(text_of(made)).data["collection"][0] == own
    agreed = plan(HEAD + TWO, judge, answers, texts=TWICE)
    assert [one.entries for one in agreed.questions] == [("a", "b")]
    new = Document.parse(text_of(agreed, "r.yaml")).data
    assert (new["name"], new["config"]) == ("First set", {"p": {"name": "Last set"}})


@pytest.mark.parametrize("entries", [None, [0]])
def test_an_empty_config_of_a_shared_rdf_stays_or_goes_for_all(
    entries: list[int] | None, judge: CachedJudge
) -> None:
    texts = {"r.yaml": "type: dataset\nformat_version: 0.2.4\nname: A set\ndescription: d\nconfig: null\n"}
    made = plan(HEAD + TWO.replace("id: b", "id: b, passive: true"), judge, texts=texts, entries=entries)
    if entries:
        assert not made.contents()
        assert made.entries[0].reason.endswith(
            "with another entry that is not upgraded: upgrade them together"
        )
        return
    assert [entry.after for entry in made.entries] == [Status.LATEST] * 2
    assert "config" not in Document.parse(text_of(made, "r.yaml")).data
    assert Document.parse(text_of(made)).data["collection"][1]["config"] == {"p": {"passive": True}}


ALIASED = """\
  - {id: %s, type: application, name: Alpha 1, links: [Up 1], cite: &one [{text: D, doi: 'https://doi.org/10.1234/x'}]}
  - {id: b, type: application, name: Beta 1, links: [A b, Up 1], cite: *one}
"""


@pytest.mark.parametrize(
    ("entries", "listed"),
    [
        ([0, 1], "  - {id: A b, rdf_source: s/r.yaml, name: x}\n%s  - {id: b, rdf_source: s/r.yaml}\n"),
        ([0], "  - {id: A b, rdf_source: s/r.yaml, name: x}\n%s  - {id: b, rdf_source: s/r.yaml}\n"),
        (None, ALIASED.replace(", links: [Up 1]", "") % "A b" + "%s"),
    ],
)
def test_links_do_not_follow_an_entry_that_keeps_its_id_after_all(
    entries: list[int] | None, listed: str, judge: CachedJudge
) -> None:
    linking = "  - {id: c, type: application, name: Cee 1, format_version: 0.3.4, links: [A b]}\n"
    texts = {"s/r.yaml": RDF.replace("10.1/x", "10.1234/x")}
    made = plan(HEAD + listed % linking, judge, texts=texts, entries=entries)
    assert made.conflicts and not made.contents() and not made.warnings
    assert not any(entry.changes for entry in made.entries)


def test_an_entry_that_cannot_be_written_follows_all_the_same(judge: CachedJudge) -> None:
    made = plan(HEAD + ALIASED % "a" + "  - {id: Up 1, type: application, name: Up}\n", judge)
    listed = Document.parse(text_of(made)).data["collection"]
    assert [one.get("links") for one in listed] == [["up-1"], ["A b", "up-1"], None]
    assert "alias" in made.entries[0].reason and len(set(made.conflicts)) == len(made.conflicts) == 2


def test_an_entry_that_stays_wants_of_an_rdf_only_what_it_does_not_override(judge: CachedJudge) -> None:
    texts = {"r.yaml": "type: dataset\nformat_version: 0.2.4\nname: A set\ndescription: d\n"}
    text = HEAD + TWO.replace("id: b", "id: b, format_version: 0.3.4")
    for entries in (None, [0]):
        made = plan(text, judge, texts=texts, entries=entries)
        assert made.entries[0].after is Status.LATEST
        assert list(made.documents) == ["r.yaml"]


@pytest.mark.parametrize("own", ["", ", download_url: ./b.zip"])
def test_a_relative_path_stays_in_the_file_that_it_begins_at(own: str, judge: CachedJudge) -> None:
    rdf = "type: application\nformat_version: 0.2.4\nname: Alpha\ndescription: d\ndownload_url: ./x.zip\n"
    text = HEAD + TWO.replace("r.yaml", "s/r.yaml").replace("id: b", f"id: b{own}")
    made = plan(text, judge, texts={"s/r.yaml": rdf})
    assert [entry.after for entry in made.entries] == [Status.LATEST] * 2
    assert Document.parse(text_of(made, "s/r.yaml")).data["source"] == "./x.zip"
    listed = Document.parse(made.documents["collection.yaml"].text if own else text).data["collection"]
    assert [one.get("source") for one in listed] == [None, "./b.zip" if own else None]


@pytest.mark.parametrize("folder", ["", "s/"])
def test_a_path_goes_from_a_shared_rdf_to_an_entry_only_where_it_begins_at_the_same_folder(
    folder: str, judge: CachedJudge
) -> None:
    rdf = "type: dataset\nformat_version: 0.3.4\ndescription: d\nconfig: null\ndownload_url: ./x.zip\n"
    text = HEAD + TWO.replace("r.yaml", f"{folder}r.yaml").replace("id: a", "id: a, type: application")
    made = plan(text, judge, texts={f"{folder}r.yaml": rdf})
    if folder:
        assert not made.contents()
        assert made.entries[0].reason == "s/r.yaml is shared with another entry that needs different values"
        return
    assert [entry.after for entry in made.entries] == [Status.LATEST] * 2
    a, b = Document.parse(text_of(made)).data["collection"]
    assert (a["source"], b["config"], "source" in b) == ("./x.zip", {"p": {"source": "./x.zip"}}, False)
    assert (a["name"], b["name"]) == ("a application", "b dataset")


@pytest.mark.parametrize("folder", ["", "s/"])
@pytest.mark.parametrize("text", ["data.csv", "MIT", "moss", "s/data.csv"])
def test_a_text_that_only_equals_one_of_a_shared_rdf_is_no_path(
    folder: str, text: str, judge: CachedJudge
) -> None:
    rdf = f"type: dataset\nformat_version: 0.3.4\nname: Moss and fern\ndescription: {text}\nconfig: null\n"
    two = TWO.replace("r.yaml", f"{folder}r.yaml")
    two = two.replace("id: a", f"id: a, type: application, tag: {text}").replace("id: b", "id: b, tag: x")
    made = plan(HEAD + two, judge, texts={f"{folder}r.yaml": rdf})
    assert [entry.after for entry in made.entries] == [Status.LATEST] * 2
    listed = Document.parse(text_of(made)).data["collection"]
    assert [one["tags"] for one in listed] == [[text], ["x"]]


def test_an_rdf_keeps_the_type_that_an_entry_overrides(judge: CachedJudge) -> None:
    texts = {"r.yaml": "type: application\nformat_version: 0.2.4\nname: Alpha\ndescription: d\n"}
    made = plan(HEAD + "  - {id: a, type: dataset, rdf_source: r.yaml}\n", judge, texts=texts)
    assert made.entries[0].after is Status.LATEST
    assert Document.parse(text_of(made, "r.yaml")).data["type"] == "application"


def test_an_rdf_keeps_its_config_below_that_of_the_entry(judge: CachedJudge) -> None:
    entry = "  - {id: a, rdf_source: sets/rdf.yaml, config: {own: 1}}\n"
    rdf = "type: dataset\nformat_version: 0.2.4\nname: 'Alpha: set'\ndescription: d\nconfig: {x: {y: 1}}\n"
    made = plan(HEAD + entry, judge, texts={"sets/rdf.yaml": rdf})
    assert [one.after for one in made.entries] == [Status.LATEST]
    new = Document.parse(text_of(made, "sets/rdf.yaml")).data
    assert (new["name"], new["config"]) == ("Alpha - set", {"x": {"y": 1}, "p": {"name": "Alpha: set"}})


def test_an_rdf_is_not_written_for_an_entry_that_cannot_be(judge: CachedJudge) -> None:
    shared = "  - &one {id: a, rdf_source: sets/rdf.yaml, passive: true}\n  - *one\n"
    made = plan(HEAD + shared, judge, texts=SHARED)
    assert not made.contents() and "alias" in made.entries[0].reason


MERGED = """\
format_version: 0.2.2
config:
  id: p
  base: &base {license: MIT, authors: [Ann Bee], %s}
collection:
  - <<: *base
    id: one
    type: application
    name: First of all
    description: It is
    source: https://a.org/1
"""


def test_a_field_that_a_merge_brings_in_is_written_beside_it(judge: CachedJudge) -> None:
    text = MERGED % "tags: [x]"
    made = plan(text, judge)
    assert made.entries[0].after is Status.LATEST
    new = Document.parse(text_of(made)).data
    assert new["collection"][0]["authors"] == [{"name": "Ann Bee"}]
    assert new["config"] == Document.parse(text).data["config"]
    assert "  - <<: *base\n" in text_of(made)


@pytest.mark.parametrize(
    "own", ["<<: *base", "<<: [*base]", "passive: false\n    <<: *base", "<<: *base\n    passive: true"]
)
def test_a_merged_field_that_would_have_to_go_is_named_with_what_to_do(own: str, judge: CachedJudge) -> None:
    made = plan((MERGED % "passive: true").replace("<<: *base", own), judge)
    (one,) = made.entries
    assert one.reason == (
        "The new format does not have passive, which comes from a merge (<<). "
        "Write the merged fields out in the entry, without these."
    )
    assert one.after == one.before and not made.contents()


def test_an_entry_that_is_merged_elsewhere_says_what_to_do(judge: CachedJudge) -> None:
    text = (MERGED % "tags: [x]").replace("- <<: *base", "- &one")
    made = plan(text + "  - <<: *one\n    id: two\n", judge)
    assert "is repeated by an alias" in made.entries[0].reason
    assert made.entries[0].reason.endswith("Write the repeated values out first.")
    assert made.entries[1].after is Status.LATEST


def test_what_would_not_read_as_meant_is_not_written_and_the_others_are(
    judge: CachedJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(resolved: Resolved, *more: Any) -> list[Edit]:
        return placement.entry_edits(resolved, *more)[: 0 if resolved.entry.id == "alpha" else None]

    monkeypatch.setattr(planner, "entry_edits", forgetful)
    made = plan(HEAD + OLD + OLD.replace("alpha", "beta"), judge)
    alpha, beta = made.entries
    assert (alpha.after, beta.after) == (alpha.before, Status.LATEST)
    assert alpha.reason == "cannot be written without touching other values"
    assert text_of(made).startswith(HEAD + OLD)


def test_ids_that_others_may_link_to_are_named_and_not_all_of_many(judge: CachedJudge) -> None:
    def warning(count: int) -> str:
        entries = "".join(f"  - {{id: A{n}, type: application, name: Alpha {n}}}\n" for n in range(count))
        (only,) = plan(HEAD + entries, judge).warnings
        return only

    assert "A0, A1, A2, A3, A4" in warning(5)
    assert "…" not in warning(5)
    assert "A0, A1, A2, A3, A4, …" in warning(6)


SHOUTED = """  - {id: Alpha, type: application, name: Alpha of all, documentation: "https://example.org/a"}
  - {id: Beta, type: application, name: Beta of all, documentation: "https://example.org/b"}
"""


def test_what_waits_for_an_answer_is_told_with_the_fixes_and_files_it_would_bring(judge: CachedJudge) -> None:
    made = plan(HEAD + SHOUTED, judge, Answers())
    assert not made.contents()
    assert {change.fix for entry in made.entries for change in entry.waiting} >= {
        "id-lowercase",
        "documentation-stub",
        "format-version",
    }
    assert [file.path for file in made.waiting_files] == ["docs/alpha.md", "docs/beta.md"]
    answered = plan(HEAD + SHOUTED, judge)
    assert (made.waiting_files, answered.waiting_files) == (answered.files, ())
    assert not any(entry.waiting for entry in answered.entries)
    assert [(entry.type, entry.format) for entry in answered.entries] == [("application", "0.3.4")] * 2


def test_an_entry_that_is_answered_by_itself_is_asked_by_itself(judge: CachedJudge) -> None:
    shared = plan(HEAD + SHOUTED, judge, Answers()).questions[0]
    assert (shared.fix, shared.entries) == ("id-lowercase", ("Alpha", "Beta"))
    alone = shared.alone("Beta")
    made = plan(HEAD + SHOUTED, judge, Answers({shared.key: True, alone.key: False}))
    assert [question.entries for question in made.questions] == [("Alpha",), ("Beta",)]
    assert [entry.after for entry in made.entries] == [Status.LATEST, made.entries[1].before]
    assert "id: alpha" in text_of(made)
    assert "id: Beta" in text_of(made)


def test_an_entry_whose_new_file_is_declined_stays_as_it_was(judge: CachedJudge) -> None:
    made = plan(HEAD + SHOUTED, judge, options=Options(declined=frozenset({"docs/alpha.md"})))
    assert [file.path for file in made.files] == ["docs/beta.md"]
    assert made.entries[0].reason == "the new file docs/alpha.md was declined"
    assert made.entries[1].after is Status.LATEST


def test_planning_tells_how_far_it_is_and_ends_when_it_is_told_to(judge: CachedJudge) -> None:
    seen: list[tuple[int, int]] = []

    def told(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan(HEAD + SHOUTED, judge, on_progress=told)
    assert seen == [(0, 2), (1, 2)]


def test_an_entry_that_the_checker_fails_on_stays_and_says_so() -> None:
    def failing(entries: Sequence[str]) -> list[Verdict | CheckerFailed]:
        return [CheckerFailed("The checker failed on this entry: bang", "hint") for _ in entries]

    made = plan(HEAD + OLD, CachedJudge(failing))
    (entry,) = made.entries
    assert (entry.before, entry.after) == (Status.UNCHECKED, Status.UNCHECKED)
    assert "bang" in entry.reason and not made.contents()


def test_entries_are_judged_once_and_while_others_are_worked_on(judge: CachedJudge) -> None:
    asked: list[tuple[str, str, str]] = []

    def judged(entries: Sequence[str]) -> list[Verdict | CheckerFailed]:
        several = [protocol.decode(entry) for entry in entries]
        thread = threading.current_thread().name
        asked.extend((thread, str(data.get("id")), str(data.get("format_version"))) for data in several)
        return [judge(data) for data in several]

    text = HEAD + "".join(OLD.replace("alpha", f"alpha-{number}") for number in range(40))
    made = plan(text, CachedJudge(judged))
    assert [entry.after for entry in made.entries] == [Status.LATEST] * 40
    old = [(thread, id) for thread, id, version in asked if version == "0.2.2"]
    assert [id for _, id in old] == [f"alpha-{number}" for number in range(40)]
    assert all(thread.startswith("judging") for thread, _ in old)


@pytest.mark.parametrize(
    ("written", "id"), [("yes", "abc"), ("No", "Abc"), ("true", "abc"), ("false", "Abc"), ("maybe", None)]
)
def test_yes_and_no_are_answers_to_a_question_of_either(
    written: str, id: str | None, judge: CachedJudge
) -> None:
    answers = Answers(kinds=Document.parse(f"id-lowercase: {written}").data)
    made = plan(HEAD + "  - {id: Abc, type: dataset, name: A dataset, description: d}\n", judge, answers)
    (question,) = [one for one in made.questions if one.kind == "id-lowercase"]
    assert (answers.objection(question) is None) == (id is not None)
    assert answers.find(question) is (UNANSWERED if id is None else id == "abc")


OLD_MODEL = """\
type: model
format_version: 0.4.10
name: A model
description: d
authors: [{name: Jo}]
documentation: README.md
license: MIT
cite: [{text: Doe, doi: 10.1234/x}]
timestamp: '2021-01-01T00:00:00'
inputs: [{name: raw, axes: bcyx, data_type: float32, shape: [1, 1, 8, 8]}]
outputs: [{name: out, axes: bcyx, data_type: float32, shape: [1, 1, 8, 8]}]
test_inputs: [in.npy]
test_outputs: [out.npy]
weights:
  pytorch_state_dict:
    source: w.pt
    architecture: net.py:UNet
    pytorch_version: 1.13.1
"""


def sources(value: Any) -> list[str]:
    """Every file that data name by `source`."""
    if isinstance(value, dict):
        own = [value["source"]] if isinstance(value.get("source"), str) else []
        return own + [path for key, one in value.items() if key != "config" for path in sources(one)]
    return [path for one in value for path in sources(one)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("own", "files"),
    [
        ("test_inputs: [tests/x.npy]", {"tests/x.npy", "m/u/out.npy"}),
        ("test_inputs: [m/u/sub/x.npy], test_outputs: [m/y.npy]", {"m/u/sub/x.npy", "m/y.npy"}),
        ("inputs: [{name: a, axes: bcyx, data_type: uint8, shape: [1, 1, 8, 8]}]", {"m/u/in.npy"}),
        ("covers: [c.png]", {"c.png", "m/u/in.npy"}),
        ("attachments: {files: [a.zip]}", {"a.zip"}),
        ("thumbnail: t.png", {"t.png", "m/u/in.npy"}),
        ("sample_input: s.tif", {"s.tif", "m/u/in.npy"}),
        ("dependencies: 'conda:env.yaml'", {"env.yaml", "m/u/in.npy"}),
    ],
)
def test_a_path_that_moves_between_an_entry_and_its_rdf_names_the_same_file(
    own: str, files: set[str], judge: CachedJudge
) -> None:
    text = HEAD + f"  - {{id: a, rdf_source: m/u/rdf.yaml, {own}}}\n"
    made = plan(text, judge, texts={"m/u/rdf.yaml": OLD_MODEL})
    assert [entry.after for entry in made.entries] == [Status.LATEST], made.entries[0].reason
    rdf = Document.parse(text_of(made, "m/u/rdf.yaml")).data
    (entry,) = Document.parse(made.documents.get("collection.yaml", Document.parse(text, "")).text).data[
        "collection"
    ]
    named = {normpath(f"m/u/{path}") for path in sources(rdf)} | {*sources(entry)}
    assert files <= named
    assert {"m/u/README.md", "m/u/w.pt", "m/u/net.py"} <= named
    assert "in.npy" not in named and "out.npy" not in named


def test_an_entry_whose_paths_may_not_be_respelled_stays(judge: CachedJudge) -> None:
    text = HEAD + "  - {id: a, rdf_source: m/u/rdf.yaml, test_inputs: [x.npy]}\n"
    made = plan(text, judge, texts={"m/u/rdf.yaml": OLD_MODEL}, skipped_fixes=["relative-paths"])
    assert not made.contents()
    assert "without the fix" in made.entries[0].reason


@pytest.mark.parametrize("own", ["test_inputs: [out.npy]", "weights: {onnx: {source: out.npy}}"])
def test_a_file_that_an_entry_and_its_rdf_both_name_is_not_mistaken(own: str, judge: CachedJudge) -> None:
    text = HEAD + f"  - {{id: a, rdf_source: m/u/rdf.yaml, {own}}}\n"
    made = plan(text, judge, texts={"m/u/rdf.yaml": OLD_MODEL})
    assert not made.contents()
    assert "both name out.npy" in made.entries[0].reason


@pytest.mark.parametrize(
    "own",
    [
        "tags: [in.npy]",
        "tag: in.npy",
        "description: in.npy",
        "authors: [{name: in.npy}]",
        "cite: [{text: in.npy, doi: 10.1234/x}]",
        "config: {q: {x: in.npy}}",
        "note: in.npy",
    ],
)
def test_a_text_that_is_no_file_is_not_mistaken_for_one(own: str, judge: CachedJudge) -> None:
    text = HEAD + f"  - {{id: a, rdf_source: m/u/rdf.yaml, {own}}}\n"
    made = plan(text, judge, texts={"m/u/rdf.yaml": OLD_MODEL})
    assert [entry.after for entry in made.entries] == [Status.LATEST], made.entries[0].reason
    assert {"in.npy", "out.npy"} <= {*sources(Document.parse(text_of(made, "m/u/rdf.yaml")).data)}


def test_files_of_weights_that_an_entry_overrides_begin_at_the_entry(judge: CachedJudge) -> None:
    env = "dependencies: ['conda:env.yaml']"
    weights = f"{{pytorch_state_dict: {{source: w.pt, architecture: net.py:N, {env}}}}}"
    rdf = OLD_MODEL.replace("    pytorch_version: 1.13.1\n", "    dependencies: conda:env.yaml\n")
    text = (
        HEAD
        + f"  - {{id: a, rdf_source: m/u/rdf.yaml, weights: {weights.replace('[', '').replace(']', '')}}}\n"
    )
    envs = {"env.yaml": "- pytorch=1.10.2\n", "m/u/env.yaml": "- pytorch=1.9.1\n"}
    made = plan(text, judge, texts={"m/u/rdf.yaml": rdf, **envs})
    assert [entry.after for entry in made.entries] == [Status.LATEST], made.entries[0].reason
    written = [text_of(made), text_of(made, "m/u/rdf.yaml")]
    assert "1.10.2" in written[0] and "1.9.1" not in written[0]
    assert "1.9.1" in written[1] and "1.10.2" not in written[1]


def test_the_files_of_a_plugin_are_named_from_the_entry(judge: CachedJudge) -> None:
    plugin = '<config lang="json">{"name": "A plugin", "description": "d", "cover": "c.png"}</config>'
    entry = "  - {id: a, type: application, source: apps/x/app.imjoy.html}\n"
    made = plan(HEAD + entry, judge, texts={"apps/x/app.imjoy.html": plugin})
    assert [entry.after for entry in made.entries] == [Status.LATEST], made.entries[0].reason
    own = Document.parse(text_of(made)).data["collection"][0]
    assert own["covers"] == [{"source": "apps/x/c.png"}]


_RECORD = "https://zenodo.org/api/records/1234567/files"
_RAW = "https://raw.githubusercontent.com/q/r"


@pytest.mark.parametrize(
    ("reference", "path", "cover"),
    [
        ("https://example.org/m/rdf.yaml?x=1", "c.png", "https://example.org/m/c.png"),
        ("https://example.org/m/RDF.YML", "a b.png", "https://example.org/m/a%20b.png"),
        ("https://example.org/m/rdf.yaml", "a#b.png", "https://example.org/m/a%23b.png"),
        ("https://example.org/m/rdf.yaml", "a%20?b.png", "https://example.org/m/a%20%3Fb.png"),
        ("https://github.com/q/r/blob/main/m/rdf.yaml", "c.png", f"{_RAW}/main/m/c.png"),
        (f"{_RECORD}/rdf.yaml/content", "c.png", f"{_RECORD}/c.png/content"),
        ("10.5281/zenodo.1234567", "c.png", f"{_RECORD}/c.png/content"),
        ("https://example.org/d?path=m/rdf.yaml", "c.png", None),
        ("https://example.org/m/rdf.yaml/content", "c.png", None),
        ("https://example.org/m/rdf.yaml/", "c.png", None),
    ],
)
def test_a_path_of_a_remote_rdf_is_a_url_in_the_entry(
    reference: str, path: str, cover: str | None, judge: CachedJudge
) -> None:
    remote = f"type: dataset\nformat_version: 0.2.4\nname: A set\ndescription: d\ncovers: ['{path}']\n"
    entry = f"  - {{id: a, rdf_source: '{reference}'}}\n"
    made = plan(HEAD + entry, judge, texts={fetched_name(reference): remote})
    if cover:
        assert Document.parse(text_of(made)).data["collection"][0]["covers"] == [{"source": cover}]
        return
    assert not made.contents()
    assert made.entries[0].reason.startswith("c.png is relative to its RDF, which is not in this repository")


LINKING = "type: dataset\nformat_version: 0.3.4\nname: A set\ndescription: d  # said\nlinks: [Up 1, p/Up 1, q/Up 1]  # up\n"


@pytest.mark.parametrize("more", ["", ", passive: true", ", links: [z]"])
@pytest.mark.parametrize("entries", [None, [0], [0, 1]])
def test_an_rdf_follows_an_entry_that_gets_another_id(
    more: str, entries: list[int] | None, judge: CachedJudge
) -> None:
    up = "  - {id: Up 1, type: application, name: Up of all}\n"
    text = HEAD + up + f"  - {{id: b, rdf_source: s/r.yaml{more}}}\n  - {{id: c, rdf_source: s/r.yaml}}\n"
    made = plan(text, judge, texts={"s/r.yaml": LINKING}, entries=entries)
    assert text_of(made, "s/r.yaml") == LINKING.replace("[Up 1, p/Up 1", "[up-1, p/up-1")
    _, b, c = Document.parse(text_of(made)).data["collection"]
    assert (b.get("links"), c) == (["z"] if "links" in more else None, {"id": "c", "rdf_source": "s/r.yaml"})


def test_an_rdf_in_an_entry_follows_too(judge: CachedJudge) -> None:
    up = "  - {id: Up 1, type: application, name: Up of all}\n"
    inline = "{type: dataset, format_version: 0.3.4, name: A set, description: d, parent: {id: Up 1}}"
    made = plan(HEAD + up + f"  - {{id: b, license: X, rdf_source: {inline}}}\n", judge, entries=[0])
    assert Document.parse(text_of(made)).data["collection"][1]["rdf_source"]["parent"] == {"id": "up-1"}
