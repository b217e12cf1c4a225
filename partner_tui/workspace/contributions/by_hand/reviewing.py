"""A file reviewed as a contribution without a branch: commits to which nothing refers, and which git removes in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from partner_tui.contributions.contribution import Contribution
from partner_tui.errors import UsageError
from partner_tui.repository.git import Watch
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.by_hand.adding import commit_addition, plan_addition
from partner_tui.workspace.contributions.by_hand.bringing import as_contribution, commit_series, read_series
from partner_tui.workspace.contributions.by_hand.resources import read_resource
from partner_tui.workspace.contributions.by_hand.sent import recognise


def from_file(
    repository: Repository,
    name: str,
    target: str,
    manifest_name: str | None = None,
    **watch: Unpack[Watch],
) -> tuple[Contribution, Mapping[str, str]]:
    """What a patch, an RDF or a package would be as a contribution, and its files that are left out, each with why.

    Args:
        name: The path of the file.
        target: The commit that it is for.

    Raises:
        UsageError: It is none of these.
        PartnerTuiError: It cannot be read, is refused, or does not apply.
    """
    sent = recognise(name)
    if sent.path is None:
        raise UsageError(f"{sent.shown} is not a file.", "Name a patch, an RDF or a package (.zip).")
    if sent.kind == "patch":
        made = commit_series(repository, read_series(repository.root, sent), target, trial=True, **watch)
        return as_contribution(repository.root, made, sent.path.name), {}
    addition = plan_addition(repository, read_resource(sent), target, manifest_name)
    made = commit_addition(repository, addition, trial=True, **watch)
    return as_contribution(repository.root, made, sent.path.name), addition.left_out
