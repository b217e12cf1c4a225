"""The rules against what the central CI really published, and against every historic manifest.

Left aside, since no rule of the manifest gives it: download_count (counted), owners and links that test results added
(none of these 31 has any), and the partner's test_summaries, which stand in the central repository alone.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest

from partner_tui.central.compile import compile_manifest
from partner_tui.central.compiled import Compiled
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.discovery import KNOWN_NAMES
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.repository.clone_files import FolderFiles
from tests.corpus import CORPUS, manifests, needs_corpus

COMPILED = CORPUS / "compiled"
ASIDE = {"download_count", "owners"}
PARTNERS = ("bioimageio", "deepimagej", "fiji", "ilastik", "imjoy")


def _compiled(partner: str) -> Compiled:
    repository = COMPILED / partner / "repository"
    name = next(name for name in KNOWN_NAMES if (repository / name).is_file())
    return compile_manifest(Document.decode((repository / name).read_bytes(), name), FolderFiles(repository))


@needs_corpus
@pytest.mark.parametrize("partner", PARTNERS)
def test_the_items_are_those_that_were_published(partner: str) -> None:
    published = json.loads((COMPILED / partner / "items.json").read_text("utf-8"))
    found = _compiled(partner)
    assert [_told(item) for item in found.items] == [_told(item) for item in published["items"]]
    assert found.of("dropped") == found.of("unknown") == ()
    (object_,) = published["partner"]
    assert found.partner == {name: value for name, value in object_.items() if name != "test_summaries"}


def _told(item: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in item.items() if name not in ASIDE}


@needs_corpus
def test_every_historic_manifest_is_compiled_or_ignored_with_a_reason() -> None:
    rules: Counter[str] = Counter()
    for path in manifests():
        try:
            document = Document.decode(path.read_bytes(), path.name)
        except ManifestParseError:
            rules["unreadable"] += 1
            continue
        found = compile_manifest(document, NoFiles())
        causes = [one.cause for one in found.outcomes if one.cause]
        if found.ignored:
            rules[found.ignored.rule] += 1
        rules.update(cause.rule for cause in causes)
        for cause in (*causes, *((found.ignored,) if found.ignored else ())):
            assert cause.why and cause.hint and 1 <= cause.line <= document.text.count("\n") + 1, path.name
    assert rules == {
        "unreadable": 23,
        "duplicate-key": 2,
        "no-collection": 142,
        "root": 3,
        "no-type": 34,
        "schema": 6,
        # The manifests alone are here, and not what they name.
        "rdf-source": 121,
        "not-here": 174,
    }
