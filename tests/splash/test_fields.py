"""The fields of `config`, as one table."""

from __future__ import annotations

import pytest
import yaml

from partner_tui.splash.fields import SPLASH_FIELDS, FieldKind, field, grouped_fields
from tests.corpus import manifests, needs_corpus


def test_every_field_has_one_row_with_a_label_and_a_sentence() -> None:
    assert len({known.key for known in SPLASH_FIELDS}) == len(SPLASH_FIELDS) == 17
    assert len({known.label for known in SPLASH_FIELDS}) == len(SPLASH_FIELDS)
    assert all(known.help.endswith(".") for known in SPLASH_FIELDS)


def test_groups_cover_all_fields_in_the_order_of_the_form() -> None:
    assert [known for _, fields in grouped_fields() for known in fields] == list(SPLASH_FIELDS)


@pytest.mark.parametrize("known", SPLASH_FIELDS, ids=lambda known: known.key)
def test_a_field_is_found_by_its_key(known: object) -> None:
    assert field(getattr(known, "key", "")) is known


def test_a_key_that_the_site_does_not_know_has_no_field() -> None:
    assert field("collection") is None


def test_lists_are_known_as_lists() -> None:
    lists = {known.key for known in SPLASH_FIELDS if known.is_list}
    assert lists == {"tags", "splash_feature_list", "resource_types", "contact"}
    assert all(known.kind is not FieldKind.TEXTS for known in SPLASH_FIELDS if not known.is_list)


@needs_corpus
def test_the_fields_of_all_real_configs_are_described() -> None:
    used: set[str] = set()
    for path in manifests():
        try:
            loaded = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        config = loaded.get("config") if isinstance(loaded, dict) else None
        used |= set(config or {})
    assert used - {known.key for known in SPLASH_FIELDS} <= {"collection"}
