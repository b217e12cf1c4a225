"""The upgrade: questions answered, files agreed to, applied as one step, taken back, done again, committed and pushed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import CORPUS, needs_corpus
from tests.repository.remotes import git
from tests.small_partner import make_repository
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal


@pytest.mark.parametrize("size", ((120, 36), (80, 24)), ids=lambda size: "x".join(map(str, size)))
def test_the_sample_is_upgraded_taken_back_done_again_and_pushed(
    size: tuple[int, int], home: Path, demo: Partner
) -> None:
    before = demo.manifest
    with Terminal(str(demo.clone), home=home, size=size) as app:
        app.sees("Entries 16", "● 5", "◐ 6", "✗ 3").rests()
        app.keys("U").sees("Upgrade 9 entries", "open", "format version").rests()
        app.keys("2").sees("in lower case?", "yes, with the links").rests().keys("enter").sees("of 4").rests()
        app.type("1.13.1").keys("enter").sees("Question").rests()
        app.keys("f6").sees("Files 2").rests()
        app.keys("4").sees("What comes of it").rests()
        app.keys("3").sees("docs/meadow_segmenter.md").rests().keys("y").sees("They will be created").rests()
        app.keys("ctrl+s").sees("Applied as one step")
        assert demo.manifest != before
        app.rests().keys("ctrl+z").sees("Taken back")
        assert demo.manifest == before
        app.rests().keys("ctrl+s").sees("Applied as one step").rests().keys("escape").sees(
            "Entries 16"
        ).rests()
        app.keys("3").sees("Not committed", "upgrade of").rests()
        app.keys("c").sees("sign off").rests().keys("ctrl+s").sees("Committed ")
        acts.push(app)
        acts.leave(app)
    assert "id: meadow_segmenter" in demo.pushed()
    assert "# three at most: more of them push the button down" in demo.pushed()
    assert "docs/meadow_segmenter.md" in git("ls-tree", "-r", "--name-only", "main", cwd=demo.remote)


@needs_corpus
def test_a_historic_manifest_is_upgraded_in_the_app(home: Path, tmp_path: Path) -> None:
    text = (CORPUS / "manifests" / "fiji.4c66f99.yaml").read_text("utf-8")
    clone = make_repository(tmp_path / "fiji", {"manifest.bioimage.io.yaml": text})
    with Terminal(str(clone), home=home) as app:
        app.sees("Entries", "manifest.bioimage.io.yaml").rests()
        app.keys("U").sees("Upgrade", "Plan").rests().keys("f6").rests()
        app.keys("3").rests().keys("y").rests().keys("ctrl+s").rests().keys("4").sees("What comes of it")
