"""The history of an entry: seen across a new id, a version of it restored, undone and restored again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_git import git
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal


@pytest.mark.slow
def test_a_version_from_before_a_new_id_is_restored_undone_and_one_field_of_it_kept(
    home: Path, partner: Partner
) -> None:
    first = partner.manifest
    changed = first.replace("name: Petal nuclei", "name: Nuclei of petals")
    assert changed != first
    for text, message in (
        (changed, "Name the petals"),
        (changed.replace("id: petal-nuclei", "id: petals"), "New id"),
    ):
        partner.write(text)
        git("commit", "--quiet", "--all", "-m", message, cwd=partner.clone)
    now = partner.manifest
    with Terminal(str(partner.clone), home=home, size=(80, 24)) as app:
        app.sees("petals").rests().keys("h").sees("3 versions", "New id", "Name the petals").rests()
        app.sees("renamed from petal-nuclei").keys("j").rests().keys("enter").sees("Petal nuclei").rests()
        app.keys("escape").rests().keys("b").sees("The id changes from petals to petal-nuclei").rests()
        app.keys("y").sees("restored").rests()
        assert partner.manifest == first
        app.keys("ctrl+z").sees("Undone").rests()
        assert partner.manifest == now
        app.sees("3 versions").rests().keys("j").rests()
        app.keys("enter").sees("Petal nuclei").rests().keys("b").sees("field name before").rests()
        app.waits(lambda: "id: petals" in partner.manifest, "the id was changed, too")
        assert partner.manifest == now.replace("name: Nuclei of petals", "name: Petal nuclei")
        app.keys("escape").rests().keys("escape").sees_no_more("versions").rests()
        acts.leave(app)
