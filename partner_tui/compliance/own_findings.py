"""Runs our own rules on a manifest.

It is long work for a large manifest, and done in a thread while the app has keys to answer: now and then it gives way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from partner_tui.compliance.finding import Finding
from partner_tui.compliance.giving_way import GiveWay, let_others_run
from partner_tui.compliance.rules import ENTRY_RULES, RDF_RULES, RULES, TEXT_RULES
from partner_tui.compliance.rules.rule import Rule, TextRule, texts
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

_SOME_TEXTS = 1000


def own_findings(
    manifest: Manifest,
    files: CloneFiles,
    yield_to_keys: GiveWay = let_others_run,
    rules: Sequence[Rule] | None = None,
    text_rules: Sequence[TextRule] = TEXT_RULES,
    entries: Collection[int] | None = None,
) -> Iterator[Finding]:
    """Findings rule by rule, then those about single texts in file order.

    Args:
        rules: Those for what the manifest is, by default.
        entries: Indices of the entries whose findings are wanted, all by default; what is not wanted may be found, too.
    """
    wanted = manifest
    if entries is not None and not manifest.is_rdf:
        wanted = replace(manifest, entries=tuple(manifest.entries[index] for index in sorted(entries)))
    for rule in (RDF_RULES if manifest.is_rdf else RULES) if rules is None else rules:
        yield from rule.check(wanted if rule in ENTRY_RULES else manifest, files)
        yield_to_keys()
    if text_rules:
        in_texts = _in_texts(wanted, files, text_rules, yield_to_keys)
        yield from sorted(in_texts, key=lambda one: (one.line, one.column))


def _in_texts(
    manifest: Manifest, files: CloneFiles, rules: Sequence[TextRule], yield_to_keys: GiveWay
) -> Iterator[Finding]:
    checks = [rule.check_text for rule in rules]
    for place, (inside, key, text) in enumerate(texts(manifest)):
        for check in checks:
            if found := check(inside, key, text, manifest, files):
                yield found
        if place % _SOME_TEXTS == 0:
            yield_to_keys()
