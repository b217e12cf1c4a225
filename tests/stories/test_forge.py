"""A pull request opened from Changes and one merged on its forge: what the forge refuses is said, and nothing written is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contributed import make_contributed
from tests.forge.api_server import Answer, ApiServer, pull
from tests.real_git import git, make_clone
from tests.repository.http_remote import HttpRemote
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal

pytest.importorskip("github")
TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz"
LIMITED = Answer(403, {"message": "API rate limit exceeded"}, {"x-ratelimit-remaining": "0"})
PROTECTION = "#!/bin/sh\ncat | grep -q refs/heads/main || exit 0\necho 'error: GH006: Protected branch update failed'\nexit 1\n"


@pytest.fixture
def api() -> Iterator[ApiServer]:
    with ApiServer() as server:
        yield server


def on_forge(home: Path, api: ApiServer, clone: Path, server: HttpRemote, path: str) -> None:
    """Git and the API of a forge, which the settings name."""
    url = f"http://localhost:{urlsplit(server.url('')).port}/{path}"
    git("remote", "set-url", "origin", url, cwd=clone)
    settings = home / "config" / "settings.yaml"
    settings.parent.mkdir()
    settings.write_text(f"github_api: {api.url}\n")


def is_nowhere(secret: str, app: Terminal, *folders: Path) -> bool:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return secret.encode() not in app.written and not any(
        secret.encode() in path.read_bytes() for path in files
    )


@pytest.mark.slow
def test_a_protected_branch_leads_to_a_pull_request_and_a_rate_limit_loses_no_word(
    home: Path, partner: Partner, api: ApiServer
) -> None:
    hook = partner.remote / "hooks" / "pre-receive"
    hook.write_text(PROTECTION)
    hook.chmod(0o755)
    acts.set_title(partner, home, "The Meadow")
    opening = "POST /repos/remotes/meadow/pulls"
    with HttpRemote(partner.remote.parent.parent) as server:
        on_forge(home, api, partner.clone, server, "remotes/meadow.git")
        with Terminal(
            str(partner.clone), home=home, size=(80, 24), env={"GH_ENTERPRISE_TOKEN": TOKEN}
        ) as app:
            app.sees("petal-nuclei")
            acts.commit(app)
            app.rests().keys("P").sees("it is protected", "Pull request").rests().keys("ctrl+r")
            app.sees("Open a pull request", "localhost/remotes/meadow").rests()
            assert api.asked == []
            app.keys("tab", "tab", "tab", "tab").type("Shorter.")
            api.answers[opening] = Answer(is_lost=True)
            app.keys("ctrl+s").sees("the connection failed", "press r to try again").rests()
            api.answers[opening] = LIMITED
            app.keys("r").sees("Open a pull request", "Shorter.").rests().keys("ctrl+s")
            app.sees("limits requests for now", "press r to try again").rests()
            api.answers[opening] = Answer(201, pull(12, api.url))
            app.keys("r").sees("Open a pull request", "Shorter.").rests().keys("ctrl+s")
            app.sees("Pull request opened", "https://example.org/o/r/pull/12")
            acts.leave(app)
    asked = api.asked[-1].body
    assert (asked["base"], asked["body"]) == ("main", "Shorter.")
    assert git("show", f"{asked['head']}:collection.yaml", cwd=partner.remote) + "\n" == partner.manifest
    assert is_nowhere(TOKEN, app, home, partner.clone)


@pytest.mark.slow
def test_a_review_is_posted_and_merged_on_the_forge_after_all_that_it_refused(
    home: Path, tmp_path: Path, api: ApiServer
) -> None:
    remote = make_contributed(tmp_path)
    clone = make_clone(remote, tmp_path / "clone")
    head = git("rev-parse", "refs/pull/7/head", cwd=remote)
    repository = f"/repos/{tmp_path.name}/partner"
    showing, merging, posting = (
        f"{verb} {repository}/pulls/7{what}"
        for verb, what in (("GET", ""), ("PUT", "/merge"), ("POST", "/reviews"))
    )
    shown = pull(7, head={"sha": head, "ref": "ivy"}) | {"url": f"{api.url}{repository}/pulls/7"}
    with HttpRemote(tmp_path.parent) as server:
        on_forge(home, api, clone, server, f"{tmp_path.name}/partner.git")
        with Terminal(str(clone), home=home, env={"GH_ENTERPRISE_TOKEN": TOKEN}) as app:
            app.sees("petal-nuclei").rests().keys("2").sees("To review").rests().keys("f5")
            app.sees("To review 6").rests().keys("/").rests().type("#7").keys("enter").rests().keys("enter")
            app.sees("Review #7", "merges by entry", "Ivy that grows").rests().keys("c").sees(
                "Comment", "Save"
            ).rests()
            app.type("A fine plant.").keys("ctrl+s").sees("◆ 1").rests()

            api.answers[showing] = Answer(body=shown | {"head": {"sha": "b" * 40, "ref": "ivy"}})
            merge_there(app)
            app.sees("#7 has new commits since you reviewed it", "Your review is kept").rests()

            api.answers[showing] = Answer(body=shown)
            api.answers[merging] = Answer(403, {"message": "Must have write access"})
            merge_there(app)
            app.sees("The token does not allow to merge. Must have write access.").rests().keys("escape")
            app.sees("Nothing was merged. The review is kept.").rests()

            api.answers[posting] = Answer(body={"id": 1, "html_url": "https://example.org/review"})
            api.answers[f"GET {repository}/commits/{head}"] = Answer(body={"sha": head})
            app.keys("v").sees("Approve").rests().keys("down", "down", "down", "down", "down", "enter")
            app.sees("tell the author", "Post it").rests().keys("up", "up", "enter").sees(
                "A fine plant.", "As an approval"
            ).rests().keys("y")
            app.sees("Posted: https://example.org/review").rests()

            api.answers[merging] = Answer(body={"sha": "c" * 40, "merged": True, "message": "done"})
            merge_there(app)
            app.sees("Merged #7 on localhost: ccccccc").rests()
            app.keys("escape").rests().keys("escape").rests()
            acts.leave(app)
    written = [one for one in api.asked if one.method != "GET"]
    assert [one.path.rpartition("/")[2] for one in written] == ["merge", "reviews", "merge"]
    assert "A fine plant." in written[1].body["body"] and written[1].body["event"] == "APPROVE"
    assert all(one.body["sha"] == head for one in written if one.method == "PUT")
    kept = [json.loads(path.read_text()) for path in home.rglob("reviews/*.json")]
    assert "A fine plant." in json.dumps(kept)
    assert is_nowhere(TOKEN, app, home, clone)


def merge_there(app: Terminal) -> None:
    app.keys("v").sees("Merge on localhost").rests().keys("up", "up", "enter")
    app.sees("Only this commit").rests().keys("y")
