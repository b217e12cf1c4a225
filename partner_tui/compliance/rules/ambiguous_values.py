"""A value without quotes that YAML 1.2 and YAML 1.1 take for different ones, in a field that has a type.

Source: the spec library reads YAML 1.2, PyYAML (which the central CI reads manifests with) 1.1. What is free to be
anything, such as an entry's `config` or the arguments of an architecture, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding, within
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.ambiguity import ambiguous
from partner_tui.manifest.text.document import Path, spelled
from partner_tui.plain import visible

NAME = "ambiguous-value"
TYPED = frozenset(
    """
    attachments authors badges cite covers description documentation download_url format_version git_repo icon id
    id_emoji inputs license links maintainers name outputs packaged_by parent rdf_source run_mode sample_inputs
    sample_outputs source tags test_inputs test_outputs timestamp training_data type uploader version version_comment
    version_number weights
    """.split()  # noqa: SIM905 - 39 names in as many lines say no more
)
"""Every field that some format of the spec has, but for `config`."""


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for found in ambiguous(manifest.document):
        inside = within(manifest, found.path)
        if not _has_type(inside, found.path, manifest):
            continue
        token = visible(found.token, 48)
        yield finding(
            NAME,
            Severity.INFO,
            manifest,
            found.path,
            f"{spelled(inside)}: {token} is {_named(found.value)} in YAML 1.2 and {_named(found.other)} in YAML 1.1",
            f"Write {visible(found.unambiguous, 48)}, which every parser reads as {_named(found.value)}",
            position=manifest.document.value_position(found.path),
        )


def _has_type(inside: Path, path: Path, manifest: Manifest) -> bool:
    if (
        path[:1] == ("config",) and not manifest.is_rdf
    ):  # the partner: its fields are texts and lists of texts
        return True
    if not inside or inside[0] not in TYPED:
        return False
    return not (inside[0] == "weights" and "kwargs" in inside)


def _named(value: Any) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"the number {value}" if isinstance(value, int | float) else f"the date {value}"
