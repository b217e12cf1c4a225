"""Both sides of a config by field, which of them is newer as git says, and the branch that proposes one centrally."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from partner_tui.central.partners_json import FILE, PARTNERS, CentralPartners, FieldSides
from partner_tui.comparison.changes import ABSENT
from partner_tui.errors import GitError, PartnerTuiError, SourceError
from partner_tui.repository.branches.branch_names import BranchTaken
from partner_tui.repository.process.git_log import GitLog
from partner_tui.settings import Directories
from partner_tui.workspace.central.central_clone import central_clone
from partner_tui.workspace.central.config_sides import (
    ConfigSides,
    DatedField,
    fetch_config,
    read_config_sides,
    site_partners,
)
from partner_tui.workspace.central.proposing import (
    known_fork,
    propose_config,
    pull_request_page,
    push_branch,
)
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.workspace import Workspace
from tests.corpus import CORPUS
from tests.real_git import git
from tests.repository.http_remote import HttpRemote
from tests.workspace.central.central_repository import central_text, commit_at, make_bare, make_central

FERN = {"id": "fern", "name": "Fern", "icon": "🌿", "tags": ["a"], "docs": "https://fern.org", "contact": []}
VERSIONS = {
    "2020-01-01": central_text({"id": "moss"}),
    "2021-01-01": central_text({"id": "moss"}, {**FERN, "name": "Old", "logo": "l.png"}),
    "2022-01-01": "{ broken",
    "2023-01-01": central_text({"id": "moss"}, {**FERN, "logo": "l.png"}),
    "2024-01-01": central_text({"id": "moss"}, FERN),
}
CONFIG = """\
# by hand
config:
  id: fern
  name: {name}   # the name
  icon: "🌿"
  tags: [a, b]
  docs: https://fern.example
  splash_title: {title}
  url_root: https://x.org
collection: []
"""


@pytest.fixture
def directories(tmp_path: Path) -> Directories:
    home = tmp_path / "home"
    return Directories(home / "config", home / "data", home / "state", home / "cache")


@pytest.fixture
def central(tmp_path: Path) -> Path:
    return make_central(tmp_path / "collection", VERSIONS)


@pytest.fixture
def workspace(tmp_path: Path, directories: Directories) -> Iterator[Workspace]:
    folder = tmp_path / "fern"
    folder.mkdir()
    git("init", "--quiet", "--initial-branch=main", ".", cwd=folder)
    first = CONFIG.format(name="Ferny", title="Fern").replace(
        "docs: https://fern.example", "docs: https://old.org"
    )
    commit_at(
        folder, "collection.yaml", first.replace("tags: [a, b]", "tags: [a]\n  logo: l.png"), "2020-06-01"
    )
    commit_at(folder, "collection.yaml", first, "2022-06-01")
    commit_at(folder, "collection.yaml", CONFIG.format(name="Ferny", title="Fern"), "2025-06-01")
    (folder / "collection.yaml").write_text(CONFIG.format(name="Ferny", title="Ferns"), "utf-8")
    opened = open_workspace(
        find_manifest(resolve_source(str(folder), directories), None, directories), directories
    )
    yield opened
    opened.checker.close()


def test_the_partners_of_the_strip_are_read_from_the_central_file(
    central: Path, directories: Directories
) -> None:
    assert site_partners(str(central), directories) == ({"id": "moss"}, FERN)


@pytest.mark.parametrize("text", ["{ broken", '{"collection_template": []}', None])
def test_without_a_central_file_that_can_be_read_no_partners_are_known(
    text: str | None, tmp_path: Path, directories: Directories
) -> None:
    folder = make_central(tmp_path / "other", {"2020-01-01": text or "x"})
    if text is None:
        git("rm", "--quiet", FILE, cwd=folder)
        git("commit", "--quiet", "--message", "gone", cwd=folder)
    assert site_partners(str(folder), directories) is None
    assert site_partners("", directories) is None


def read(workspace: Workspace, source: Path | str, directories: Directories) -> ConfigSides | None:
    return read_config_sides(workspace, central_clone(str(source), directories), Event())


def must_read(workspace: Workspace, source: Path | str, directories: Directories) -> ConfigSides:
    found = read(workspace, source, directories)
    assert found is not None
    return found


def told(sides: ConfigSides) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Day here, day there and the newer side of each field that differs."""
    return {
        one.sides.key: (
            f"{one.here:%Y}" if one.here else None,
            f"{one.central:%Y}" if one.central else None,
            one.newer,
        )
        for one in sides.fields
        if not one.sides.is_equal
    }


def test_each_field_has_the_day_of_its_value_on_each_side(
    workspace: Workspace, central: Path, directories: Directories
) -> None:
    found = must_read(workspace, central, directories)
    assert found.is_listed and not found.undated
    assert [one.sides.key for one in found.fields if one.sides.is_equal] == ["id", "icon"]
    assert told(found) == {
        "name": ("2020", "2023", "central"),  # in between the file could not be read
        "docs": ("2025", "2021", "here"),
        "contact": (None, "2021", "central"),
        "tags": ("2022", "2021", "here"),
        "splash_title": (None, None, "here"),  # not committed
    }
    assert next(one for one in found.fields if one.sides.key == "splash_title").is_uncommitted


def test_a_field_that_was_removed_has_the_day_of_that(
    workspace: Workspace, tmp_path: Path, directories: Directories
) -> None:
    with_logo = central_text({**FERN, "logo": "l.png"})
    found = must_read(workspace, make_central(tmp_path / "c", {"2021-01-01": with_logo}), directories)
    assert told(found)["logo"] == ("2022", "2021", "here")


def test_what_was_fetched_once_serves_without_the_remote(
    workspace: Workspace, central: Path, directories: Directories
) -> None:
    make_bare(central)
    with HttpRemote(central.parent) as remote:
        url = remote.url("collection.git")
        clone = central_clone(url, directories)
        assert read(workspace, url, directories) is None
        commit = clone.fetch("main")
        assert read(workspace, url, directories) is None, "its file is not here"
        fetch_config(workspace, clone, commit, {})
    assert told(must_read(workspace, url, directories)) == told(must_read(workspace, central, directories))
    with pytest.raises(GitError):
        clone.fetch("main")


@pytest.mark.parametrize("text", ["{ broken", "[]", '{"collection_template": {}}'])
def test_a_central_file_that_cannot_be_read_is_refused(
    workspace: Workspace, tmp_path: Path, directories: Directories, text: str
) -> None:
    with pytest.raises(PartnerTuiError, match=FILE):
        read(workspace, make_central(tmp_path / "c", {"2021-01-01": text}), directories)


def test_another_repository_is_refused(
    workspace: Workspace, tmp_path: Path, directories: Directories
) -> None:
    other = make_central(tmp_path / "c", {})
    commit_at(other, "README.md", "x", "2021-01-01")
    with pytest.raises(PartnerTuiError, match="has no bioimageio"):
        read(workspace, other, directories)


def test_a_partner_who_is_not_listed_is_told_and_can_be_proposed(
    workspace: Workspace, tmp_path: Path, directories: Directories
) -> None:
    central = make_central(tmp_path / "c", {"2021-01-01": central_text()})
    found = must_read(workspace, central, directories)
    assert not found.is_listed
    proposal = propose_config(found, {"id", "name", "docs"})
    assert (proposal.name, proposal.subject) == ("partner-fern", "Add the partner fern")
    proposal.make()
    after = CentralPartners(git("show", f"partner-fern:{FILE}", cwd=central)).partner("fern")
    config = workspace.manifest.partner.config
    assert after == {key: config[key] for key in ("id", "name", "docs") if key in config}


def test_a_proposal_is_a_branch_that_is_pushed_where_it_is_said(
    workspace: Workspace, central: Path, directories: Directories
) -> None:
    before = git("status", "--porcelain", "--branch", cwd=central)
    found, log = must_read(workspace, central, directories), GitLog()
    proposal = propose_config(found, {"docs", "tags", "contact"})
    signs = [line.text.strip() for hunk in proposal.diff for line in hunk if line.sign == "+"]
    assert '"docs": "https://fern.example"' in signs[-1] and proposal.name == "partner-fern"
    proposal.make(log)
    assert git("show", f"partner-fern:{FILE}", cwd=central) + "\n" == proposal.after
    assert git("diff", "--name-only", "main", "partner-fern", cwd=central) == FILE
    assert git("log", "--format=%B", "-1", "partner-fern", cwd=central) == "Update the partner fern"
    assert git("status", "--porcelain", "--branch", cwd=central) == before
    assert any("branch" in one.command for one in log.commands)
    assert propose_config(found, {"docs", "tags", "contact"}) == proposal, "it is there as it was planned"
    proposal.make()
    other = propose_config(found, {"docs"})
    assert other.name == "partner-fern-2"
    with pytest.raises(BranchTaken):
        replace(other, name="partner-fern").make()
    (central.parent / "ada").mkdir()
    make_bare(central, "ada/collection.git")
    git("branch", "-D", "partner-fern", cwd=central.parent / "ada" / "collection.git")
    git("config", "http.receivepack", "true", cwd=central.parent / "ada" / "collection.git")
    with HttpRemote(central.parent) as remote:
        url = remote.url("ada/collection.git")
        push_branch(found.clone, proposal.name, url, log)
        head = git("rev-parse", "partner-fern", cwd=central)
        assert git("rev-parse", "partner-fern", cwd=central.parent / "ada" / "collection.git") == head
        assert known_fork(found.clone) == url
        with pytest.raises(BranchTaken):
            push_branch(found.clone, proposal.name, url, log)
    bare = make_bare(central, "local.git")
    git("branch", "-D", "partner-fern", cwd=bare)
    push_branch(found.clone, proposal.name, str(bare), log)
    assert git("rev-parse", "partner-fern", cwd=bare) == head
    with pytest.raises(BranchTaken):
        push_branch(found.clone, proposal.name, bare.as_uri(), log)
    for wrong in ("/nowhere/at/all", str(workspace.folder), "nowhere"):
        with pytest.raises(SourceError) as caught:
            push_branch(found.clone, proposal.name, wrong, log)
        assert caught.value.hint == "Give a git URL, or the folder of a bare repository."


@pytest.mark.parametrize(
    ("fork", "page"),
    [
        (
            "https://github.com/ada/collection.git",
            "https://github.com/bioimage-io/collection/compare/main...ada:x",
        ),
        (
            "https://github.com/bioimage-io/collection",
            "https://github.com/bioimage-io/collection/compare/main...x",
        ),
    ],
)
def test_the_page_of_the_pull_request_is_that_of_the_central_repository(
    workspace: Workspace, central: Path, directories: Directories, fork: str, page: str
) -> None:
    git("remote", "add", "origin", "https://github.com/bioimage-io/collection.git", cwd=central)
    found = must_read(workspace, central, directories)
    proposal = propose_config(found, {"docs"})
    replace(proposal, name="x").make()
    git("remote", "add", "other", fork, cwd=central)
    remote = "origin" if "bioimage-io" in fork else "other"
    assert (pull_request_page(found.clone, remote, "x") or "").removesuffix("?expand=1") == page


@pytest.mark.slow
@pytest.mark.corpus
def test_a_proposal_for_any_corpus_partner_touches_the_lines_of_its_fields_alone(
    workspace: Workspace, tmp_path: Path, directories: Directories
) -> None:
    text = (CORPUS / "central" / FILE).read_text("utf-8")
    folder = make_central(tmp_path / "c", {"2021-01-01": text})
    data = json.loads(text)
    for step in PARTNERS:
        data = data[step]
    for number, partner in enumerate(data):
        config = {
            key: [*value, "x"] if isinstance(value, list) else f"{value}!"
            for key, value in partner.items()
            if key != "id"
        }
        manifest = json.dumps({"config": {"id": partner["id"], **config}, "collection": []})
        (workspace.folder / "collection.yaml").write_text(manifest, "utf-8")
        workspace.load()
        found = must_read(workspace, folder, directories)
        proposal = propose_config(found, set(config))
        proposal.make()
        after = json.loads(git("show", f"{proposal.name}:{FILE}", cwd=folder))
        for step in PARTNERS:
            after = after[step]
        assert after == [*data[:number], {**partner, **config}, *data[number + 1 :]]
        first, last = CentralPartners(text)._document.line_span((*PARTNERS, number))
        lines = {line.old for hunk in proposal.diff for line in hunk if line.sign == "-"}
        assert lines and lines <= {*range(first, last + 1)}


OLD, NEW = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("here", "central", "dates", "newer"),
    [
        (1, 2, (OLD, NEW), "central"),
        (1, 2, (NEW, OLD), "here"),
        (1, 2, (NEW, NEW), None),
        (1, 1, (OLD, NEW), None),
        (1, 2, (None, NEW), None),
        (ABSENT, 2, (None, NEW), "central"),
        (ABSENT, 2, (NEW, OLD), "here"),
        (1, ABSENT, (OLD, None), "here"),
        (1, ABSENT, (None, None), None),
    ],
)
def test_the_side_that_changed_later_is_newer(
    here: Any, central: Any, dates: tuple[datetime | None, datetime | None], newer: str | None
) -> None:
    assert DatedField(FieldSides("a", here, central), *dates).newer == newer
