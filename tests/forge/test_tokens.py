"""A token goes to the host that it belongs to, and is in no representation."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.forge.hosts import forge_of
from partner_tui.forge.tokens import find_token, given_token, keep_token
from partner_tui.repository.remotes.remote import read_remote_url

API = "https://github.example.org/api/v3"


@pytest.fixture(autouse=True)
def _no_tokens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GH_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def test_each_variable_is_for_its_own_host(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_token("github.com") is None
    monkeypatch.setenv("GITHUB_TOKEN", "second")
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "enterprise")
    found = find_token("github.com")
    assert found is not None and (found.value, found.origin) == ("second", "GITHUB_TOKEN")
    monkeypatch.setenv("GH_TOKEN", "first")
    found = find_token("github.com")
    assert found is not None and found.value == "first"
    other = find_token("github.example.org")
    assert other is not None and other.value == "enterprise"
    monkeypatch.setenv("GH_HOST", "elsewhere.example.org")
    assert find_token("github.example.org") is None


def test_gh_is_asked_about_the_host(tmp_path: Path) -> None:
    program = tmp_path / "gh"
    program.write_text('#!/bin/sh\n[ "$*" = "auth token --hostname=github.example.org" ] && echo of-gh\n')
    program.chmod(0o755)
    found = find_token("github.example.org")
    assert found is not None and (found.value, found.origin) == ("of-gh", "gh")
    assert find_token("github.com") is None


def test_a_token_is_in_no_representation_and_what_cannot_be_one_is_refused() -> None:
    token = given_token("github.com", " ghp_secret\n")
    assert token.value == "ghp_secret"
    assert "secret" not in f"{token!r} {token}"
    for text in ("", "two words", "line\nbreak", "naïve"):
        with pytest.raises(PartnerTuiError) as caught:
            given_token("github.com", text)
        assert not text or text not in str(caught.value)


def test_a_system_without_a_keyring_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backends import fail

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call,unused-ignore]
    try:
        with pytest.raises(PartnerTuiError, match="not saved"):
            keep_token(given_token("github.com", "ghp_secret"))
        assert find_token("github.com") is None
    finally:
        keyring.set_keyring(before)
    assert "ghp_secret" not in os.environ.values()


class PlaintextKeyring:
    """As `keyrings.alt.file` calls the one that writes a file for everybody to read."""


class Chain:
    backends = (PlaintextKeyring(),)


@pytest.mark.parametrize("backend", [PlaintextKeyring(), Chain()])
def test_a_keyring_that_is_a_plain_file_gets_no_token(
    monkeypatch: pytest.MonkeyPatch, backend: object
) -> None:
    keyring = pytest.importorskip("keyring")
    written: list[object] = []
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.setattr(keyring, "set_password", lambda *what: written.append(what))
    with pytest.raises(PartnerTuiError, match="not saved") as caught:
        keep_token(given_token("github.com", "ghp_secret"))
    assert not written and "ghp_secret" not in f"{caught.value} {caught.value.hint}"


def test_a_keyring_that_forgets_at_once_is_not_called_one() -> None:
    pytest.importorskip("keyring")
    with pytest.raises(PartnerTuiError, match="not saved"):
        keep_token(given_token("github.com", "ghp_secret"))


@pytest.mark.parametrize(
    ("url", "api", "asked"),
    [
        ("git@github.com:o/r.git", "", "https://api.github.com"),
        ("https://github.com/o/r", API, "https://api.github.com"),
        ("ssh://git@ssh.github.com:443/o/r.git", "", "https://api.github.com"),
        ("git@github.example.org:o/r.git", API, API),
        ("https://github.example.org/o/r", "", None),
        ("https://evil.example.org/o/r", API, None),
        ("https://github.com.evil.example.org/o/r", API, None),
        ("https://gitlab.com/o/r", "", None),
        ("https://o.ghe.com/o/r", "https://api.o.ghe.com", "https://api.o.ghe.com"),
        ("/a/folder", API, None),
        ("http://github.com/o/r", "", "https://api.github.com"),
        ("https://ada:pw@github.com:8443/o/r", "", "https://api.github.com"),
        ("https://github.com@evil.example.org/o/r", "", None),
        ("ssh://github.com:22@evil.example.org/o/r", "", None),
        ("https://evil.example.org/github.com/o", "", None),
        ("https://github.com/o/..", "", None),
        ("https://github.com/o/r%3Fx", "", None),
        ("https://github.com/o%2F..%2Fx", "", None),
    ],
)
def test_only_github_and_the_host_of_the_settings_are_asked(url: str, api: str, asked: str | None) -> None:
    forge = forge_of(read_remote_url(url), api)
    assert (forge.api if forge else None) == asked


@pytest.mark.parametrize(
    "api", ["http://github.example.org/api/v3", "github.example.org", "https://a:b@github.example.org"]
)
def test_a_setting_that_would_show_the_token_to_others_is_refused(api: str) -> None:
    with pytest.raises(PartnerTuiError, match="github_api"):
        forge_of(read_remote_url("https://github.example.org/o/r"), api)
