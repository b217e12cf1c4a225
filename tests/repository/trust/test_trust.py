"""Nothing of an opened folder runs before the user trusts it, whatever its own git configuration says."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import pytest

from partner_tui.errors import GitError, Untrusted
from partner_tui.repository.config import Author
from partner_tui.repository.git import run
from partner_tui.repository.remotes.pushing import push
from partner_tui.repository.repository import Repository
from partner_tui.repository.trust.decision import fingerprint, trust, untrusted
from tests.real_git import git, push_from_elsewhere, write
from tests.repository.http_remote import HttpRemote
from tests.repository.plants import PLANTS, Plant, make_program, setting

SECTIONS = [plant.asked.partition(".")[0] for plant in PLANTS.values()]
"""Of git's configuration, each with several that are planted; "" for what nobody is asked about."""
each_plant = pytest.mark.parametrize(
    "plant",
    [
        pytest.param(plant, id=name, marks=[pytest.mark.slow] if section and section in SECTIONS[:at] else [])
        for at, ((name, plant), section) in enumerate(zip(PLANTS.items(), SECTIONS, strict=True))
    ],
)


def use_all(root: Path) -> None:
    """All that the app does with a repository, whether it can or not."""
    repository = Repository.open(root)
    write(root, "collection.yaml", "id: changed\n")
    acts = (
        repository.refresh,
        repository.author,
        repository.default_branch,
        repository.unpushed,
        lambda: repository.slug,
        lambda: repository.files.names(),
        lambda: repository.files.read_bytes("model/cover.png", 1 << 20),
        lambda: repository.read("HEAD", "collection.yaml"),
        repository.fetch,
        lambda: repository.commit(["collection.yaml"], "Change", sign_off=True),
        lambda: repository.replay("origin/main", lambda commit, path, tip: b"id: replayed\n"),
        lambda: push(repository),
        lambda: repository.start_branch("mine"),
        lambda: push(repository, new_branch="partner-tui/new"),
    )
    for act in acts:
        with contextlib.suppress(GitError):
            act()


@pytest.fixture
def witness(tmp_path: Path) -> Path:
    return tmp_path / "witness"


def put(plant: Plant, root: Path, witness: Path, remote: HttpRemote) -> None:
    push_from_elsewhere(root.parent / "partner.git", "arrived.yaml", "id: arrived\n")
    plant.put(root, make_program(witness))
    config = Path(os.path.realpath(root / ".git")) / "config"
    if config.exists():
        config.write_text(config.read_text().replace("http://locked/", remote.url("partner.git")))


@each_plant
def test_nothing_runs_before_an_answer_and_what_was_trusted_runs_after_it(
    plant: Plant, users: Repository, bare: Path, witness: Path
) -> None:
    git("config", "http.receivepack", "true", cwd=bare)
    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        put(plant, users.root, witness, remote)
        outside = _outside(bare.parent)
        asked = [concern.name for concern in untrusted(users.root)]
        assert plant.asked in asked or any(name.startswith(plant.asked) for name in asked) or not plant.asked
        assert bool(asked) == bool(plant.asked)
        use_all(users.root)
        assert not witness.exists()
        assert _outside(bare.parent) == outside
        if plant.works:
            trust(users.root, fingerprint(users.root))
            assert untrusted(users.root) == ()
            use_all(users.root)
            assert witness.exists()


def _outside(folder: Path) -> set[str]:
    """The files beside the clone, the repositories' own left out."""
    return {entry.name for entry in folder.iterdir()}


def test_the_work_of_a_day_is_done_in_a_folder_that_is_not_trusted(users: Repository, bare: Path) -> None:
    """Its settings are left out, and nothing else is missing."""
    setting("diff.external", "false")(users.root, Path())
    push_from_elsewhere(bare, "arrived.yaml", "id: arrived\n")
    write(users.root, "collection.yaml", "id: changed\n")
    made = users.commit(["collection.yaml"], "Change")
    assert users.fetch().behind == 1
    users.replay("origin/main", lambda commit, path, tip: users.read(commit, path))
    assert (users.root / "arrived.yaml").exists() and (users.state.ahead, users.state.behind) == (1, 0)
    assert push(users).branch == "main"
    assert push(users, new_branch="partner-tui/x").new
    assert (users.branch, users.state.upstream) == ("partner-tui/x", "origin/partner-tui/x")
    users.set_author(Author("Bea", "bea@example.org"))
    assert made != git("rev-parse", "partner-tui/x", cwd=bare)
    assert git("config", "branch.partner-tui/x.merge", cwd=users.root) == "refs/heads/partner-tui/x"
    assert git("config", "--local", "user.name", cwd=users.root) == "Bea"
    assert git("config", "diff.external", cwd=users.root) == "false"
    assert git("fsck", "--no-dangling", cwd=users.root) == ""


def test_what_is_trusted_is_asked_about_again_when_it_changes(users: Repository, witness: Path) -> None:
    setting("core.sshCommand", "tools/ssh.sh -v")(users.root, witness)
    program = write(users.root, "tools/ssh.sh", "#!/bin/sh\n")
    trust(users.root, fingerprint(users.root))
    assert untrusted(users.root) == ()
    program.write_text("#!/bin/sh\n# changed by a pull\n")
    assert [concern.shown for concern in untrusted(users.root)] == ["core.sshCommand = tools/ssh.sh -v"]
    trust(users.root, fingerprint(users.root))
    git("config", "user.name", "Bea", cwd=users.root)  # harmless: no question
    assert untrusted(users.root) == ()
    git("config", "core.gitProxy", "other", cwd=users.root)
    assert len(untrusted(users.root)) == 2


def test_fetch_push_and_commit_name_the_settings_that_they_would_need(users: Repository) -> None:
    git("config", "core.sshCommand", "ssh -i key", cwd=users.root)
    git("config", "filter.crypt.clean", "encrypt", cwd=users.root)
    write(users.root, ".gitattributes", "*.bin filter=crypt\n")
    write(users.root, "secret.bin", "secret\n")
    write(users.root, "collection.yaml", "id: changed\n")
    for url in ("", "../partner.git"):  # where the remote itself needs trust, nothing is known of one
        if url:
            git("config", "remote.origin.url", url, cwd=users.root)
            users = Repository.open(users.root)
        with pytest.raises(Untrusted, match=r"git fetch needs.*core\.sshCommand"):
            users.fetch()
        with pytest.raises(Untrusted, match=r"git push needs.*core\.sshCommand"):
            push(users)
    git("config", "filter.crypt.required", "true", cwd=users.root)
    with pytest.raises(Untrusted, match=r"secret\.bin needs.*filter\.crypt\.clean, filter\.crypt\.required"):
        users.commit(["secret.bin"], "Would be in clear")
    users.commit(["collection.yaml"], "Needs none of it")


@pytest.mark.parametrize("setting", ["gpg.program", "gpg.ssh.program", "user.signingKey"])
def test_a_commit_that_is_to_be_signed_by_what_is_not_trusted_is_not_made(
    users: Repository, setting: str
) -> None:
    git("config", setting, "/bin/other", cwd=users.root)
    write(users.root, "collection.yaml", "id: changed\n")
    users.commit(["collection.yaml"], "Needs no signature")
    git("config", "--global", "commit.gpgSign", "true", cwd=users.root)
    before = git("rev-parse", "HEAD", cwd=users.root)
    write(users.root, "collection.yaml", "id: more\n")
    with pytest.raises(Untrusted, match=f"A signed commit needs.*{setting}"):
        users.commit(["collection.yaml"], "Would have another signature, or none")
    assert git("rev-parse", "HEAD", cwd=users.root) == before


def test_secrets_are_left_out_and_escapes_are_shown_as_text(users: Repository) -> None:
    git("config", "http.proxy", "http://ada:secret@proxy.invalid", cwd=users.root)
    git("config", "credential.helper", "!echo password=secret", cwd=users.root)
    git("config", "diff.external", "\x1b[2Jevil", cwd=users.root)
    shown = [concern.shown for concern in untrusted(users.root)]
    assert shown == [
        "http.proxy = http://proxy.invalid",
        "credential.helper = !echo password=***",
        "diff.external = ␛[2Jevil",
    ]


def test_what_git_and_common_tools_write_themselves_is_not_asked_about(
    users: Repository, sparse: Repository, bare: Path, tmp_path: Path
) -> None:
    git("lfs", "install", "--local", cwd=users.root, check=False)
    for key, value in {
        "branch.main.vscode-merge-base": "origin/main",
        "remote.origin.gh-resolved": "base",
        "http.https://github.com/.extraheader": "AUTHORIZATION: basic eDp5",
        "gc.auto": "0",
        "commit.gpgSign": "false",
        "user.signingKey": "0123456789ABCDEF",
        "remote.fork.url": "git@github.com:ada/zoo.git",
        "remote.fork.fetch": "+refs/heads/*:refs/remotes/fork/*",
        "submodule.a.url": "https://github.com/ada/a.git",
    }.items():
        git("config", key, value, cwd=users.root)
    git("worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "linked", cwd=users.root)
    git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "--quiet",
        bare.as_uri(),
        "sub",
        cwd=users.root,
    )
    inner = tmp_path / "inner"
    git("clone", "--quiet", "--bare", bare.as_uri(), str(inner / ".bare"), cwd=tmp_path)
    (inner / ".git").write_text("gitdir: ./.bare\n")
    for root in (users.root, sparse.root, tmp_path / "linked", users.root / "sub", inner):
        assert [concern.shown for concern in untrusted(root)] == []
        run(["rev-parse", "HEAD"], cwd=root)


def test_a_linked_work_tree_is_not_trusted_by_itself(
    users: Repository, witness: Path, tmp_path: Path
) -> None:
    git("worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "linked", cwd=users.root)
    PLANTS["filter.clean"].put(users.root, make_program(witness))
    linked = Repository.open(tmp_path / "linked")
    write(linked.root, "new.md", "new\n")
    made = linked.commit(["new.md"], "New")
    assert git("rev-parse", "linked", cwd=users.root) == made
    use_all(linked.root)
    assert not witness.exists()
    assert [concern.name for concern in untrusted(linked.root)] == ["filter.strip.clean"]


@pytest.mark.parametrize(
    "said", ["gitdir:  ../evil.git", "gitdir: ../evil.git ", "gitdir:\t../evil.git", "x"]
)
def test_a_git_file_is_read_to_the_letter(users: Repository, witness: Path, said: str) -> None:
    """What git would make of the blanks is looked at, or git sees no repository."""
    PLANTS["filter.clean"].put(users.root, make_program(witness))
    shutil.copytree(users.root / ".git", users.root / " ../evil.git")
    shutil.copytree(users.root / ".git", users.root.parent / "evil.git ")
    shutil.move(users.root / ".git", users.root.parent / "evil.git")
    (users.root / ".git").write_text(f"{said}\n")
    use_all(users.root)
    assert not witness.exists()


def test_every_git_is_started_through_the_one_door(
    users: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitPython starts one at its import, which only tells its version; all others see no untrusted setting."""
    log, real = tmp_path / "log", shutil.which("git")
    write(tmp_path, "bin/git", f'#!/bin/sh\necho "$GIT_COMMON_DIR|$*" >>{log}\nexec {real} "$@"\n').chmod(
        0o755
    )
    git("config", "diff.external", "false; 'quoted'", cwd=users.root)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    use_all(users.root)
    started = [line.partition("|") for line in log.read_text().splitlines()]
    inner = (
        "upload-pack",
        "receive-pack",
        "rev-list",
        "index-pack",
        "pack-objects",
        "unpack-objects",
        "merge",
    )
    unguarded = [words for common, _, words in started if not common and not words.startswith(inner)]
    assert len(started) > 20
    assert all(words == "version" or " config --file " in words for words in unguarded), unguarded


def test_includes_that_never_end_are_read_once(users: Repository) -> None:
    def include(file: Path, *names: str) -> None:
        with file.open("a") as opened:
            opened.writelines(f"[include]\n\tpath = {name}\n" for name in names)

    names = [f"{number}.cfg" for number in range(5)]
    for name in names:
        include(users.root / name, *names)
    include(users.root / ".git/config", *(f"../{name}" for name in names))
    assert len(untrusted(users.root)) == 30
    more = [f"more{number}.cfg" for number in range(200)]
    for name in more:
        write(users.root, name, "[user]\nname = Bea\n")
    include(users.root / ".git/config", *(f"../{name}" for name in more))
    with pytest.raises(GitError, match="too many"):
        users.refresh()


def test_a_link_in_the_git_folder_is_not_written_through(users: Repository, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    shutil.move(users.root / ".git/index", precious)
    (users.root / ".git/index").symlink_to(precious)
    before = precious.read_bytes()
    write(users.root, "collection.yaml", "id: changed\n")
    with pytest.raises(Untrusted, match=r"\.git/index"):
        users.commit(["collection.yaml"], "Change")
    assert precious.read_bytes() == before


def test_a_repository_above_a_broken_one_is_not_used(users: Repository) -> None:
    """Git would look further up, into folders whose settings nobody has read."""
    below = users.root / "below"
    (below / ".git").mkdir(parents=True)
    (below / ".git/HEAD").write_text("ref: refs/heads/main\n")
    with pytest.raises(GitError, match="not in a git repository"):
        run(["rev-parse", "HEAD"], cwd=below)


def test_a_work_tree_that_looks_like_a_bare_repository_is_none(users: Repository, witness: Path) -> None:
    below = users.root / "below"
    git("init", "--quiet", "--bare", str(below), cwd=users.root)
    git("config", "core.fsmonitor", str(make_program(witness)), cwd=below)
    (below / ".git").mkdir()
    (below / ".git/HEAD").write_text("broken\n")
    with pytest.raises(GitError):
        run(["status"], cwd=below)
    assert not witness.exists()


@pytest.mark.parametrize("name", ["remote.vcs", "ext::", "old remote"])
def test_a_remote_that_is_not_trusted_is_not_told_as_no_remote(
    name: str, users: Repository, witness: Path
) -> None:
    PLANTS[name].put(users.root, make_program(witness))
    repository = Repository.open(users.root)
    with pytest.raises(Untrusted):
        repository.fetch()
    with pytest.raises(Untrusted):
        push(repository)


@pytest.mark.parametrize("name", ["info/exclude", "info/attributes", "packed-refs", "refs/heads/odd"])
def test_a_pipe_in_the_git_folder_is_asked_about_and_nobody_waits_for_it(
    name: str, users: Repository
) -> None:
    place = users.root / ".git" / name
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    assert [(one.name, one.value) for one in untrusted(users.root)] == [(f".git/{name}", "a pipe or device")]
    with pytest.raises(Untrusted):
        run(["status", "--porcelain"], cwd=users.root)


@pytest.mark.parametrize("bad", ["garbage[[[", "[a", "x y = 1", '[core]\n\teditor = "open'])
def test_a_bad_line_in_the_configuration_is_told_by_its_number_and_nothing_else_of_it(
    bad: str, users: Repository
) -> None:
    config = users.root / ".git/config"
    config.write_text(f'[http]\n\textraheader = "Authorization: basic c2VjcmV0"\n{bad}\n')
    with pytest.raises(GitError, match=r"config is not a valid git configuration \(line [345]\)") as caught:
        untrusted(users.root)
    assert "c2VjcmV0" not in f"{caught.value} {caught.value.hint} {caught.value.output}"


@pytest.mark.parametrize(
    ("name", "value"), [("remote.origin.url", "ext::sh -c true"), ("include.path", "other")]
)
def test_a_remote_that_is_not_trusted_is_not_told_as_none(name: str, value: str, users: Repository) -> None:
    git("config", "--remove-section", "remote.origin", cwd=users.root)
    git("config", "core.sshCommand", "other-ssh", cwd=users.root)
    repository = Repository.open(users.root)
    assert str(repository.why_no_remote) == "This clone has no remote."
    git("config", name, value, cwd=users.root)
    repository = Repository.open(users.root)
    problem = repository.why_no_remote
    assert isinstance(problem, Untrusted)
    assert str(problem) == f"The remote needs git settings of this folder that you have not trusted: {name}."
    assert problem.hint.startswith("To trust them: ")
    with pytest.raises(Untrusted):
        push(repository)


def test_a_format_that_git_may_not_know_is_never_written_to(users: Repository) -> None:
    """Left out, git would take the repository for one of a format that it knows; trusted, git itself says no."""
    git("config", "core.repositoryFormatVersion", "1", cwd=users.root)
    git("config", "extensions.fancy", "true", cwd=users.root)
    with pytest.raises(Untrusted, match=r"extensions\.fancy"):
        users.refresh()
    trust(users.root, fingerprint(users.root))
    with pytest.raises(GitError, match="has a format that it does not know"):
        users.refresh()


@pytest.mark.parametrize("version", ["0", None])
def test_an_extension_that_git_ignores_in_its_format_needs_no_trust(
    version: str | None, users: Repository
) -> None:
    git("config", "--unset", "core.repositoryFormatVersion", cwd=users.root)
    if version:
        git("config", "core.repositoryFormatVersion", version, cwd=users.root)
    for name in ("fancy", "fancy.inner.name", "worktreeConfig"):
        git("config", f"extensions.{name}", "true", cwd=users.root)
    assert untrusted(users.root) == ()
    users.refresh()
    (users.root / "inner").mkdir()
    git("config", "extensions.partialClone", "inner", cwd=users.root)
    assert [concern.name.lower() for concern in untrusted(users.root)] == ["extensions.partialclone"]


def test_the_format_of_an_included_file_counts_for_nothing(users: Repository) -> None:
    (users.root / ".git/more").write_text("[core]\n\trepositoryFormatVersion = 0\n")
    git("config", "core.repositoryFormatVersion", "1", cwd=users.root)
    git("config", "include.path", "more", cwd=users.root)
    git("config", "extensions.fancy", "true", cwd=users.root)
    assert "extensions.fancy" in [concern.name.lower() for concern in untrusted(users.root)]
