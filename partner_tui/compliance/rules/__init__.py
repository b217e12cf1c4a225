"""The rules of our own for manifests and RDFs, one a module. To add one: write the module, name it here, add its table test."""

from __future__ import annotations

from partner_tui.compliance.rules import (
    ambiguous_values,
    config,
    dangling_links,
    duplicate_ids,
    duplicate_keys,
    github_user,
    id_not_text,
    if_for_id,
    malformed_entries,
    missing_files,
    missing_id,
    missing_type,
    odd_blanks,
    rdf_in_source,
    schema,
    site,
    unusual_values,
    url_punctuation,
)
from partner_tui.compliance.rules.rule import Rule, TextRule

RULES: tuple[Rule, ...] = (
    duplicate_keys,
    config,
    site,
    schema,
    malformed_entries,
    missing_type,
    if_for_id,
    rdf_in_source,
    id_not_text,
    missing_id,
    duplicate_ids,
    dangling_links,
    ambiguous_values,
    unusual_values,
    odd_blanks,
)
RDF_RULES: tuple[Rule, ...] = (duplicate_keys, if_for_id, ambiguous_values, unusual_values, odd_blanks)
"""What is asked of a single RDF as well; all others are about manifests."""
ENTRY_RULES: tuple[Rule, ...] = (unusual_values,)
"""Those of `RULES` that walk through all of every entry, and look at nothing beside it: asked of the entries that are wanted."""
TEXT_RULES: tuple[TextRule, ...] = (missing_files, url_punctuation, github_user)
