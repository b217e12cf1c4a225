"""The fixes in the order in which they work; what comes later relies on the shapes that came before."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from partner_tui.upgrade import duplicates, pointing
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import Fix, FixKind
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
from partner_tui.upgrade.fixes.field_names import old_names, root_hidden, unknown_to_config
from partner_tui.upgrade.fixes.ids import id_characters, id_lowercase, if_for_id
from partner_tui.upgrade.fixes.license_spdx import license_spdx
from partner_tui.upgrade.fixes.links import (
    blob_to_raw,
    cover_suffix,
    documentation_stub,
    git_repo_url,
    url_punctuation,
)
from partner_tui.upgrade.fixes.misfit import misfit_to_config
from partner_tui.upgrade.fixes.names import description_long, name_characters, name_missing, name_short
from partner_tui.upgrade.fixes.persons import authors_to_objects, persons
from partner_tui.upgrade.fixes.relative_paths import relative_paths
from partner_tui.upgrade.fixes.shapes import (
    config_mapping,
    drop_null,
    numbers_to_text,
    scalar_to_list,
    version_to_text,
)
from partner_tui.upgrade.fixes.sources import notebook_source_from_badge, source_objects, source_to_config
from partner_tui.upgrade.fixes.types import (
    format_version,
    is_only_told_of,
    model_without_weights,
    type_missing,
)
from partner_tui.upgrade.models.tensors import is_model

ENTRY_FIXES: tuple[Fix, ...] = (
    # what it is
    if_for_id,
    old_names,
    drop_null,
    model_without_weights,
    type_missing,
    # the shapes of values
    scalar_to_list,
    config_mapping,
    numbers_to_text,
    version_to_text,
    url_punctuation,
    blob_to_raw,
    authors_to_objects,
    cite_text_to_entry,
    doi_is_url,
    doi_prefix,
    cite_url_is_doi,
    cite_reference,
    persons,
    license_spdx,
    git_repo_url,
    # where a value belongs
    notebook_source_from_badge,
    download_url_to_source,
    download_url_repeats_source,
    documentation_stub,
    download_url_to_config,
    source_to_config,
    cover_suffix,
    source_objects,
    # names and ids
    id_lowercase,
    id_characters,
    name_missing,
    name_characters,
    name_short,
    description_long,
    # the rest
    unknown_to_config,
    relative_paths,
    root_hidden,
    format_version,
    misfit_to_config,
)
"""For applications, datasets, notebooks and generic resources."""


def _is_done(draft: Draft) -> None:
    """Nothing is left to do when there is a draft."""


FIRST_FIXES: tuple[Fix, ...] = (
    Fix(pointing.NAME, pointing.TITLE, pointing.WHY, FixKind.AUTO, _is_done),
    Fix(duplicates.NAME, duplicates.TITLE, duplicates.WHY, FixKind.ASK, _is_done),
)
"""What is done to an entry's text before there is a draft of it; see `entry_upgrade`."""


def model_fixes() -> tuple[Fix, ...]:
    """For models; imported when they are needed."""
    from partner_tui.upgrade.fixes.models import MODEL_FIXES

    return MODEL_FIXES


def fixes_for(draft: Draft) -> tuple[Fix, ...]:
    """The fixes for what a draft is: a model in name alone is none."""
    is_one = is_model(draft.data) and not is_only_told_of(draft)
    return model_fixes() if is_one else ENTRY_FIXES


@cache
def fixes_by_name() -> Mapping[str, Fix]:
    """Every fix there is, by its name."""
    return {fix.name: fix for fix in (*FIRST_FIXES, *ENTRY_FIXES, *model_fixes())}
