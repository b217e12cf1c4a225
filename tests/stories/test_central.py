"""Why an entry is not shown: found with a real historic partner in the view Central, and fixed there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus import CORPUS, needs_corpus
from tests.real_git import git, make_clone
from tests.small_partner import make_repository
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal

NAME = "manifest.bioimage.io.yaml"
HISTORIC = CORPUS / "manifests" / "fiji.42e2039.yaml"
"""Its citation is a mapping, and was to be a list: so Fiji itself was dropped."""


@pytest.fixture
def fiji(tmp_path: Path) -> Partner:
    seed = make_repository(tmp_path / "seed", {NAME: HISTORIC.read_text("utf-8")})
    remote = tmp_path / "remotes" / "fiji.git"
    git("clone", "--quiet", "--bare", str(seed), str(remote), cwd=tmp_path)
    return Partner(remote, make_clone(remote, tmp_path / "fiji"), NAME)


def compiled(partner: Partner) -> tuple[int, dict[str, list[dict[str, object]]]]:
    """What the command says of the clone: its exit code, and its JSON."""
    command = [sys.executable, "-m", "partner_tui", "compile", str(partner.clone), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.slow
@needs_corpus
def test_a_dropped_entry_of_a_historic_partner_becomes_an_item(
    home: Path, fiji: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(home))
    code, before = compiled(fiji)
    assert (code, before["items"], before["dropped"][0]["id"]) == (1, [], "fiji/Fiji")

    with Terminal(str(fiji.clone), home=home, size=(80, 24)) as app:
        app.sees("Entries 2", "✗ 1").rests()
        app.keys("4").sees(
            "Nothing pulls manifests today", "Dropped 1", "fiji/Fiji", "cite is not a list"
        ).rests()
        app.keys("enter").sees("rule schema", "after a dash").rests()
        app.keys("f").sees("Wrap in lists").rests().keys("ctrl+s").sees("Undo history", "Applied").rests()
        app.click("4 Central").sees("← entry, texts became objects", "fiji/Fiji").rests()
        app.keys("escape").sees("Items 1", "application").rests()
        acts.leave(app)

    assert '  - text: "Schindelin' in fiji.manifest
    code, after = compiled(fiji)
    assert (code, after["dropped"], [item["id"] for item in after["items"]]) == (0, [], ["fiji/Fiji"])
