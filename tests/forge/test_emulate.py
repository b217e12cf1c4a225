"""Pull requests of a server that keeps state: the npm package `emulate`. Skipped where Node or the package is absent.

See `tests.node_packages`: PARTNER_TUI_EMULATE may name its folder; `npm i --no-save emulate@0.11.2` installs it.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partner_tui.errors import HeadMoved, TokenRefused
from partner_tui.forge.hosts import Forge
from partner_tui.forge.pull_requests import PullRequests
from partner_tui.forge.tokens import Token
from tests.node_packages import find_package

github = pytest.importorskip("github")
VERSION = "0.11.2"
SEED = {
    "tokens": {"of-ada": {"login": "ada", "scopes": ["repo"]}, "of-bo": {"login": "bo", "scopes": ["repo"]}},
    "github": {
        "users": [{"login": "ada", "name": "Ada"}, {"login": "bo", "name": "Bo"}],
        "repos": [{"owner": "ada", "name": "meadow", "auto_init": True}],
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    found = find_package("emulate", VERSION, "PARTNER_TUI_EMULATE")
    if found is None:
        pytest.skip(f"Node or the package emulate {VERSION} is absent")
    node, package = found
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    seed = tmp_path_factory.mktemp("emulate") / "seed.json"
    seed.write_text(json.dumps(SEED))
    preload = Path(__file__).with_name("listen_here.mjs")
    with subprocess.Popen(
        [
            node,
            "--import",
            preload.as_uri(),
            package / "dist" / "index.js",
            "start",
            "-s",
            "github",
            "-p",
            str(port),
            "--seed",
            seed,
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=seed.parent,
    ) as process:
        try:
            wait_for(port, process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers."""
    for _ in range(600):
        assert process.poll() is None, "emulate ended"
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("emulate does not listen")


def pulls_as(server: str, login: str) -> PullRequests:
    return PullRequests(Forge("localhost", server, "ada/meadow"), Token("localhost", f"of-{login}", "a test"))


def propose(server: str, branch: str) -> Any:
    """A branch with a commit of Ada's, and the repository."""
    client = github.Github(auth=github.Auth.Token("of-ada"), base_url=server)
    repository = client.get_repo("ada/meadow")
    main = repository.get_branch(repository.default_branch)
    repository.create_git_ref(f"refs/heads/{branch}", main.commit.sha)
    repository.create_file(f"{branch}.md", f"Add {branch}", "more\n", branch=branch)
    return repository


@pytest.mark.slow
def test_a_pull_request_is_opened_reviewed_merged_and_its_state_is_read(server: str) -> None:
    repository = propose(server, "fern")
    ada, bo = pulls_as(server, "ada"), pulls_as(server, "bo")
    made = ada.open(repository.default_branch, "fern", "Add fern", "A plant.")
    known = bo.read().pulls[made.number]
    assert (known.state, known.title, known.author, known.body) == ("open", "Add fern", "ada", "A plant.")
    inline = [{"path": "fern.md", "position": 1, "body": "More?"}]
    bo.post_review(made.number, known.head, "Please change it.", "REQUEST_CHANGES", inline)
    said = ada.discussion(made.number).remarks
    assert ("bo", "changes requested", "Please change it.") in {
        (one.author, one.verdict, one.text) for one in said
    }
    assert ("bo", "More?") in {(one.author, one.text) for one in said if one.place.startswith("fern.md")}
    bo.post_review(made.number, known.head, "Fine now.", "APPROVE")
    ada.merge(made.number, known.head)
    assert ada.read().pulls[made.number].state == "merged"


@pytest.mark.slow
def test_what_was_said_of_another_head_is_not_posted(server: str) -> None:
    repository = propose(server, "moss")
    ada, bo = pulls_as(server, "ada"), pulls_as(server, "bo")
    made = ada.open(repository.default_branch, "moss", "Add moss", "")
    with pytest.raises(HeadMoved):
        bo.post_review(made.number, "f" * 40, "Fine.", "APPROVE")
    with pytest.raises(HeadMoved):
        ada.merge(made.number, "f" * 40)
    assert bo.discussion(made.number).remarks == ()
    assert bo.read().pulls[made.number].state == "open"


def test_a_fork_belongs_to_whose_token_it_is(server: str) -> None:
    assert pulls_as(server, "bo").fork() == "bo/meadow"


def test_a_declined_one_is_closed(server: str) -> None:
    repository = propose(server, "fungus")
    ada = pulls_as(server, "ada")
    made = ada.open(repository.default_branch, "fungus", "Add fungus", "")
    ada.close(made.number)
    assert ada.read().pulls[made.number].state == "closed"


def test_a_repository_that_is_not_there_is_said(server: str) -> None:
    with pytest.raises(TokenRefused):
        PullRequests(Forge("localhost", server, "ada/secret"), Token("localhost", "of-bo", "a test")).read()
