from __future__ import annotations

import pytest

from tests.central.manifests import RAW, compiled

CONFIG = f"config: {{id: zoo, tags: [zoo, t], url_root: {RAW}}}\n"
PLUGIN = '<config lang="json">{"name": "P", "description": "p", "labels": ["x"], "docs": "d"}</config>'


def test_the_yaml_of_a_source_overrides_the_entry() -> None:
    text = CONFIG + "dataset:\n- {id: d, name: Mine, license: MIT, source: m/d.yaml, foo: 1, tags: [t]}\n"
    (one,) = compiled(text, {"m/d.yaml": "name: Theirs\ncovers: [./c.png]\n"}, "2021").outcomes
    assert one.item == {
        "covers": ["c.png"],
        "id": "zoo/d",
        "license": "MIT",
        "name": "Theirs",
        "root_url": f"{RAW}/m",
        "source": "m/d.yaml",
        "tags": ["t", "zoo"],
        "type": "dataset",
    }
    assert (one.origins["name"].layer, one.origins["license"].layer) == ("rdf_source", "entry")


def test_a_plugin_replaces_the_application() -> None:
    text = (
        CONFIG
        + "application:\n- {id: P, name: Mine, source: p.imjoy.html}\n- {id: o, name: Other, source: x}\n"
    )
    plugin, other = compiled(text, {"p.imjoy.html": PLUGIN}, "2021").items
    assert (plugin["name"], plugin["tags"], plugin["passive"], plugin["source"]) == (
        "P",
        ["x"],
        False,
        f"{RAW}/p.imjoy.html",
    )
    assert other == {"id": "zoo/o", "name": "Other", "source": "x", "type": "application"}


@pytest.mark.parametrize(
    ("entries", "state", "rule"),
    [
        ("application:\n- {id: a, name: A}\n", "dropped", "no-source"),
        ("collection:\n- {id: a, name: A, type: dataset}\n", "dropped", "not-listed"),
        ("model:\n- {id: a, name: A, source: 'https://x.org/m.yaml'}\n", "unknown", "not-here"),
        ("model:\n- {id: a, name: A, source: no.yaml}\n", "dropped", "source"),
    ],
)
def test_what_was_skipped(entries: str, state: str, rule: str) -> None:
    (one,) = compiled(CONFIG + entries, rules="2021").outcomes
    assert one.cause is not None
    assert (one.state, one.cause.rule) == (state, rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("dataset: []\n", "no-partner-id"),
        (CONFIG + "dataset:\n- {id: a}\n", "no-name"),
        (CONFIG + "dataset:\n- {id: a, name: A}\n- {id: a, name: B}\n", "duplicate-id"),
        (CONFIG + "application:\n- {id: x, name: A, source: p.imjoy.html}\n", "plugin-name"),
    ],
)
def test_what_failed_the_run(text: str, rule: str) -> None:
    found = compiled(text, {"p.imjoy.html": PLUGIN}, "2021")
    assert found.ignored is not None and found.ignored.rule == rule


def test_errors_of_the_spec_are_kept_beside_a_model() -> None:
    text = CONFIG + "model:\n- {id: m, name: M, source: m.yaml, weights: {a: b}}\n"
    item = compiled(text, {"m.yaml": "name: M\nformat_version: 0.3.0\n"}, "2021").items[0]
    assert "weights" in item["error"]["spec"]
    assert item["attachments"] == {"weights": {"a": "b"}}


def test_an_entry_that_repeats_another_is_left_out() -> None:
    first, again = compiled(
        CONFIG + "dataset:\n- {id: a, name: A}\n- {id: a, name: A}\n", rules="2021"
    ).outcomes
    assert (first.state, again.state) == ("item", "dropped")
