"""An entry of a `collection:` list says nothing itself and names a YAML file, or a model's DOI, as its source.

A model without inputs, outputs and weights says nothing of a model, whatever its name is: models have no source.

Source: domain.md, section 2: only groups take `source` for an RDF; in a list it is what the resource is made from, and the
site shows an entry without a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.recognise import has_model_parts
from partner_tui.manifest.resolve import names_rdf

NAME = "rdf-in-source"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for entry in manifest.entries:
        if rdf_of(entry) is not None:
            yield finding(
                NAME,
                Severity.ERROR,
                manifest,
                (*entry.path, "source"),
                "source is not read as an RDF in a collection: list",
                "Rename it to rdf_source",
                NAME,
            )


def rdf_of(entry: Entry) -> str | None:
    """The RDF that the entry names as its source, and nothing else of itself; None for all others."""
    if not entry.path or entry.group or "rdf_source" in entry.own:
        return None
    if entry.own.get("name") and (entry.type != "model" or has_model_parts(entry.own)):
        return None
    return str(entry.own["source"]).strip() if names_rdf(entry) else None
