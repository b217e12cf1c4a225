"""The workflows of the opened repository that check and review it, written as one step."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from partner_tui.central.workflows import FOLDER, Workflows, plan_workflows
from partner_tui.errors import PartnerTuiError, UsageError
from partner_tui.repository.commits.diff import diff_text
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace

_SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class PlannedWorkflows:
    """What would be written.

    Attributes:
        diff: Unified, of all files; empty when nothing changes.
    """

    workflows: Workflows
    diff: str

    def write(self, workspace: Workspace) -> Step | None:
        """Write the files as one step, which the app can undo. Raises as `Workspace.save`."""
        contents = {path: text.encode() for path, text in self.workflows.files.items()}
        return workspace.save("ci: workflows", contents)


def plan(workspace: Workspace, shards: int = 1) -> PlannedWorkflows:
    """Plan the workflows of a repository.

    Raises:
        UsageError: It is not in a git repository; see also `plan_workflows`.
    """
    repository = workspace.repository
    if repository is None:
        raise UsageError(
            f"{workspace.folder} is not in a git repository.", "Workflows run in a repository on GitHub."
        )
    there = _workflows(workspace)
    branch = repository.default_branch() or repository.state.branch or "main"
    made = plan_workflows(there, workspace.manifest_name, branch, shards)
    diffs = (diff_text(there.get(path, ""), after, path) for path, after in made.files.items())
    return PlannedWorkflows(made, "".join(diffs))


def _workflows(workspace: Workspace) -> Mapping[str, str]:
    """The text of each workflow of the folder that can be read, by path."""
    texts = {}
    for file in sorted((workspace.folder / FOLDER).glob("*.y*ml")):
        with suppress(PartnerTuiError):  # a link that leads elsewhere, or no file: not ours to change
            if file.suffix in _SUFFIXES and (content := workspace.read(f"{FOLDER}/{file.name}")) is not None:
                texts[f"{FOLDER}/{file.name}"] = content.decode("utf-8", "surrogateescape")
    return texts
