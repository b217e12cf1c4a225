"""Two instances on one clone, and an editor beside the app: nobody's words are overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal


@pytest.mark.slow
def test_the_second_instance_notices_and_keeps_what_was_typed(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home) as first, Terminal(str(partner.clone), home=home) as second:
        first.sees("petal-nuclei")
        second.sees("petal-nuclei")
        acts.type_into(first, "Title", "First ")
        acts.type_into(second, "Subtitle", "Second ")
        acts.save(first)
        saved = partner.manifest
        second.keys("ctrl+s").sees("changed by another program", "ctrl+r")
        assert partner.manifest == saved
        second.rests().keys("escape").rests().keys("ctrl+r").sees(
            "First Microscopy Meadow", "edited, not saved"
        )
        acts.save(second)
        acts.leave(second)
        acts.leave(first)
    assert "splash_title: First Microscopy Meadow  # on the site" in partner.manifest
    lines = partner.manifest.splitlines()
    assert [line for line in lines if "splash_subtitle" in line] == ['  splash_subtitle: "Second "']
