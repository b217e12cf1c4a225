"""Machines are told from people by the names and addresses that forges and their services give them."""

from __future__ import annotations

import pytest

from partner_tui.contributions.arrived import is_bot


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("github-actions", "41898282+github-actions[bot]@users.noreply.github.com"),
        ("GitHub Action", "action@github.com"),
        ("bioimageiobot", "someone@example.org"),
        ("Renovate Bot", "bot@renovateapp.com"),
        ("pre-commit.ci", "x@example.org"),
        ("Lab CI", "release-bot@example.org"),
    ],
)
def test_a_machine_is_told(name: str, email: str) -> None:
    assert is_bot(name, email)


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Anna Abbot", "abbot@example.org"),
        ("Talbot", "talbot@example.org"),
        ("Robot Research", "lab@example.org"),
        ("Ada", "1234+ada@users.noreply.github.com"),
        ("GitHub", "noreply@github.com"),
        ("", ""),
    ],
)
def test_a_person_is_not_taken_for_one(name: str, email: str) -> None:
    assert not is_bot(name, email)
