"""An open workspace: what it keeps of the manifest is of the one that is open."""

from __future__ import annotations

from pathlib import Path

from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from tests.small_partner import MANIFEST, make_repository


def test_an_entry_of_a_manifest_that_was_read_again_is_never_taken_for_the_new_one(
    tmp_path: Path,
) -> None:
    root = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    directories = Directories(*(tmp_path / kind for kind in ("config", "data", "state", "cache")))
    workspace = open_workspace(
        find_manifest(resolve_source(str(root), directories), None, directories), directories
    )
    old = workspace.manifest.entries[0]
    workspace.load()  # as another thread does it while entries are resolved in one
    new = workspace.manifest.entries[0]
    assert workspace.resolved(old).entry is old
    assert workspace.resolved(new).entry is new
    assert workspace.resolved(new) is workspace.resolved(new), "it is read once"
    workspace.checker.close()
