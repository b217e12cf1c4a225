"""Each fix by a table: what it leaves alone first, then (before, after)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partner_tui.upgrade.audit import invented, lost
from partner_tui.upgrade.draft import Draft, DraftContext, UnansweredQuestion
from partner_tui.upgrade.fix import Fix
from partner_tui.upgrade.fixes import ENTRY_FIXES
from partner_tui.upgrade.fixes.citations import (
    cite_reference,
    cite_text_to_entry,
    cite_url_is_doi,
    doi_is_url,
    doi_prefix,
)
from partner_tui.upgrade.fixes.downloads import (
    download_url_repeats_source,
    download_url_to_config,
    download_url_to_source,
)
from partner_tui.upgrade.fixes.field_names import old_names, unknown_to_config
from partner_tui.upgrade.fixes.ids import id_characters, id_lowercase, if_for_id
from partner_tui.upgrade.fixes.license_spdx import license_spdx
from partner_tui.upgrade.fixes.links import (
    blob_to_raw,
    cover_suffix,
    documentation_stub,
    git_repo_url,
    url_punctuation,
)
from partner_tui.upgrade.fixes.names import description_long, name_characters, name_missing, name_short
from partner_tui.upgrade.fixes.persons import authors_to_objects, persons
from partner_tui.upgrade.fixes.shapes import (
    config_mapping,
    drop_null,
    numbers_to_text,
    scalar_to_list,
    version_to_text,
)
from partner_tui.upgrade.fixes.sources import notebook_source_from_badge, source_objects, source_to_config
from partner_tui.upgrade.fixes.types import format_version, model_without_weights, type_missing
from partner_tui.upgrade.question import Answers

Data = dict[str, Any]
PAGE = "https://example.org/page"
BOOK = "https://example.org/n.ipynb"
COLAB = "https://colab.research.google.com/github/o/r/blob/b/n.ipynb"
BINDER = "https://mybinder.org/v2/gh/o/r/v1?filepath=a%20b.ipynb"

NO_OPS: tuple[tuple[Fix, Data], ...] = (
    (authors_to_objects, {"authors": [{"name": "Jo"}]}),
    (blob_to_raw, {"covers": ["https://raw.githubusercontent.com/o/r/main/a.png"]}),
    (blob_to_raw, {"type": "application", "source": "https://github.com/o/r/blob/main/x.ijm"}),
    (cite_reference, {"cite": [{"text": "Doe", "doi": "10.1038/a"}]}),
    (cite_text_to_entry, {"cite": [{"text": "Doe", "doi": "10.1038/a"}]}),
    (config_mapping, {"config": {"p": {"a": 1}}}),
    (cover_suffix, {"covers": ["a.png", "https://example.org/a.JPG?raw=true"]}),
    (description_long, {"description": "short"}),
    (documentation_stub, {"documentation": "README.md"}),
    (doi_is_url, {"cite": [{"text": "Doe", "doi": "https://doi.org/10.1038/a"}]}),
    (doi_prefix, {"cite": [{"text": "Doe", "doi": "10.1038/a"}]}),
    (download_url_to_source, {"source": PAGE, "download_url": BOOK}),
    (download_url_repeats_source, {"source": PAGE, "download_url": BOOK}),
    (drop_null, {"license": None, "icon": None, "description": ""}),
    (git_repo_url, {"git_repo": "https://github.com/o/r"}),
    (id_lowercase, {"id": "lower"}),
    (id_characters, {"id": "a-b_c/d.e", "parent": "x"}),
    (if_for_id, {"if": "a", "id": "b"}),
    (license_spdx, {"license": "CC-BY-4.0"}),
    (model_without_weights, {"type": "model", "weights": {"onnx": {}}}),
    (name_characters, {"name": "U-Net (2D) + more_things"}),
    (name_missing, {"name": "Fiji"}),
    (name_short, {"name": "Ilastik"}),
    (notebook_source_from_badge, {"type": "notebook", "source": BOOK}),
    (notebook_source_from_badge, {"type": "application", "source": PAGE, "badges": [{"url": BOOK}]}),
    (old_names, {"cover": ["a.png"], "covers": ["b.png"]}),
    (persons, {"authors": [{"name": "Jo", "orcid": "0000-0001-2345-6789"}]}),
    (scalar_to_list, {"tags": ["a"], "attachments": {"files": ["a"]}}),
    (source_objects, {"icon": "🦒", "covers": [{"source": "a.png"}]}),
    (source_to_config, {"type": "application", "source": "x.ijm"}),
    (type_missing, {"type": "workflow"}),
    (unknown_to_config, {"name": "A name", "cite": [{"text": "Doe", "url": PAGE}]}),
    (url_punctuation, {"source": "https://en.example.org/A_(b)"}),
    (version_to_text, {"version": "1.20"}),
    (version_to_text, {"version": True}),
    (version_to_text, {"version": date(2020, 1, 1)}),
    (version_to_text, {"version": [1]}),
)

CHANGES: tuple[tuple[Fix, Data, Data], ...] = (
    (if_for_id, {"if": "a"}, {"id": "a"}),
    (old_names, {"cover": ["a.png"]}, {"covers": ["a.png"]}),
    (drop_null, {"cite": None, "config": None, "tags": ["a", None]}, {"tags": ["a"]}),
    (drop_null, {"authors": [{"name": "Jo", "email": None}]}, {"authors": [{"name": "Jo"}]}),
    (authors_to_objects, {"authors": ["Jo", {"name": "Bo"}]}, {"authors": [{"name": "Jo"}, {"name": "Bo"}]}),
    (scalar_to_list, {"cite": {"text": "t"}, "tags": "a"}, {"cite": [{"text": "t"}], "tags": ["a"]}),
    (numbers_to_text, {"tags": [2018, "a"]}, {"tags": ["2018", "a"]}),
    (version_to_text, {"version": 1.5}, {"version": "1.5"}),
    (doi_prefix, {"cite": [{"doi": "https://doi.org/10.1007/x"}]}, {"cite": [{"doi": "10.1007/x"}]}),
    (doi_prefix, {"cite": [{"doi": "doi: 10.1007/x"}]}, {"cite": [{"doi": "10.1007/x"}]}),
    (
        doi_is_url,
        {"cite": [{"doi": "https://arxiv.org/abs/1"}]},
        {"cite": [{"url": "https://arxiv.org/abs/1"}]},
    ),
    (cite_text_to_entry, {"cite": ["Doe 2020"]}, {"cite": [{"text": "Doe 2020"}]}),
    (cite_url_is_doi, {"cite": [{"url": "doi.org/10.1/x"}]}, {"cite": [{"url": "doi.org/10.1/x"}]}),
    (cite_url_is_doi, {"cite": [{"url": "10.1038/x"}]}, {"cite": [{"doi": "10.1038/x"}]}),
    (
        cite_reference,
        {"cite": [{"text": "Doe, https://doi.org/10.1038/x"}]},
        {"cite": [{"text": "Doe, https://doi.org/10.1038/x", "doi": "10.1038/x"}]},
    ),
    (
        cite_reference,
        {"cite": [{"text": "Doe"}, {"text": "Doe"}]},
        {"config": {"p": {"cite": [{"text": "Doe"}, {"text": "Doe"}]}}},
    ),
    (
        cite_reference,
        {"cite": [{"text": "Doe", "doi": {"name": "https://doi.org/10.1038/x"}}]},
        {
            "cite": [{"text": "Doe", "doi": "10.1038/x"}],
            "config": {"p": {"cite": [{"text": "Doe", "doi": {"name": "https://doi.org/10.1038/x"}}]}},
        },
    ),
    (
        persons,
        {"authors": [{"name": "Jo", "github_user": "jo"}], "maintainers": [{"name": "Jo"}]},
        {
            "authors": [{"name": "Jo", "github_user": "jo"}],
            "maintainers": [{"name": "Jo", "github_user": "jo"}],
        },
    ),
    (license_spdx, {"license": "CC-BY 4.0"}, {"license": "CC-BY-4.0"}),
    (license_spdx, {"license": "BSD 3"}, {"license": "BSD-3-Clause"}),
    (license_spdx, {"license": "GNU GPL v3"}, {"license": "GPL-3.0"}),
    (license_spdx, {"license": "Creative Commons Attribution 4.0 International"}, {"license": "CC-BY-4.0"}),
    (license_spdx, {"license": "https://opensource.org/licenses/MIT"}, {"license": "MIT"}),
    (git_repo_url, {"git_repo": "git@github.com:o/r.git"}, {"git_repo": "https://github.com/o/r"}),
    (url_punctuation, {"source": f"{PAGE},"}, {"source": PAGE}),
    (
        blob_to_raw,
        {"covers": ["https://github.com/o/r/blob/b/a.png?raw=true"]},
        {"covers": ["https://raw.githubusercontent.com/o/r/b/a.png"]},
    ),
    (download_url_to_source, {"download_url": BOOK}, {"source": BOOK}),
    (download_url_repeats_source, {"source": PAGE, "download_url": PAGE}, {"source": PAGE}),
    (
        download_url_to_config,
        {"source": PAGE, "download_url": BOOK},
        {"source": PAGE, "config": {"p": {"download_url": BOOK}}},
    ),
    (documentation_stub, {"documentation": PAGE, "git_repo": PAGE}, {"git_repo": PAGE}),
    (
        documentation_stub,
        {"id": "A b", "documentation": PAGE},
        {"id": "A b", "documentation": {"source": "docs/a-b.md"}},
    ),
    (
        cover_suffix,
        {"covers": ["a.tif", "b.png"]},
        {"covers": ["b.png"], "config": {"p": {"covers": ["a.tif"]}}},
    ),
    (
        notebook_source_from_badge,
        {
            "type": "notebook",
            "source": PAGE,
            "badges": [{"url": "https://colab.research.google.com/github/o/r/blob/b/n.ipynb"}],
        },
        {
            "type": "notebook",
            "source": "https://raw.githubusercontent.com/o/r/b/n.ipynb",
            "badges": [{"url": "https://colab.research.google.com/github/o/r/blob/b/n.ipynb"}],
            "config": {"p": {"source": PAGE}},
        },
    ),
    (
        notebook_source_from_badge,
        {"type": "notebook", "badges": [{"url": BINDER}, {"url": COLAB}]},
        {
            "type": "notebook",
            "source": "https://raw.githubusercontent.com/o/r/b/n.ipynb",
            "badges": [{"url": BINDER}, {"url": COLAB}],
        },
    ),
    (
        notebook_source_from_badge,
        {"type": "notebook", "badges": [{"url": BINDER}]},
        {
            "type": "notebook",
            "source": "https://raw.githubusercontent.com/o/r/v1/a%20b.ipynb",
            "badges": [{"url": BINDER}],
        },
    ),
    (
        source_to_config,
        {"type": "dataset", "source": "x"},
        {"type": "dataset", "config": {"p": {"source": "x"}}},
    ),
    (
        source_to_config,
        {"type": "dataset", "source": "10.5281/zenodo.1"},
        {"type": "dataset", "source": "https://doi.org/10.5281/zenodo.1"},
    ),
    (
        source_objects,
        {"icon": "i.png", "documentation": "a.md", "attachments": {"files": ["f"], "n": 1}},
        {
            "icon": {"source": "i.png"},
            "documentation": {"source": "a.md"},
            "attachments": [{"source": "f"}],
            "config": {"p": {"attachments": {"n": 1}}},
        },
    ),
    (id_lowercase, {"id": "Notebook_X"}, {"id": "notebook_x"}),
    (id_characters, {"id": "a b"}, {"id": "a-b"}),
    (
        name_characters,
        {"name": "CREMI: MICCAI"},
        {"name": "CREMI - MICCAI", "config": {"p": {"name": "CREMI: MICCAI"}}},
    ),
    (
        name_characters,
        {"name": "Cells – a set"},
        {"name": "Cells - a set", "config": {"p": {"name": "Cells – a set"}}},
    ),
    (name_missing, {"id": "p/my_notes"}, {"id": "p/my_notes", "name": "my notes"}),
    (name_missing, {"id": "hpa", "type": "dataset"}, {"id": "hpa", "type": "dataset", "name": "hpa dataset"}),
    (name_missing, {"source": BOOK}, {"source": BOOK, "name": "n ipynb"}),
    (
        name_short,
        {"name": "Fiji", "type": "application"},
        {"name": "Fiji application", "type": "application"},
    ),
    (type_missing, {"source": BOOK}, {"source": BOOK, "type": "notebook"}),
    (model_without_weights, {"type": "model"}, {"type": "generic"}),
    (config_mapping, {"config": "x"}, {"config": {"p": {"config": "x"}}}),
    (
        unknown_to_config,
        {"passive": True, "cite": [{"text": "Doe", "year": 2020}]},
        {
            "cite": [{"text": "Doe"}],
            "config": {"p": {"passive": True, "cite": [{"text": "Doe", "year": 2020}]}},
        },
    ),
)


def drafted(fix: Fix, before: Data) -> Draft:
    draft = Draft(
        before, DraftContext(id=str(before.get("id", "x")), partner_id="p", answers=Answers(defaults=True))
    )
    fix.apply(draft)
    return draft


@pytest.mark.parametrize(("fix", "data"), NO_OPS, ids=lambda one: getattr(one, "name", ""))
def test_what_is_right_already_stays(fix: Fix, data: Data) -> None:
    draft = drafted(fix, data)
    assert draft.data == data
    assert not draft.questions


@pytest.mark.parametrize(("fix", "before", "after"), CHANGES, ids=lambda one: getattr(one, "name", ""))
def test_what_is_old_is_mended_with_nothing_lost_or_invented(fix: Fix, before: Data, after: Data) -> None:
    draft = drafted(fix, before)
    assert draft.data == after
    assert not lost(draft, [draft.new_files.text(path) for path in draft.created])
    assert not invented(draft)
    again = drafted(fix, draft.data)
    assert again.data == after


@pytest.mark.parametrize(
    ("fix", "data", "right", "wrong"),
    [
        (
            cite_reference,
            {"cite": [{"text": "Doe"}]},
            ("config", "10.1234/abc", "https://example.org/paper"),
            ("", "Doe 2020", "doi:abc", "ftp://example.org", 10.1234, None),
        ),
        (id_characters, {"id": "a b"}, ("a-b", "a/b_c.d"), ("", "a b", "A", "/a", "a/", 7, None)),
        (
            license_spdx,
            {"license": "as you like"},
            ("config", "MIT", "CC-BY-4.0"),
            ("", "mit", "CC BY 4.0", 7, None),
        ),
    ],
    ids=["cite-reference", "id-characters", "license-spdx"],
)
def test_a_question_takes_what_serves_and_refuses_the_rest(
    fix: Fix, data: Data, right: tuple[Any, ...], wrong: tuple[Any, ...]
) -> None:
    (question,) = drafted(fix, data).questions
    assert [one for one in right if question.objection(one) is not None] == []
    assert [one for one in wrong if question.objection(one) is None] == []


def test_what_is_kept_on_request_is_in_config_and_nowhere_else() -> None:
    data = {"cite": [{"text": "Doe"}, {"text": "Roe", "doi": "10.1234/abc"}]}
    draft = Draft(data, DraftContext(partner_id="p", answers=Answers(kinds={"cite-reference": "config"})))
    cite_reference.apply(draft)
    assert draft.data == {
        "cite": [{"text": "Roe", "doi": "10.1234/abc"}],
        "config": {"p": {"cite": [{"text": "Doe"}]}},
    }


def test_a_fix_is_named_once_and_says_why() -> None:
    names = [one.name for one in ENTRY_FIXES]
    assert len(names) == len(set(names))
    assert all(one.title and one.why.endswith((".", "null.")) for one in ENTRY_FIXES)


def test_a_value_that_vanishes_is_found_by_the_audit() -> None:
    draft = Draft({"name": "A name", "tags": ["a", "a"]})
    draft.data["tags"] = ["a"]
    draft.data["license"] = "MIT"
    assert lost(draft) == ("a",)
    assert invented(draft) == ("MIT",)


@pytest.mark.parametrize(
    ("declared", "asks"),
    [
        ("0.3.4", False),
        ("0.3.99", False),
        ("0.2.3", False),
        ("0.3", False),
        (0.2, False),
        (None, False),
        ("0.4.0", True),
        ("9.9.9", True),
        ("1.0.0", True),
    ],
)
def test_a_format_that_is_newer_than_all_known_ones_is_never_set_back_unasked(
    declared: Any, asks: bool
) -> None:
    draft = Draft({"format_version": declared}, DraftContext(latest=lambda kind: "0.3.4"))
    if asks:
        with pytest.raises(UnansweredQuestion):
            format_version.apply(draft)
        assert draft.data == {"format_version": declared}
    else:
        format_version.apply(draft)
        assert draft.data == {"format_version": "0.3.4"}
    assert bool(draft.questions) is asks
