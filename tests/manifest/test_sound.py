"""What can be published as a manifest, and what is said of what cannot."""

from __future__ import annotations

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.sound import sound_document, sound_manifest
from partner_tui.manifest.text.syntax_errors import conflict_at

CONFLICT = """\
config:
  id: meadow
  description: "One
<<<<<<< HEAD
 of ours
=======
 of theirs
>>>>>>> theirs
 for all"
collection: []
"""


@pytest.mark.parametrize(
    "text",
    [
        "config: {id: meadow}\ncollection: []\n",
        "\ufeffconfig: {id: meadow}\n",
        "config:\n  id: |\n    <<<<<<< HEAD\n    =======\n    >>>>>>> theirs\n",
        "type: dataset\nname: a\n# =======\n",
    ],
)
def test_a_manifest_or_an_rdf_is_sound(text: str) -> None:
    assert sound_manifest(text.encode(), "m.yaml").document.text == text


@pytest.mark.parametrize(
    ("data", "kind", "line", "said"),
    [
        (None, "missing", 0, "m.yaml was removed."),
        (b"", "content", 0, "m.yaml is neither a manifest nor an RDF: it is empty."),
        (b"# nothing\n---\n...\n", "content", 0, "it is empty."),
        (b"\n- id: a\n", "content", 0, "m.yaml is neither a manifest nor an RDF: it is a list."),
        (b"config\n", "content", 0, "it contains only a single value."),
        (b"{}", "content", 0, "it is an empty mapping."),
        (b"a: [\n", "yaml", 2, "line 2"),
        (b"a: \xff\n", "encoding", 1, "not UTF-8"),
        (CONFLICT.encode(), "yaml", 4, "Unresolved merge conflict."),
        (b"\xef\xbb\xbf" + CONFLICT.encode(), "yaml", 4, "Unresolved merge conflict."),
        (CONFLICT.replace("\n", "\r\n").encode(), "yaml", 4, "Unresolved merge conflict"),
        (b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", "yaml", 2, "Unresolved merge conflict"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    data: bytes | None, kind: str, line: int, said: str
) -> None:
    with pytest.raises(ManifestParseError) as caught:
        sound_manifest(data, "m.yaml")
    assert (caught.value.kind, caught.value.line) == (kind, line)
    assert said in caught.value.message and caught.value.hint


def test_an_rdf_may_be_anything_that_parses_without_marks_of_a_merge() -> None:
    assert sound_document(b"[1, 2]", "rdf.yaml").data == [1, 2]
    with pytest.raises(ManifestParseError, match="Unresolved merge conflict"):
        sound_document(CONFLICT.encode(), "rdf.yaml")


def test_marks_of_a_merge_are_looked_for_in_linear_time() -> None:
    assert conflict_at("<<<<<<< a\n=======\n" * 200_000) is None
    assert conflict_at("=======\n>>>>>>> b\n<<<<<<< a\n") is None
