"""Two remotes never share a folder, none lies in another's, and none leaves the folder of clones."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partner_tui.repository.clones.clone_names import clone_names
from partner_tui.repository.remotes.remote import RemoteUrl, read_remote_url

DIFFERENT = [
    "https://host.example/o/n",
    "https://host.example:8443/o/n",
    "https://host.example:8444/o/n",
    "http://host.example/o/n",
    "http://host.example:8443/o/n",
    "git://host.example/o/n",
    "ssh://git@host.example:2222/o/n",
    "ssh://ada@host.example/o/n",
    "ssh://eve@host.example/o/n",
    "bob@host.example:o/n",
    "https://other.example/o/n",
    "https://host.example/O/n",
    "https://host.example/o/N",
    "https://host.example/o/n!",
    "https://host.example/o/n-",
    "https://host.example/o/.n",
    "https://host.example/o/n n",
    "https://host.example/~o/n",
    "https://host.example/o/ü",
    "https://host.example/o/u",
    "https://host.example/o",
    "https://host.example/n",
    "https://host.example/+/n",
    "https://host.example/o/n/m",
    "https://host.example/o/n+m",
    "https://host.example/o/n/m/k",
    "https://host.example/o/con",
    "https://host.example/o/index.lock",
    "https://host.example/o/" + "n" * 300,
    "https://host.example/o/" + "n" * 301,
    "https://host.example/" + "/".join("n" * 50),
    "https://host.example/" + "/".join("n" * 51),
    "https://host.example/o/../n",
    "https://host.example/o/./n",
    "https://../o/n",
    "https://./o/n",
    "ssh://..@host.example/o/n",
    "https://local/o/n",
    "file:///o/n",
    "file:///o/n.git",
    "file:///o/n/m",
    "file:///n",
    "https://[::1]/o/n",
    "https://[::2]/o/n",
]


def folder(url: str) -> Path:
    remote = read_remote_url(url)
    assert remote is not None, url
    return Path("/clones").joinpath(*clone_names(url, remote))


def test_different_remotes_have_different_folders_and_none_lies_in_another() -> None:
    shared = [
        (one, other)
        for one, other in combinations(DIFFERENT, 2)
        if folder(one).is_relative_to(folder(other)) or folder(other).is_relative_to(folder(one))
    ]
    assert shared == []


@pytest.mark.parametrize("url", DIFFERENT)
def test_a_folder_lies_three_deep_with_names_that_every_disk_takes(url: str) -> None:
    found = folder(url)
    assert found.parent.parent.parent == Path("/clones")
    for name in found.parts[2:]:
        assert name not in (".", "..") and not name.startswith("-") and len(name.encode()) <= 255


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/o/n",
        "https://github.com/o/n.git",
        "https://github.com/o/n.git/",
        "https://github.com:443/o/n",
        "https://www.github.com/o/n",
        "https://ada:secret@github.com/o/n",
        "git@github.com:o/n.git",
        "ssh://git@github.com/o/n",
        "ssh://git@github.com:22/o/n",
        "ssh://git@ssh.github.com:443/o/n.git",
        "ssh://github.com/o/n",
        "https://GitHub.com/o/n",
    ],
)
def test_the_doors_to_one_repository_lead_to_one_folder(url: str) -> None:
    assert folder(url) == Path("/clones/github.com/o/n")


@given(st.text(max_size=300), st.text(max_size=400), st.text(max_size=20))
def test_nothing_leads_out(host: str, path: str, user: str) -> None:
    names = clone_names(f"ssh://{host}/{path}", RemoteUrl(host, path, "ssh", None, user))
    assert len(names) == 3
    for name in names:
        assert name and name not in (".", "..") and "/" not in name and len(name.encode()) <= 255
