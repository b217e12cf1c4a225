"""What a user types becomes one source, or a clear refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.errors import SourceError
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from tests.real_git import git, write


def test_a_known_partner_is_found_by_its_id() -> None:
    source = parse_source("ilastik")
    assert source.kind == "remote" and source.partner == "ilastik"
    assert source.url == "https://github.com/ilastik/bioimage-io-resources.git"
    assert (source.branch, source.manifest) == ("main", "collection.yaml")


@pytest.mark.parametrize(
    ("text", "url", "slug"),
    [
        ("owner/name", "https://github.com/owner/name.git", "owner/name"),
        ("owner/name.git", "https://github.com/owner/name.git", "owner/name"),
        ("https://github.com/owner/name", "https://github.com/owner/name", "owner/name"),
        ("https://github.com/owner/name.git/", "https://github.com/owner/name.git/", "owner/name"),
        ("git@github.com:owner/name.git", "git@github.com:owner/name.git", "owner/name"),
        ("github.com:owner/name.git", "github.com:owner/name.git", "owner/name"),
        ("ssh://git@host:2222/owner/name", "ssh://git@host:2222/owner/name", "owner/name"),
        ("https://gitlab.com/group/sub/name.git", "https://gitlab.com/group/sub/name.git", None),
        (
            "ssh://git@ssh.github.com:443/owner/name.git",
            "ssh://git@ssh.github.com:443/owner/name.git",
            "owner/name",
        ),
        ("[git@host.example:2222]:owner/name", "[git@host.example:2222]:owner/name", "owner/name"),
        ("work:owner/name.git", "work:owner/name.git", "owner/name"),
    ],
)
def test_remotes_are_read(text: str, url: str, slug: str | None, tmp_path: Path) -> None:
    source = parse_source(text, cwd=tmp_path)
    assert (source.kind, source.url, source.slug) == ("remote", url, slug)


def test_a_page_on_github_gives_branch_and_manifest() -> None:
    source = parse_source("https://github.com/owner/name/blob/dev/sub/collection.yaml")
    assert source.url == "https://github.com/owner/name.git"
    assert (source.branch, source.manifest) == ("dev", "sub/collection.yaml")
    assert parse_source("https://github.com/owner/name/pulls").branch is None


@pytest.mark.parametrize(
    ("page", "branches"),
    [
        ("https://github.com/o/n/tree/dev", ["dev"]),
        ("https://github.com/o/n/tree/fix/ids/", ["fix", "fix/ids"]),
        ("https://github.com/o/n/blob/dev/README.md#L3", ["dev", "dev/README.md"]),
        ("https://github.com/o/n/commits/dev", ["dev"]),
        ("https://github.com/o/n/pull/12", []),
        ("https://github.com/o/n/pull/12/files?w=1#diff-0", []),
        ("https://github.com/o/n/issues", []),
        ("https://github.com/o/n/commit/3f2a1c9", []),
        ("https://github.com/o/n?tab=readme-ov-file", []),
        ("https://github.com/o/n/#readme", []),
        ("https://www.github.com/o/n/tree/dev", ["dev"]),
        ("github.com/o/n/tree/dev", ["dev"]),
        ("https://raw.githubusercontent.com/o/n/dev/a.yaml", ["dev", "dev/a.yaml"]),
        ("https://raw.githubusercontent.com/o/n/refs/heads/dev/a.yaml", ["dev", "dev/a.yaml"]),
    ],
)
def test_a_page_in_the_address_bar_is_its_repository(page: str, branches: list[str]) -> None:
    source = parse_source(page)
    assert (source.url, source.slug) == ("https://github.com/o/n.git", "o/n")
    assert list(source.branches) == branches


@pytest.mark.parametrize(
    ("page", "url", "branch"),
    [
        ("https://gitlab.com/g/s/n/-/tree/dev", "https://gitlab.com/g/s/n.git", "dev"),
        ("https://git.example.org:8443/g/n/-/blob/dev/a", "https://git.example.org:8443/g/n.git", "dev"),
        ("https://gitlab.com/g/n/-/merge_requests/3", "https://gitlab.com/g/n.git", None),
        ("https://codeberg.org/o/n/src/branch/dev/a.md", "https://codeberg.org/o/n.git", "dev"),
        ("https://codeberg.org/o/n/pulls/3", "https://codeberg.org/o/n.git", None),
        ("https://bitbucket.org/o/n/src/dev/", "https://bitbucket.org/o/n.git", "dev"),
        ("codeberg.org/o/n", "https://codeberg.org/o/n", None),
    ],
)
def test_pages_of_other_forges_are_read_too(page: str, url: str, branch: str | None) -> None:
    source = parse_source(page)
    assert (source.url, source.branch) == (url, branch)


def test_a_manifest_is_looked_for_at_every_path_that_the_page_may_mean() -> None:
    source = parse_source("https://github.com/o/n/blob/fix/ids/sub/collection.yaml")
    assert source.manifests == ("ids/sub/collection.yaml", "sub/collection.yaml", "collection.yaml")
    assert parse_source("ilastik").manifests == ("collection.yaml",)


@pytest.mark.parametrize(
    "text",
    [
        "  https://github.com/o/n.git  ",
        '"https://github.com/o/n.git"',
        "'https://github.com/o/n.git'",
        "<https://github.com/o/n.git>",
        "`git clone https://github.com/o/n.git`",
        "git clone https://github.com/o/n.git",
        "$ git clone --depth 1 https://github.com/o/n.git here",
        "git -c http.sslVerify=false clone https://github.com/o/n.git",
        "git clone 'https://github.com/o/n.git'",
        "git clone github.com/o/n.git",
        "git remote add origin https://github.com/o/n.git",
        "gh repo clone o/n",
        "gh repo clone o/n -- --depth 1",
    ],
)
def test_what_is_copied_from_a_page_or_a_terminal_is_its_repository(text: str, tmp_path: Path) -> None:
    source = parse_source(text, cwd=tmp_path)
    assert source.url in ("https://github.com/o/n.git", "https://github.com/o/n")
    assert source.slug == "o/n"


@pytest.mark.parametrize("option", ["-b dev", "--branch dev", "--branch=dev"])
def test_a_clone_command_names_its_branch(option: str) -> None:
    source = parse_source(f"git clone {option} git@h.example:o/n.git")
    assert (source.url, source.branch) == ("git@h.example:o/n.git", "dev")


def test_a_clone_command_of_a_folder_is_that_folder(bare: Path) -> None:
    assert parse_source(f"git clone {bare} copy").url == bare.as_uri()


def test_folders_files_and_bare_repositories_are_told_apart(bare: Path, tmp_path: Path) -> None:
    seed = tmp_path / "seed"
    alone = write(tmp_path, "alone/manifest.yaml", "id: x\n")
    assert parse_source("seed", cwd=tmp_path).path == seed
    assert parse_source("seed/model", cwd=tmp_path).path == seed / "model"
    inside = parse_source(str(seed / "collection.yaml"))
    assert (inside.kind, inside.path, inside.manifest) == ("folder", seed, "collection.yaml")
    outside = parse_source(str(alone))
    assert (outside.kind, outside.path) == ("file", alone)
    assert parse_source(str(bare)).url == bare.as_uri()
    assert parse_source(bare.as_uri()).url == bare.as_uri()


def test_a_folder_is_found_whatever_its_name(tmp_path: Path) -> None:
    for name in ("two\nlines", "tab\there", "$(x); y"):
        (tmp_path / name).mkdir()
        assert parse_source(name, cwd=tmp_path).path == tmp_path / name
    for name in ("no\nfolder", "https://example.org/a\nb", "..\0/x", "a\tb" * 3000):
        with pytest.raises(SourceError, match="control characters"):
            parse_source(name, cwd=tmp_path)


def test_a_folder_above_is_the_folder_itself(bare: Path, tmp_path: Path) -> None:
    seed = (tmp_path / "seed").resolve()
    assert parse_source("..", cwd=seed / "model").path == seed
    assert parse_source("../seed/collection.yaml", cwd=seed).path == seed


def test_a_folder_goes_before_owner_and_name(tmp_path: Path) -> None:
    (tmp_path / "owner" / "name").mkdir(parents=True)
    assert parse_source("owner/name", cwd=tmp_path).kind == "folder"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-uevil",
        "--upload-pack=evil",
        "ext::sh -c evil",
        "EXT::evil",
        "git clone ext::sh%20/evil",
        "git clone -u/evil",
        "git clone",
        "fd::17",
        "ftp://host/x",
        "javascript://x",
        "https://-oProxyCommand=evil/x",
        "ssh://-oProxyCommand=evil/x",
        "git@-oProxyCommand=evil:x",
        "git@host:-x",
        "https://github.com/",
        "https://github.com/owner",
        "https://[bad/x",
        "owner/na\nme",
        "no-such-partner",
        "./no-such-folder",
        "no/such/folder",
        "missing.yaml",
        "file:///no/such/folder",
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_hint(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        parse_source(text, cwd=tmp_path)
    assert caught.value.message and caught.value.hint
    assert "\n" not in caught.value.message


def test_credentials_in_a_url_are_not_in_what_is_shown() -> None:
    source = parse_source("https://ada:secret@host.example/owner/name")
    assert source.text == "https://host.example/owner/name"
    assert "secret" not in str(source.clone_folder(Path("/clones")))


def test_a_subfolder_is_in_its_clone(tmp_path: Path) -> None:
    from partner_tui.repository.clones.source import find_root

    git("init", "--quiet", "r", cwd=tmp_path)
    (tmp_path / "r" / "a" / "b").mkdir(parents=True)
    assert find_root(tmp_path / "r" / "a" / "b") == tmp_path / "r"
    assert find_root(tmp_path) is None


@pytest.fixture
def short_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(
        '[url "git@github.com:"]\n\tinsteadOf = gh:\n\tinsteadOf = hub/\n'
        '[url "https://git.example.org:8443/models/"]\n\tinsteadOf = gh:models-\n'
        '[url "ext::sh -c "]\n\tinsteadOf = run:\n[url "nothing-"]\n\tinsteadOf = odd:\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))


@pytest.mark.parametrize(
    ("text", "slug", "folder"),
    [
        ("gh:owner/name", "owner/name", "github.com/owner/name"),
        ("gh:owner/name.git", "owner/name", "github.com/owner/name"),
        ("hub/owner/name", "owner/name", "github.com/owner/name"),
        ("gh:models-a.git", "models/a", "git.example.org+https+8443/models/a"),
    ],
)
def test_short_names_of_the_users_git_are_read(
    short_names: None, tmp_path: Path, text: str, slug: str, folder: str
) -> None:
    source = parse_source(text, cwd=tmp_path)
    assert (source.kind, source.url, source.slug) == ("remote", text, slug)  # git writes it out itself
    assert source.clone_folder(Path("/clones")) == Path("/clones", folder)


@pytest.mark.parametrize("text", ["run:touch x", "odd:o/n"])
def test_a_short_name_that_stands_for_no_address_is_refused(
    short_names: None, tmp_path: Path, text: str
) -> None:
    with pytest.raises(SourceError):
        parse_source(text, cwd=tmp_path)


def test_a_short_name_of_an_opened_folder_has_no_say(
    short_names: None, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("config", "url.https://evil.example/.insteadOf", "mine:", cwd=tmp_path / "seed")
    monkeypatch.chdir(tmp_path / "seed")
    assert parse_source("mine:o/n").written_out is None


def test_a_short_name_is_cloned(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[url "{bare.parent.as_uri()}/"]\n\tinsteadOf = zoo:\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    source = parse_source("zoo:partner.git", cwd=tmp_path)
    clone(source, tmp_path / "c")
    assert (tmp_path / "c" / "collection.yaml").is_file()
    assert source.clone_folder(Path("/clones")) == parse_source(bare.as_uri()).clone_folder(Path("/clones"))
