"""Where a branch is pushed is where the user's git would push it; where that is open or gone, it is asked."""

from __future__ import annotations

import itertools
import subprocess
from pathlib import Path

import pytest

from partner_tui.errors import GitError, PushRejected
from partner_tui.repository.branches.branch_names import BranchTaken, free_name, in_the_way
from partner_tui.repository.branches.tracking import map_ref, read_settings, read_tracking
from partner_tui.repository.commits.rebase import three_way
from partner_tui.repository.process.failures.kinds import RemoteBroken
from partner_tui.repository.remotes.push import PushChoice, PushUndecided
from partner_tui.repository.remotes.pushing import follow_instead, push
from partner_tui.repository.repository import Repository
from partner_tui.repository.state import State
from tests.real_git import git, make_clone, push_from_elsewhere, write
from tests.repository.http_remote import HttpRemote


@pytest.fixture
def fork(users: Repository, bare: Path) -> Path:
    """A second remote, fetched once."""
    git("clone", "--quiet", "--bare", bare.as_uri(), "fork.git", cwd=bare.parent)
    git("remote", "add", "fork", (bare.parent / "fork.git").as_uri(), cwd=users.root)
    git("fetch", "--quiet", "fork", cwd=users.root)
    return bare.parent / "fork.git"


def change(repository: Repository, content: str = "id: ours\n", path: str = "collection.yaml") -> str:
    write(repository.root, path, content)
    return repository.commit([path], f"Change {path}")


def tip(bare: Path, branch: str) -> str:
    return git("rev-parse", "--quiet", "--verify", f"refs/heads/{branch}", cwd=bare, check=False)


def pushed_by_git(root: Path, branch: str) -> str | None:
    """Where the user's git would push the branch, as ``URL ref``; None when it refuses to choose."""
    command = ["git", "push", "--dry-run", "--porcelain"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    to = next((line.removeprefix("To ") for line in lines if line.startswith("To ")), "")
    sent = [line.split("\t")[1].split(":") for line in lines if line[1:2] == "\t"]
    return next((f"{to} {there}" for here, there in sent if here in ("HEAD", f"refs/heads/{branch}")), None)


DEFAULTS = ("", "simple", "current", "upstream", "nothing", "matching")
UPSTREAMS = (None, ("origin", "main"), ("origin", "release"), ("fork", "main"))
REMOTES: tuple[dict[str, str], ...] = (
    {},
    {"remote.pushDefault": "fork"},
    {"branch.main.pushRemote": "fork"},
    {"remote.pushDefault": "fork", "branch.main.pushRemote": "origin"},
    {"remote.origin.push": "refs/heads/*:refs/heads/ada/*"},
    {"remote.origin.push": "HEAD:refs/heads/inbox"},
)


@pytest.mark.slow
def test_a_push_goes_where_the_users_git_would_push(users: Repository, fork: Path) -> None:
    for name in ("release", "ada/main", "inbox"):
        git("branch", name, "main", cwd=users.root)
        git("push", "--quiet", "origin", name, cwd=users.root)
        git("branch", "--quiet", "--delete", "--force", name, cwd=users.root)
    git("branch", "--unset-upstream", cwd=users.root)
    change(users)
    urls = {name: git("remote", "get-url", name, cwd=users.root) for name in ("origin", "fork")}
    settings = users.root / ".git" / "config"
    plain = settings.read_text()
    for default, upstream, remotes in itertools.product(DEFAULTS, UPSTREAMS, REMOTES):
        case = (default, upstream, remotes)
        settings.write_text(plain)
        if upstream:
            git("branch", "--quiet", "--set-upstream-to", "/".join(upstream), cwd=users.root)
        for key, value in {**remotes, **({"push.default": default} if default else {})}.items():
            git("config", key, value, cwd=users.root)
        meant = pushed_by_git(users.root, "main")
        tracking = Repository.open(users.root).refresh().tracking
        target = tracking.target
        if meant is not None:
            assert target is not None, case
            assert f"{urls[target.remote]} {target.ref}" == meant, case
        elif target is None:
            assert tracking.choices and tracking.why_open, case
        else:
            # The one case in which git refuses and the app does not: a branch that follows none yet is pushed to its own name.
            assert upstream is None and target.name == "main", case
            assert default in ("", "simple", "upstream"), case


def test_git_decides_by_any_configuration_of_the_user(
    users: Repository, fork: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "remote.pushDefault")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "fork")
    made = change(users)
    assert push(users).branch == "main"
    assert tip(fork, "main") == made != tip(users.root / "../partner.git", "main")


@pytest.mark.parametrize(
    ("ref", "refspec", "mapped"),
    [
        ("refs/heads/a/b", "refs/heads/*:refs/remotes/o/*", "refs/remotes/o/a/b"),
        ("refs/heads/main", "refs/heads/main:refs/remotes/o/main", "refs/remotes/o/main"),
        ("refs/heads/main", "main:refs/remotes/o/main", "refs/remotes/o/main"),
        ("refs/heads/x-y", "refs/heads/x*:refs/o/*z", "refs/o/-yz"),
        ("refs/heads/main", "refs/heads/other:refs/remotes/o/other", None),
        ("refs/heads/a", "refs/heads/ab*a:x/*", None),
    ],
)
def test_a_refspec_maps_a_ref(ref: str, refspec: str, mapped: str | None) -> None:
    assert map_ref(ref, *refspec.split(":")) == mapped


def test_a_branch_of_the_same_clone_is_not_pushed_to(users: Repository, bare: Path) -> None:
    git("switch", "--quiet", "--create", "fix", "--track", "main", cwd=users.root)
    main, made = tip(bare, "main"), change(users)
    assert users.state.upstream is None
    assert push(users).branch == "fix"
    assert (tip(bare, "fix"), tip(bare, "main")) == (made, main)
    assert users.unpushed() == ()


def test_of_two_branches_the_user_chooses(users: Repository, bare: Path) -> None:
    git("switch", "--quiet", "--create", "fix", "--track", "origin/main", cwd=users.root)
    main, made = tip(bare, "main"), change(users)
    with pytest.raises(PushUndecided) as caught:
        push(users)
    assert [str(choice.branch) for choice in caught.value.choices] == ["origin/main", "origin/fix"]
    assert tip(bare, "main") == main and not tip(bare, "fix")
    assert push(users, choice=caught.value.choices[1]).branch == "fix"
    assert (tip(bare, "main"), tip(bare, "fix")) == (main, made)


def test_a_push_to_a_fork_is_counted_against_the_fork(users: Repository, bare: Path, fork: Path) -> None:
    git("config", "remote.pushDefault", "fork", cwd=users.root)
    change(users)
    assert users.state.standing == "main ↑1 ↓0" and len(users.unpushed()) == 1
    push(users)
    assert users.state.standing == "main ↑0 ↓0" and users.unpushed() == ()
    push_from_elsewhere(bare, "theirs.md", "theirs\n")
    assert users.fetch().standing == "main ↑0 ↓1"
    assert users.state.arrived is not None and str(users.state.arrived) == "origin/main"


def test_who_was_faster_at_the_fork_is_fetched_from_there(users: Repository, bare: Path, fork: Path) -> None:
    git("config", "remote.pushDefault", "fork", cwd=users.root)
    (bare.parent / "there").mkdir()
    other = make_clone(fork, bare.parent / "there" / "clone")
    write(other, "theirs.md", "theirs\n")
    git("add", "--all", cwd=other)
    git("commit", "--quiet", "--message=Theirs", cwd=other)
    git("push", "--quiet", cwd=other)
    change(users)
    with pytest.raises(PushRejected):
        push(users)
    state = users.fetch()
    assert state.arrived is not None and (str(state.arrived), state.behind) == ("fork/main", 1)
    users.replay(state.arrived.tracking, lambda *place: three_way(users.root, *place))
    assert tip(fork, "main") != push(users).commit == tip(fork, "main")


def test_a_url_for_pushes_is_asked_and_pushed_to(users: Repository, bare: Path) -> None:
    git(
        "config",
        "--global",
        f"url.{bare.parent.as_uri()}/.pushInsteadOf",
        "https://example.invalid/",
        cwd=users.root,
    )
    git("remote", "set-url", "origin", "https://example.invalid/partner.git", cwd=users.root)
    made = change(users)
    push(users)
    assert tip(bare, "main") == made


# A branch that is gone, or is no longer the default one


def gone_main(bare: Path) -> None:
    """The default branch is renamed, as in a forge's settings."""
    git("branch", "--move", "main", "trunk", cwd=bare)
    git("symbolic-ref", "HEAD", "refs/heads/trunk", cwd=bare)


@pytest.mark.parametrize("fetched", [True, False])
@pytest.mark.parametrize("over", ["file", "http"])
def test_a_renamed_default_branch_is_not_made_again(
    users: Repository, bare: Path, fetched: bool, over: str
) -> None:
    made = change(users)
    gone_main(bare)
    with HttpRemote(bare.parent) as remote:
        if over == "http":
            git("remote", "set-url", "origin", remote.url("partner.git"), cwd=users.root)
            users = Repository.open(users.root)
        if fetched:
            state = users.fetch()
            assert state.is_gone and state.standing == "main ↑1, origin/main is gone"
            assert len(users.unpushed()) == 1
        with pytest.raises(PushUndecided) as caught:
            push(users)
        assert "origin/main is gone" in caught.value.message and not tip(bare, "main")
        if not fetched:
            users.fetch()
            with pytest.raises(PushUndecided) as caught:
                push(users)
        first = caught.value.choices[0]
        assert (first.verb, str(first.branch)) == ("follow", "origin/trunk")
        assert caught.value.choices[-1].verb == "create"
        follow_instead(users, first.branch)
        assert (users.branch, users.state.upstream, users.state.standing) == (
            "trunk",
            "origin/trunk",
            "trunk ↑1 ↓0",
        )
        assert users.default_branch() == "trunk" and users.new_default() is None
        assert push(users).branch == "trunk"
    assert tip(bare, "trunk") == made and not tip(bare, "main")


def test_where_a_gone_branch_went_is_told_without_a_fetch_and_by_a_clone_that_knew_no_default(
    users: Repository, bare: Path
) -> None:
    git("remote", "set-head", "origin", "--delete", cwd=users.root)  # as after the clone of an empty remote
    gone_main(bare)
    change(users)
    with pytest.raises(PushUndecided) as caught:
        push(users)
    assert [str(one.branch) for one in caught.value.choices] == ["origin/trunk", "origin/main"]


def test_a_branch_that_is_gone_stays_known_as_gone(users: Repository, bare: Path) -> None:
    gone_main(bare)
    users.fetch()
    again = Repository.open(users.root)
    assert again.state.is_gone and str(again.new_default()) == "origin/trunk"


def test_a_branch_that_is_gone_is_made_again_when_the_user_says_so(users: Repository, bare: Path) -> None:
    users.start_branch("fix")
    change(users)
    push(users)
    git("branch", "--delete", "--force", "fix", cwd=bare)
    made = change(users, "id: more\n")
    with pytest.raises(PushUndecided) as caught:
        push(users)
    create = caught.value.choices[-1]
    assert create.verb == "create"
    assert push(users, choice=create).new
    assert tip(bare, "fix") == made and users.state.standing == "fix ↑0 ↓0"


@pytest.mark.parametrize("prunes", ["true", "false"])
def test_an_empty_answer_takes_no_branch_away(users: Repository, bare: Path, prunes: str) -> None:
    """Git takes the page of a proxy or of a network's login for an empty remote."""
    git("config", "fetch.prune", prunes, cwd=users.root)
    git("remote", "set-head", "origin", "--auto", cwd=users.root)
    change(users)
    known = git("for-each-ref", cwd=users.root)
    with HttpRemote(bare.parent, status=200) as remote:
        git("remote", "set-url", "origin", remote.url("partner.git"), cwd=users.root)
        users = Repository.open(users.root)
        with pytest.raises(RemoteBroken, match="origin lists no branches"):
            users.fetch()
        assert git("for-each-ref", cwd=users.root) == known and users.refresh().standing == "main ↑1 ↓0"
        with pytest.raises(PushUndecided, match="or something else answered"):
            push(users)


def test_an_emptied_remote_is_pushed_to_when_the_user_says_so(users: Repository, bare: Path) -> None:
    git("update-ref", "-d", "refs/heads/main", cwd=bare)
    made = change(users)
    with pytest.raises(RemoteBroken):
        users.fetch()
    with pytest.raises(PushUndecided) as caught:
        push(users)
    assert push(users, choice=caught.value.choices[-1]).new and tip(bare, "main") == made


@pytest.mark.parametrize("apart", [True, False])
def test_a_default_branch_that_moved_on_is_asked_about_once(
    users: Repository, bare: Path, apart: bool
) -> None:
    git("branch", "trunk", "main", cwd=bare)
    git("symbolic-ref", "HEAD", "refs/heads/trunk", cwd=bare)
    if apart:
        push_from_elsewhere(bare, "theirs.md", "theirs\n", branch="trunk")
    users.fetch()
    assert not users.state.is_gone and str(users.new_default()) == "origin/trunk"
    made = change(users)
    with pytest.raises(PushUndecided, match="trunk now") as caught:
        push(users)
    assert [(choice.verb, choice.branch.name) for choice in caught.value.choices] == [
        ("follow", "trunk"),
        ("push", "main"),
    ]
    push(users, choice=caught.value.choices[1])
    assert tip(bare, "main") == made
    users.fetch()
    assert users.new_default() is None
    change(users, "id: more\n")
    assert push(users).branch == "main"


def test_a_branch_of_its_own_says_nothing_of_the_default_branch(users: Repository, bare: Path) -> None:
    users.start_branch("fix")
    change(users)
    push(users)
    git("branch", "trunk", "main", cwd=bare)
    git("symbolic-ref", "HEAD", "refs/heads/trunk", cwd=bare)
    users.fetch()
    assert users.new_default() is None and users.default_branch() == "trunk"


def test_commits_go_on_top_of_the_new_default_branch(users: Repository, bare: Path) -> None:
    change(users, "note\n", "note.md")
    gone_main(bare)
    push_from_elsewhere(bare, "theirs.md", "theirs\n", branch="trunk")
    users.fetch()
    new = users.new_default()
    assert new is not None
    follow_instead(users, new)
    assert users.state.behind == 1
    users.replay(new.tracking, lambda *place: three_way(users.root, *place))
    assert push(users).commit == tip(bare, "trunk")


# Clones that hold little


@pytest.fixture(params=["--single-branch", "--depth=1"])
def little(request: pytest.FixtureRequest, bare: Path, tmp_path: Path) -> Repository:
    git("clone", "--quiet", request.param, bare.as_uri(), "little", cwd=tmp_path)
    return Repository.open(tmp_path / "little")


def shown(state: State) -> tuple[str | None, int, int]:
    return state.upstream, state.ahead, state.behind


@pytest.mark.parametrize("how", ["new branch", "started here"])
def test_a_new_branch_of_a_clone_of_one_branch_is_counted(little: Repository, bare: Path, how: str) -> None:
    if how == "started here":
        little.start_branch("fix")
    change(little)
    push(little, new_branch=None if how == "started here" else "fix")
    assert shown(little.refresh()) == ("origin/fix", 0, 0) and little.unpushed() == ()
    change(little, "id: more\n")
    assert shown(little.refresh()) == ("origin/fix", 1, 0) and len(little.unpushed()) == 1
    push(little)
    push_from_elsewhere(bare, "theirs.md", "theirs\n", branch="fix")
    assert shown(little.fetch()) == ("origin/fix", 0, 1)
    assert git("config", "--get-all", "remote.origin.fetch", cwd=little.root).count("\n") == 0, (
        "it is the user's"
    )


def test_the_one_branch_of_a_clone_may_be_gone(little: Repository, bare: Path) -> None:
    change(little)
    gone_main(bare)
    state = little.fetch()
    assert state.is_gone and str(little.new_default()) == "origin/trunk"
    new = little.new_default()
    assert new is not None
    follow_instead(little, new)
    assert shown(little.refresh()) == ("origin/trunk", 1, 0)
    assert little.fetch().behind == 0
    push(little)
    assert shown(little.refresh()) == ("origin/trunk", 0, 0)


# Branches in each other's way


@pytest.mark.parametrize(
    ("wanted", "taken", "other", "free"),
    [
        ("a/b", ["main"], None, "a/b"),
        ("partner-tui/splash", ["partner-tui"], "partner-tui", "partner-tui-splash"),
        ("a/b/c", ["a/b"], "a/b", "a/b-c"),
        ("a/b/c", ["a", "a-b"], "a", "a-b-c"),
        ("a/b", ["a", "a-b"], "a", "a-b-2"),
        ("a", ["a/b"], "a/b", "a-2"),
        ("a", ["a", "a-2"], "a", "a-3"),
        ("Fix", ["fix"], "fix", "Fix-2"),
    ],
)
def test_a_free_name_is_proposed(wanted: str, taken: list[str], other: str | None, free: str) -> None:
    assert in_the_way(wanted, taken) == other
    assert free_name(wanted, taken) == free and in_the_way(free, taken) is None


@pytest.mark.parametrize(
    ("there", "wanted"),
    [("partner-tui", "partner-tui/splash"), ("partner-tui/splash/old", "partner-tui/splash"), ("fix", "fix")],
)
@pytest.mark.parametrize("fetched", [True, False])
def test_a_branch_of_the_remote_that_is_in_the_way_is_told_with_a_free_name(
    users: Repository, bare: Path, there: str, wanted: str, fetched: bool
) -> None:
    git("branch", there, "main", cwd=bare)
    if fetched:
        users.fetch()
    made = change(users)
    with pytest.raises(BranchTaken) as caught:
        push(users, new_branch=wanted)
    assert there in caught.value.message and caught.value.proposed in caught.value.hint
    assert (users.branch, tip(bare, there)) == ("main", tip(bare, "main"))
    pushed = push(users, new_branch=caught.value.proposed)
    assert pushed.commit == made == tip(bare, caught.value.proposed)


def test_a_branch_started_here_that_is_in_the_way_there_is_told(users: Repository, bare: Path) -> None:
    users.start_branch("partner-tui/splash")
    change(users)
    git("branch", "partner-tui", "main", cwd=bare)
    with pytest.raises(BranchTaken, match="partner-tui is in the way of partner-tui/splash on origin"):
        push(users)


@pytest.mark.parametrize(
    ("here", "wanted"), [("partner-tui", "partner-tui/splash"), ("a/b", "a"), ("a", "a")]
)
def test_a_branch_of_this_clone_that_is_in_the_way_is_told(users: Repository, here: str, wanted: str) -> None:
    git("branch", here, cwd=users.root)
    for act in (users.start_branch, lambda name: push(users, new_branch=name)):
        with pytest.raises(BranchTaken) as caught:
            act(wanted)
        assert users.branch == "main"
    users.start_branch(caught.value.proposed)
    assert users.branch == caught.value.proposed


@pytest.mark.parametrize(("old", "new"), [("topic", "topic/part"), ("topic/part", "topic")])
def test_a_branch_that_is_gone_is_not_in_the_way_of_a_new_one(
    users: Repository, bare: Path, old: str, new: str
) -> None:
    git("branch", old, "main", cwd=bare)
    users.fetch()
    git("branch", "--delete", "--force", old, cwd=bare)
    git("branch", new, "main", cwd=bare)
    users.fetch()
    assert tip(bare, new) == git("rev-parse", f"refs/remotes/origin/{new}", cwd=users.root)


def test_what_was_known_of_a_branch_that_is_gone_does_not_hide_where_a_new_one_is(
    users: Repository, bare: Path
) -> None:
    git("branch", "topic", "main", cwd=bare)
    users.fetch()
    git("branch", "--delete", "--force", "topic", cwd=bare)
    change(users)
    push(users, new_branch="topic/part")
    assert users.state.standing == "topic/part ↑0 ↓0"


def test_a_fetch_is_one_connection(users: Repository, bare: Path) -> None:
    with HttpRemote(bare.parent) as remote:
        git("remote", "set-url", "origin", remote.url("partner.git"), cwd=users.root)
        Repository.open(users.root).fetch()
    assert len([line for line in remote.requests if line.startswith("GET")]) == 1


def test_a_choice_names_a_branch_and_not_a_url(users: Repository) -> None:
    settings = read_settings(users.root)
    tracking = read_tracking({**settings, "remote.pushdefault": ["https://example.org/o/n.git"]}, "main")
    assert tracking.target is not None and tracking.target.tracking == ""
    assert PushChoice("push", tracking.target).branch.remote == "https://example.org/o/n.git"


def test_a_detached_head_follows_nothing(users: Repository) -> None:
    git("checkout", "--quiet", "--detach", cwd=users.root)
    assert users.refresh().tracking.target is None and users.remote == "origin"
    with pytest.raises(GitError, match="detached"):
        push(users)
