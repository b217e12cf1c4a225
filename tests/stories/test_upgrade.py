"""The upgrade: questions answered, files agreed to, applied as one step, taken back, done again, committed and pushed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository.remotes import git
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
        app.keys("U").sees("Upgrade 9 entries", "open", "Bare DOIs").rests()
        app.keys("2").sees("in lower case?", "yes, with the links").rests().keys("enter").sees("of 4").rests()
        app.sees("Moss application").keys("enter").sees("Question").rests()
        app.type("1.13.1").keys("enter").sees("Question 4").rests()
        app.type("1.15").keys("enter").sees("0 open").rests()
        app.keys("ctrl+s").sees("docs/meadow_segmenter.md").rests().keys("y").rests()
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
