"""The sample partner: built from the same bytes to the same hashes, with every state a maintainer meets."""

from __future__ import annotations

import re
import threading
from collections import Counter
from pathlib import Path

import pytest
import yaml
from PIL import Image

from partner_tui.compliance.cache import StatusCache
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.demo.build import SLUG, Demo, build_demo, build_remote, import_stream
from partner_tui.demo.history import MANIFEST, PULLS, REVISIONS
from partner_tui.errors import GitError, SourceError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document
from partner_tui.pictures.decoder import load_picture
from partner_tui.pictures.source import resolve_picture
from partner_tui.repository.git import run
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.workspace.contributions.arrived import arrivals
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.opening.opening import state_folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return build_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return Checker(StatusCache(tmp_path_factory.mktemp("cache") / "statuses"))


@pytest.fixture(scope="module")
def checks(demo: Demo, checker: Checker) -> dict[str, EntryCheck]:
    return checks_by_id(checker, demo, manifest_at(demo, "main"))


def manifest_at(demo: Demo, revision: str) -> Manifest:
    text = run(["cat-file", "blob", f"{revision}:{MANIFEST}"], cwd=demo.remote)
    return read_manifest(Document.parse(text, MANIFEST))


def checks_by_id(checker: Checker, demo: Demo, manifest: Manifest) -> dict[str, EntryCheck]:
    checks: dict[str, EntryCheck] = {}

    def note(check: EntryCheck) -> None:
        checks[manifest.entries[check.index].id or ""] = check

    checker.check_entries(manifest, Repository.open(demo.clone).files, None, note, threading.Event())
    return checks


def test_two_builds_have_the_same_hashes(demo: Demo, tmp_path: Path) -> None:
    again = build_remote(tmp_path)
    show = ["for-each-ref", "--format=%(refname) %(objectname)"]
    references = run(show, cwd=again)
    assert references == run(show, cwd=demo.remote)
    heads = {*(pull.reference for pull in PULLS), "refs/heads/main", "refs/pull/5/head"}
    assert {*references.split()[::2]} == heads | {f"refs/pull/{number}/merge" for number in (11, 12, 14)}
    assert import_stream() == import_stream()


def test_the_clone_is_clean_follows_its_remote_and_knows_its_name(demo: Demo) -> None:
    repository = Repository.open(demo.clone)
    assert repository.slug == SLUG
    assert repository.state.upstream == "origin/main"
    assert (repository.state.ahead, repository.state.behind) == (0, 0)
    assert repository.state.dirty == ()
    assert repository.author() is not None


def test_somebody_without_a_name_in_git_can_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    author = Repository.open(build_demo(tmp_path).clone).author()
    assert str(author) == "Demo Maintainer <demo@meadow.example.org>"


def test_the_history_has_several_authors_and_every_state_of_it_parses(demo: Demo) -> None:
    log = run(["log", "--reverse", "--format=%H %ae", "main"], cwd=demo.remote).split()
    assert len(log[::2]) == len(REVISIONS) >= 6
    assert len(set(log[1::2])) >= 4
    counts = [len(manifest_at(demo, revision).entries) for revision in log[::2]]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (1, 16)


def test_the_newest_state_is_the_packages_files(demo: Demo) -> None:
    package = Path(__file__).resolve().parents[2] / "partner_tui" / "demo" / "partner"
    tracked = set(run(["ls-tree", "-r", "--name-only", "main"], cwd=demo.remote).split())
    assert tracked == {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}


def test_all_states_are_there(checks: dict[str, EntryCheck]) -> None:
    counts = Counter(check.status for check in checks.values())
    assert counts[Status.UNCHECKED] == 0
    assert counts[Status.LATEST] >= 4
    assert counts[Status.OUTDATED] >= 6
    assert counts[Status.INVALID] >= 3
    assert counts[Status.UNRESOLVED] == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("moss", "too short"),
        ("stamen-nuclei", "CC-BY 4.0"),
        ("stamen-nuclei", "text is missing"),
        ("pollen-tubes", "cite"),
        ("pollen-grains", "docs/pollen-grains.md"),
        ("pollen-grains", "tags is a duplicate key"),
        ("Meadow_Segmenter", "git_repo ends with a stray ,"),
        ("Meadow_Segmenter", "a placeholder, not an account"),
        ("Meadow_Segmenter", "meadow-tracker"),
        ("stomata-stardist", "tensorflow_version"),
        ("leaf-cells-3d", "zenodo"),
    ],
)
def test_each_flaw_is_found(checks: dict[str, EntryCheck], name: str, words: str) -> None:
    findings = checks[name].findings
    assert any(words in finding.message for finding in findings), findings


def test_the_file_is_as_lively_as_real_ones(demo: Demo) -> None:
    text = run(["cat-file", "blob", f"main:{MANIFEST}"], cwd=demo.remote)
    for part in (
        "description: >-\n",
        "description: |\n",
        "# - id: ",
        "{name: ",
        "version: 1.20",
        "[meadow, ",
    ):
        assert part in text


def test_every_address_of_the_repository_is_a_file_or_meant_to_be_missing(demo: Demo) -> None:
    text = run(["cat-file", "blob", f"main:{MANIFEST}"], cwd=demo.remote)
    files = Repository.open(demo.clone).files
    addresses = set(re.findall(rf"https://raw\.githubusercontent\.com/{SLUG}/main/([\w./-]+\w)", text))
    assert {path for path in addresses if not files.exists(path)} == {"docs/pollen-grains.md"}


def test_pictures_are_small_and_can_be_shown(demo: Demo) -> None:
    package = Path(__file__).resolve().parents[2] / "partner_tui" / "demo"
    pictures = list(package.rglob("*.png"))
    assert len(pictures) >= 12
    for path in pictures:
        assert path.stat().st_size < 30_000
        with Image.open(path) as picture:
            picture.load()


def test_pictures_that_the_clone_left_out_are_shown_all_the_same(demo: Demo) -> None:
    files = Repository.open(demo.clone).files
    config = manifest_at(demo, "main").partner.config
    for key in ("icon", "logo"):
        source = resolve_picture(config[key], files)
        assert (source.kind, (demo.clone / source.path).exists()) == ("file", False)
        assert load_picture(source, files, 48 * 48).height in (30, 48)


def test_a_sample_that_is_there_is_not_built_over(demo: Demo) -> None:
    with pytest.raises(SourceError) as refused:
        build_demo(demo.clone.parents[1])
    assert str(demo.clone) in refused.value.hint


def test_nobody_and_nothing_real_is_named(demo: Demo) -> None:
    log = run(["log", "--all", "--format=%ae%n%ce"], cwd=demo.remote)
    assert all(address.endswith(".example.org") for address in log.split())
    text = run(["cat-file", "blob", f"main:{MANIFEST}"], cwd=demo.remote)
    assert all(number.startswith("12345") for number in re.findall(r"zenodo\D+(\d+)", text))


def test_the_pull_request_with_a_new_entry_is_good(demo: Demo, checker: Checker) -> None:
    pull = manifest_at(demo, "refs/pull/11/head")
    assert len(pull.entries) == 17
    assert checks_by_id(checker, demo, pull)["daisy-florets"].status is Status.LATEST
    run(["merge-base", "--is-ancestor", "main~1", "refs/pull/11/head"], cwd=demo.remote)
    run(["cat-file", "-e", "refs/pull/11/head:covers/daisy-florets.png"], cwd=demo.remote)


def test_the_pull_request_that_edits_an_entry_breaks_it(
    demo: Demo, checker: Checker, checks: dict[str, EntryCheck]
) -> None:
    after = checks_by_id(checker, demo, manifest_at(demo, "refs/pull/12/head"))
    changed = {name for name in checks if checks[name].status is not after[name].status}
    assert changed == {"count-pollen"}
    assert after["count-pollen"].status is Status.INVALID


def test_the_old_pull_request_conflicts(demo: Demo) -> None:
    run(["merge-tree", "--write-tree", "main", "refs/pull/11/head"], cwd=demo.remote)
    with pytest.raises(GitError):
        run(["merge-tree", "--write-tree", "main", "refs/pull/7/head"], cwd=demo.remote)
    config = yaml.safe_load(run(["cat-file", "blob", f"refs/pull/7/head:{MANIFEST}"], cwd=demo.remote))[
        "config"
    ]
    assert config["explore_button_text"] == "Walk in"


def test_there_are_contributions_of_every_kind(demo: Demo, tmp_path: Path, checker: Checker) -> None:
    directories = Directories(*(tmp_path / kind for kind in ("config", "data", "state", "cache")))
    clone = build_demo(tmp_path / "demo", directories).clone
    contributions = Contributions(clone, checker)
    contributions.fetch()
    sent = {one.reference: one for one in contributions.listed()}
    assert {name: str(one.state) for name, one in sent.items()} == {
        "#14": "probably-open",
        "#13": "unknown",
        "#12": "probably-open",
        "#11": "probably-open",
        "#7": "unknown",
        "#5": "merged",
        "leaf-veins": "unknown",
    }
    merges = {name: contributions.review(one).merges.how for name, one in sent.items() if not one.is_over}
    assert merges == {
        "#14": "git",
        "#13": "entries",
        "#12": "git",
        "#11": "git",
        "#7": "decision",
        "leaf-veins": "git",
    }
    assert [words.partition(":")[0] for words in contributions.review(sent["#14"]).cautions()] == [
        "It changes what CI runs",
        "It changes scripts",
    ]
    state = state_folder(clone, directories)
    (arrived,) = arrivals(contributions.repository, state, contributions.target)
    assert (arrived.author, arrived.by_bot, arrived.is_seen) == ("meadow-bot", True, False)
    review = contributions.review(arrived)
    assert [change.name for change, found in review.entries if found.new] == ["stamen-nuclei"]
