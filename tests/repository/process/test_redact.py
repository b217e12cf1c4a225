"""A password in an address is never shown, however the address is misspelt and wherever it turns up."""

from __future__ import annotations

import logging
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.redact import address, redact, shown

MISSPELT = [
    "https://ada:hunter2@host.invalid/o/n",
    "https://hunter2@host.invalid/o/n",
    "https://:hunter2@host.invalid/o/n",
    "HTTPS://ada:hunter2@host.invalid/o/n",
    "https:/ada:hunter2@host.invalid/o/n",
    "https:///ada:hunter2@host.invalid/o/n",
    "https//ada:hunter2@host.invalid/o/n",
    "htps://ada:hunter2@host.invalid/o/n",
    "ftp://ada:hunter2@host.invalid/o/n",
    "//ada:hunter2@host.invalid/o/n",
    "ada:hunter2@host.invalid/o/n",
    "ada:hunter2@host.invalid:o/n",
    "https://ada:hun/ter2/hunter2@host.invalid/o/n",
    "https://ada:hun@ter@hunter2@host.invalid/o/n",
    "https://ada:hun#hunter2@host.invalid/o/n",
    "https://ada:hun?hunter2@host.invalid/o/n",
    "https://ada:hun'hunter2@host.invalid/o/n",
    'https://ada:hun"hunter2@host.invalid/o/n',
    "https://ada:hun hunter2@host.invalid/o/n",
    "https://ada:hun\\hunter2@host.invalid/o/n",
    "https:\\\\ada:hunter2@host.invalid\\o\\n",
    "https://ada:hunter2@",
    "https://ada:hunter2",
    "https://ada:hunter2/o/n",
    "https://ada:hunter2@[bad/o/n",
    "https://ada:hunter2@host.invalid:port/o/n",
    "https://ada:hunter2@-host/o/n",
    "https://ada:hunter2@github.com/",
    "https://ada:hunter2@github.com/o",
    "ssh://git:hunter2@host.invalid/o/n",
    "ssh://git:hunter2@host.invalid:x/o/n",
    "ext::https://ada:hunter2@host.invalid",
    "-https://ada:hunter2@host.invalid",
    "git clone https://ada:hunter2@host.invalid/o/n",
    "git clone -u https://ada:hunter2@host",
    "'https://ada:hunter2@host.invalid/o/n",
    "https://ada:hunter2@host.invalid/o/n'",
    "https://ada:hunter2@host.invalid/o/\nn",
    "https://host.invalid/o/n?access_token=hunter2",
    "https://host.invalid/o/n#access_token=hunter2&x",
    "https://host.invalid/o/n?a=b&X-Auth-Token=hunter2",
    "file:///no/such?password=hunter2",
]


@pytest.mark.parametrize("text", MISSPELT)
def test_no_error_and_no_title_quotes_it(text: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)  # as the app logs
    said = [address(text)]
    log = GitLog()
    try:
        source = parse_source(text, cwd=tmp_path)
        said += [source.text, str(source.clone_folder(Path("/clones"))), source.slug or ""]
        if source.kind == "remote" and "host.invalid" in (source.url or ""):
            clone(source, tmp_path / "c", log=log)
    except PartnerTuiError as error:
        said += [error.message, error.hint, str(error), getattr(error, "output", "")]
        said += [getattr(error, "command", "")]
    said += [repr(logged) for logged in log.commands]
    assert "hunter2" not in "\n".join([*said, caplog.text])


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("https://host.example/o/n", "https://host.example/o/n"),
        ("https://host.example:8443/o/n", "https://host.example:8443/o/n"),
        ("https://ada:pw@host.example:8443/o/n", "https://host.example:8443/o/n"),
        ("git@github.com:o/n.git", "git@github.com:o/n.git"),
        ("ssh://git@host:2222/o/n", "ssh://git@host:2222/o/n"),
        ("ssh://git:pw@host:2222/o/n", "ssh://git@host:2222/o/n"),
        ("https://[::1]:80/o/n", "https://[::1]:80/o/n"),
        ("models@2024", "models@2024"),
        ("./folder@home/x", "./folder@home/x"),
        ("ilastik", "ilastik"),
    ],
)
def test_what_is_no_secret_stays(text: str, shown_as: str) -> None:
    assert address(text) == shown_as


@pytest.mark.parametrize(
    "text",
    [
        "see https://host/o/n/tree/release@2 and ada@example.org",
        "Signed-off-by: Ada <ada@example.org>",
        "fatal: repository 'git@github.com:o/n.git' not found",
        "To ssh://git@host:2222/o/n",
    ],
)
def test_words_of_git_keep_their_other_ats(text: str) -> None:
    assert redact(text) == text


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="@"), min_size=1))
def test_any_password_is_taken_out_of_what_git_says(rest: str) -> None:
    url = f"https://ada:hunter2{rest}@host.example/o/n"
    assert "hunter2" not in redact(f"fatal: unable to access '{url}': Could not resolve host")
    assert "hunter2" not in shown(["git", "clone", "--", url])
    assert "hunter2" not in address(url)
    assert shlex.split(shown(["git", "clone", url]))[-1] == "https://host.example/o/n"
