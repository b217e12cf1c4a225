"""Pull requests read and written over HTTP: what is read is bounded, and nothing is written about another commit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partner_tui.contributions.on_forge import MAX_BODY
from partner_tui.errors import ForgeError, HeadMoved, TokenRefused
from partner_tui.forge.known import find_known, keep_known
from partner_tui.forge.pull_requests import InlineComment, PullRequests
from partner_tui.forge.tokens import Token
from partner_tui.plain import age
from tests.forge.api_server import HEAD, Answer, ApiServer, Asked, pull

pytest.importorskip("github")
SECRET = "ghp_verysecret"
TOKEN = Token("localhost", SECRET, "a test")
REVIEWS = "POST /repos/o/r/pulls/7/reviews"


@pytest.fixture
def api() -> Iterator[ApiServer]:
    with ApiServer() as server:
        server.answers["GET /repos/o/r/pulls/7"] = Answer(body=pull(7, server.url))
        server.answers[f"GET /repos/o/r/commits/{HEAD}"] = Answer(body={"sha": HEAD})
        yield server


def test_titles_authors_labels_and_states_are_read_over_pages(api: ApiServer) -> None:
    def page(asked: Asked) -> Answer:
        if "page=2" in asked.path:
            return Answer(
                body=[pull(2, state="closed", merged_at="2026-01-02T03:04:05Z"), pull(1, state="closed")]
            )
        following = f'<{api.url}/repos/o/r/pulls?state=all&page=2>; rel="next"'
        return Answer(body=[pull(3, draft=True, user=None)], headers={"Link": following})

    api.answers["GET /repos/o/r/pulls"] = page
    known = PullRequests(api.forge, TOKEN).read()
    assert known.is_whole
    assert {number: (one.state, one.is_draft, one.author) for number, one in known.pulls.items()} == {
        "3": ("open", True, ""),
        "2": ("merged", False, "ada"),
        "1": ("closed", False, "ada"),
    }
    assert known.pulls["3"].labels == ("new model",)


def test_a_long_description_is_cut_and_many_pull_requests_are_left_out(
    api: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partner_tui.forge.pull_requests.MOST_PULLS", 2)
    api.answers["GET /repos/o/r/pulls"] = Answer(body=[pull(one, body="x" * 10_000_000) for one in (3, 2, 1)])
    known = PullRequests(api.forge, None).read()
    assert list(known.pulls) == ["3", "2"]
    assert not known.is_whole
    assert len(known.pulls["3"].body) == MAX_BODY


def test_checks_and_reviews_are_asked_of_open_ones_alone_and_a_limit_in_the_midst_keeps_the_rest(
    api: ApiServer,
) -> None:
    start = "GET /repos/o/r"
    api.answers[f"{start}/pulls"] = Answer(
        body=[pull(9, api.url), pull(8, api.url), pull(7, api.url, state="closed")]
    )
    verdicts = [("bo", "CHANGES_REQUESTED"), ("cy", "COMMENTED"), ("bo", "APPROVED")]
    api.answers[f"{start}/pulls/9/reviews"] = Answer(
        body=[{"user": {"login": login}, "state": state, "body": ""} for login, state in verdicts]
    )
    api.answers[f"{start}/commits/{HEAD}/status"] = Answer(
        body={"statuses": [{"context": "docs", "state": "pending"}]}
    )
    api.answers[f"{start}/pulls/8/reviews"] = Answer(
        429, {"message": "API rate limit exceeded"}, {"x-ratelimit-remaining": "0"}
    )
    known = PullRequests(api.forge, TOKEN).read(with_checks=True)
    assert (known.pulls["9"].checks, known.pulls["9"].reviews) == ("pending", ("bo approved",))
    assert (known.pulls["8"].checks, known.pulls["8"].title) == ("", "Add a model")
    assert not any("/pulls/7" in one.path for one in api.asked)


@pytest.mark.parametrize(
    "body",
    [
        "<html>Sign in</html>",
        {"message": "Bad credentials"},
        [1, None],
        [{"number": 1, "title": "no more than this"}],
        [pull(3, head={"sha": "--upload-pack=x", "ref": "x"})],
        [pull(-3)],
        [pull(10**30)],
        [pull(3, title=5)],
    ],
)
def test_what_is_no_answer_of_the_api_is_said_and_nothing_of_it_kept(api: ApiServer, body: object) -> None:
    api.answers["GET /repos/o/r/pulls"] = Answer(body=body)
    with pytest.raises(ForgeError, match="did not answer as GitHub's API does"):
        PullRequests(api.forge, TOKEN).read()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://example.org/\x1b]52;c;aGk=\x07", "", None]
)
def test_what_is_no_page_is_not_opened(api: ApiServer, url: str | None) -> None:
    api.answers["POST /repos/o/r/pulls"] = Answer(201, pull(8, html_url=url))
    assert PullRequests(api.forge, TOKEN).open("main", "model", "Add", "").url == ""


def test_an_object_of_another_host_is_not_asked_there(api: ApiServer) -> None:
    with ApiServer({"GET /repos/o/r/pulls/7": Answer(body=pull(7))}) as other:
        lacking = {"number": 7, "url": f"http://127.0.0.1:{other.port}/repos/o/r/pulls/7"}
        api.answers["GET /repos/o/r/pulls"] = Answer(body=[lacking])
        with pytest.raises(ForgeError):
            PullRequests(api.forge, TOKEN).read()
        assert other.asked == []


def test_an_endless_answer_is_given_up(api: ApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partner_tui.forge.connection._MOST_BYTES", 5_000_000)
    api.answers["GET /repos/o/r/pulls"] = Answer(is_endless=True)
    with pytest.raises(ForgeError, match="too long"):
        PullRequests(api.forge, TOKEN).read()


def test_a_review_is_posted_as_one_with_its_inline_comments(api: ApiServer) -> None:
    patch = "@@ -1,2 +1,3 @@\n a\n+b\n c\n@@ -9,2 +10,2 @@\n d\n-e\n+f"
    api.answers["GET /repos/o/r/pulls/7/files"] = Answer(body=[{"filename": "rdf.yaml", "patch": patch}])
    api.answers[REVIEWS] = Answer(body={"id": 1, "html_url": "https://example.org/review"})
    pulls = PullRequests(api.forge, TOKEN)
    lines = [
        InlineComment("rdf.yaml", 2, "Why?"),
        InlineComment("rdf.yaml", 10, "Gone", True),
        InlineComment("x", 1, ""),
    ]
    inline = [shape for _, shape in pulls.placeable("7", lines)]
    assert (
        pulls.post_review("7", HEAD, "All of it", "REQUEST_CHANGES", inline) == "https://example.org/review"
    )
    posted = [one.body for one in api.asked if one.method == "POST"]
    assert posted == [
        {
            "body": "All of it",
            "event": "REQUEST_CHANGES",
            "commit_id": HEAD,
            "comments": [
                {"path": "rdf.yaml", "position": 2, "body": "Why?"},
                {"path": "rdf.yaml", "position": 6, "body": "Gone"},
            ],
        }
    ]


def test_nothing_is_posted_about_a_head_that_moved(api: ApiServer) -> None:
    with pytest.raises(HeadMoved):
        PullRequests(api.forge, TOKEN).post_review("7", "b" * 40, "All of it", "APPROVE")
    with pytest.raises(HeadMoved):
        PullRequests(api.forge, TOKEN).merge("7", "b" * 40)
    assert {one.method for one in api.asked} == {"GET"}


def test_a_merge_names_the_head_and_a_conflict_says_that_it_moved(api: ApiServer) -> None:
    merging = "PUT /repos/o/r/pulls/7/merge"
    api.answers[merging] = Answer(body={"sha": "c" * 40, "merged": True, "message": "done"})
    assert PullRequests(api.forge, TOKEN).merge("7", HEAD, "squash") == "c" * 40
    assert api.asked[-1].body == {"merge_method": "squash", "sha": HEAD}
    api.answers[merging] = Answer(
        409, {"message": "Head branch was modified. Review and try the merge again."}
    )
    with pytest.raises(HeadMoved, match="new commits"):
        PullRequests(api.forge, TOKEN).merge("7", HEAD)


def test_a_pull_request_is_opened_from_a_fork_and_closed(api: ApiServer) -> None:
    api.answers["POST /repos/o/r/pulls"] = Answer(201, pull(8))
    made = PullRequests(api.forge, TOKEN).open("main", "model", "Add a model", "Body", "ada")
    assert made.number == "8"
    assert api.asked[-1].body["head"] == "ada:model"
    api.answers["PATCH /repos/o/r/pulls/7"] = Answer(body=pull(7, api.url, state="closed"))
    PullRequests(api.forge, TOKEN).close("7")
    assert api.asked[-1].body == {"state": "closed"}


@pytest.mark.parametrize("name", ["ada/../x", "../r", "ada/r?x", "//evil.org/r", "-x", "ada", None, 5])
def test_a_fork_is_called_owner_and_name_and_nothing_else(api: ApiServer, name: object) -> None:
    api.answers["POST /repos/o/r/forks"] = Answer(202, {"full_name": name})
    with pytest.raises(ForgeError, match="did not answer as GitHub's API does"):
        PullRequests(api.forge, TOKEN).fork()


def test_checks_and_earlier_words_are_read(api: ApiServer) -> None:
    start = "GET /repos/o/r"
    api.answers[f"{start}/commits/{HEAD}"] = Answer(
        body={"sha": HEAD, "url": f"{api.url}/repos/o/r/commits/{HEAD}"}
    )
    api.answers[f"{start}/commits/{HEAD}/check-runs"] = Answer(
        body={
            "total_count": 1,
            "check_runs": [{"name": "ci", "status": "completed", "conclusion": "failure"}],
        }
    )
    api.answers[f"{start}/commits/{HEAD}/status"] = Answer(
        body={"statuses": [{"context": "docs", "state": "success"}]}
    )
    api.answers["GET /repos/o/r/pulls/7"] = Answer(
        body=pull(7, api.url, issue_url=f"{api.url}/repos/o/r/issues/7")
    )
    api.answers[f"{start}/pulls/7/reviews"] = Answer(
        body=[{"user": {"login": "bo"}, "state": "APPROVED", "body": ""}]
    )
    api.answers[f"{start}/issues/7/comments"] = Answer(body=[{"user": {"login": "cy"}, "body": "Nice"}])
    api.answers[f"{start}/pulls/7/comments"] = Answer(
        body=[{"user": {"login": "di"}, "body": "Here", "path": "rdf.yaml", "position": 3}]
    )
    found = PullRequests(api.forge, TOKEN).discussion("7")
    assert [(one.name, one.outcome) for one in found.checks] == [("ci", "failure"), ("docs", "success")]
    assert [(one.author, one.verdict, one.place) for one in found.remarks] == [
        ("bo", "approved", ""),
        ("cy", "commented", ""),
        ("di", "commented", "rdf.yaml:3"),
    ]
    del api.answers[f"{start}/commits/{HEAD}/status"]
    api.answers[f"{start}/commits/{HEAD}/check-runs"] = Answer(403, {"message": "Resource not accessible"})
    hidden = PullRequests(api.forge, TOKEN).discussion("7")
    assert (hidden.checks, hidden.remarks) == ((), found.remarks)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (Answer(401, {"message": "Bad credentials"}), TokenRefused, "rejected the token"),
        (
            Answer(403, {"message": "Resource not accessible"}),
            TokenRefused,
            "does not allow to post the review",
        ),
        (
            Answer(403, {"message": "API rate limit exceeded for 1.2.3.4"}, {"x-ratelimit-remaining": "0"}),
            ForgeError,
            "limits requests",
        ),
        (Answer(429, {"message": "Slow down"}, {"Retry-After": "60"}), ForgeError, "limits requests"),
        (Answer(422, {"message": "Can not approve your own pull request"}), ForgeError, "HTTP 422"),
        (Answer(502, None), ForgeError, "HTTP 502"),
    ],
)
def test_what_is_refused_is_said_in_one_line_and_asked_once(
    api: ApiServer, answer: Answer, kind: type[ForgeError], words: str
) -> None:
    api.answers[REVIEWS] = answer
    with pytest.raises(kind, match=words) as caught:
        PullRequests(api.forge, TOKEN).post_review("7", HEAD, "All of it", "APPROVE")
    assert "\n" not in caught.value.message + caught.value.hint
    assert SECRET not in repr(caught.value) + caught.value.hint
    assert len([one for one in api.asked if one.method == "POST"]) == 1


def test_a_lost_connection_is_said() -> None:
    with ApiServer() as server:
        pulls = PullRequests(server.forge, TOKEN)
    with pytest.raises(ForgeError, match="the connection failed"):
        pulls.read()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_carries_the_token_to_another_host(api: ApiServer, status: int) -> None:
    with ApiServer({"GET /repos/o/r/pulls": Answer(body=[])}) as other:
        elsewhere = f"http://127.0.0.1:{other.port}/repos/o/r/pulls"
        api.answers["GET /repos/o/r/pulls"] = Answer(status, headers={"Location": elsewhere})
        with pytest.raises(ForgeError, match="redirects to another URL"):
            PullRequests(api.forge, TOKEN).read()
        assert other.asked == []


def test_next_page_on_another_host_is_not_asked_there(api: ApiServer) -> None:
    with ApiServer({"GET /repos/o/r/pulls": Answer(body=[])}) as other:
        following = f'<http://127.0.0.1:{other.port}/repos/o/r/pulls?page=2>; rel="next"'
        api.answers["GET /repos/o/r/pulls"] = lambda asked: (
            Answer(body=[]) if "page=2" in asked.path else Answer(body=[pull(3)], headers={"Link": following})
        )
        with pytest.raises(ForgeError):
            PullRequests(api.forge, TOKEN).read()
        assert other.asked == []


def test_what_was_read_is_kept_with_its_time_for_this_repository_alone(
    api: ApiServer, tmp_path: Path
) -> None:
    api.answers["GET /repos/o/r/pulls"] = Answer(body=[pull(3)])
    known = PullRequests(api.forge, TOKEN).read()
    assert find_known(tmp_path, api.forge) is None
    keep_known(tmp_path, api.forge, known)
    assert find_known(tmp_path, api.forge) == known
    assert SECRET.encode() not in b"".join(one.read_bytes() for one in tmp_path.rglob("*.json"))
    other = type(api.forge)("localhost", api.url, "o/other")
    assert find_known(tmp_path, other) is None
    assert age(known.at, known.at + timedelta(hours=3, minutes=4)) == "3 hours ago"
    assert age(known.at, datetime.now(UTC)) in (
        "just now",
        f"{int(time.time() - known.at.timestamp()) // 60} minutes ago",
    )
    (tmp_path / "forge.json").write_text("[]")
    assert find_known(tmp_path, api.forge) is None
