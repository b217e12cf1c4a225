from __future__ import annotations

import json
from dataclasses import replace

import pytest

from partner_tui.central.joining import LOGO, Answers, plan_partner
from partner_tui.central.partners_json import FIELDS
from partner_tui.central.workflows import FILE as WORKFLOW
from partner_tui.errors import UsageError
from partner_tui.manifest.text.document import Document
from partner_tui.splash.site_rules import check_config

ANSWERS = Answers(
    "meadow", "Meadow", "Plants in pictures", "https://meadow.org", "meadow/resources", "Ada Lovelace"
)


@pytest.mark.parametrize(
    "answers",
    [
        ANSWERS,
        replace(ANSWERS, name="Icy", types=("dataset",), logo="https://meadow.org/logo.png"),
        replace(ANSWERS, name='M: "x" # é <b>', description="- yes: [no] & <i>", author="null"),
    ],
)
def test_a_new_partner_says_what_was_answered_and_its_splash_has_no_finding(answers: Answers) -> None:
    partner = plan_partner(answers, ())
    data = Document.parse(partner.files["collection.yaml"]).data
    config = data["config"]
    assert check_config(config) == {}
    assert (config["id"], config["name"], config["splash_subtitle"]) == (
        answers.id,
        answers.name,
        answers.description,
    )
    assert config["resource_types"] == list(answers.types)
    (entry,) = data["collection"]
    assert entry["authors"] == [{"name": answers.author}]
    assert len(entry["name"]) >= 5
    assert partner.central == {key: config[key] for key in FIELDS if key in config}
    assert json.dumps(partner.central, ensure_ascii=False, indent=4) in partner.request
    assert (LOGO in partner.files) == (not answers.logo)


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Ä", "A software"),
        ("Café 3D/é", "Cafe 3D e"),
        ("日本語", "meadow"),
        ("日本語 ラボ", "meadow"),
        ("!?!", "meadow"),
        ("🦊 x", "x software"),
        ("n" * 300, "n" * 128),
    ],
)
def test_the_first_entry_is_named_within_what_the_spec_allows(name: str, entry: str) -> None:
    partner = plan_partner(replace(ANSWERS, name=name), ())
    assert Document.parse(partner.files["collection.yaml"]).data["collection"][0]["name"] == entry


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        ((), ()),
        (("README.rst", "licence.txt"), ("README.md",)),
        (("readme", "LICENSE-MIT"), ("README.md",)),
        (("LICENSE.md", WORKFLOW, LOGO, "collection.yaml"), ("collection.yaml", "LICENSE", WORKFLOW, LOGO)),
        (("docs/README.md",), ()),
    ],
)
def test_what_is_there_is_kept(there: tuple[str, ...], kept: tuple[str, ...]) -> None:
    partner = plan_partner(ANSWERS, there)
    assert partner.kept == kept
    assert not set(partner.files) & {*kept, *there}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", ""),
        ("id", "A B"),
        ("name", ""),
        ("name", "a\nb"),
        ("website", "http://meadow.org"),
        ("website", "meadow"),
        ("logo", "logo.png"),
        ("repository", "meadow"),
        ("repository", "a/b/c"),
        ("repository", "a/b.git"),
        ("repository", "a/.."),
        ("repository", "a/b?c#d"),
        ("types", ()),
        ("types", ("mode",)),
    ],
)
def test_an_answer_that_does_not_fit_is_said_by_its_name(name: str, value: object) -> None:
    answers = replace(ANSWERS, **{name: value})  # type: ignore[arg-type]
    assert name in answers.problems()
    with pytest.raises(UsageError, match=name):
        plan_partner(answers, ())
