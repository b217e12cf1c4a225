"""The files that a contribution changes, and which of them need care: what runs, what leads elsewhere, what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from posixpath import basename

from partner_tui.contributions.entry_changes import Kind

SUBMODULE, LINK, EXECUTABLE = "160000", "120000", "100755"
"""Git's modes of what is more than a file."""
_WORKFLOWS = re.compile(
    r"\.github/(?:workflows|actions)/.*|(?:.*/)?action\.ya?ml|\.circleci/.*|\.gitlab-ci\.ya?ml|\.travis\.ya?ml"
    r"|\.?azure-pipelines\.ya?ml|\.(?:woodpecker|forgejo|gitea)/.*|jenkinsfile|\.drone\.ya?ml|appveyor\.ya?ml",
    re.IGNORECASE,
)
_HOOKS = re.compile(
    r"(?:.*/)?(?:\.?git-?hooks|\.husky)/.*|\.pre-commit-config\.ya?ml|(?:.*/)?\.(?:gitattributes|gitmodules|lfsconfig)"
    r"|\.envrc|\.vscode/.*|\.devcontainer/.*",
    re.IGNORECASE,
)
_SCRIPTS = (
    *(".sh", ".bash", ".zsh", ".fish", ".bat", ".cmd", ".ps1", ".py", ".js", ".mjs", ".ts", ".rb", ".pl"),
    *(".php", ".lua", ".r", ".groovy", ".ijm", ".bsh", ".jar", ".exe", ".dll", ".so", ".dylib", ".pyc"),
)


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs.

    Attributes:
        path: Now, or before where it is gone.
        was: The name before, where it was renamed.
        mode: Git's, now; "" where it is gone.
    """

    path: str
    change: Kind
    was: str | None = None
    mode: str = ""
    is_binary: bool = False


def care(file: FileChange, manifests: Collection[str]) -> str | None:
    """Why a file needs care, in one word; None where it does not.

    Args:
        manifests: Names that the manifest has in either version.
    """
    if file.mode == SUBMODULE:
        return "submodule"
    if file.mode == LINK:
        return "link"
    if {file.path, file.was} & set(manifests) and file.change in ("removed", "renamed"):
        return "manifest"
    if _WORKFLOWS.fullmatch(file.path):
        return "workflow"
    if _HOOKS.fullmatch(file.path):
        return "hook"
    if file.change == "removed":
        return None
    if basename(file.path).lower().endswith(_SCRIPTS):
        return "script"
    if file.mode == EXECUTABLE:
        return "executable"
    return "binary" if file.is_binary else None
