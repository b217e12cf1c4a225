"""Which files of a contribution need care, and why."""

from __future__ import annotations

import pytest

from partner_tui.contributions.files import EXECUTABLE, LINK, SUBMODULE, FileChange, care

MANIFESTS = ("collection.yaml",)


@pytest.mark.parametrize(
    "file",
    [
        FileChange("README.md", "changed", mode="100644"),
        FileChange("collection.yaml", "changed", mode="100644"),
        FileChange("rdf.yaml", "added", mode="100644"),
        FileChange("docs/action.md", "added", mode="100644"),
        FileChange("old.sh", "removed"),
        FileChange("old.png", "removed", is_binary=True),
        FileChange("a.json", "renamed", "b.json", "100644"),
    ],
    ids=lambda file: file.path,
)
def test_what_is_read_alone_needs_none(file: FileChange) -> None:
    assert care(file, MANIFESTS) is None


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (FileChange(".github/workflows/ci.yml", "changed", mode="100644"), "workflow"),
        (FileChange(".github/workflows/ci.yml", "removed"), "workflow"),
        (FileChange(".gitlab-ci.yml", "added", mode="100644"), "workflow"),
        (FileChange("tools/action.yml", "added", mode="100644"), "workflow"),
        (FileChange("Jenkinsfile", "added", mode="100644"), "workflow"),
        (FileChange(".gitattributes", "changed", mode="100644"), "hook"),
        (FileChange("a/.gitmodules", "changed", mode="100644"), "hook"),
        (FileChange(".husky/pre-commit", "added", mode="100644"), "hook"),
        (FileChange(".pre-commit-config.yaml", "changed", mode="100644"), "hook"),
        (FileChange("lib", "added", mode=SUBMODULE), "submodule"),
        (FileChange("collection.yaml", "changed", mode=LINK), "link"),
        (FileChange("run", "changed", mode=EXECUTABLE), "executable"),
        (FileChange("setup.PY", "added", mode="100644"), "script"),
        (FileChange("m/plugin.jar", "added", mode="100644", is_binary=True), "script"),
        (FileChange("weights.pt", "added", mode="100644", is_binary=True), "binary"),
        (FileChange("collection.yaml", "removed"), "manifest"),
        (FileChange("other.yaml", "renamed", "collection.yaml", "100644"), "manifest"),
    ],
    ids=lambda one: one.path if isinstance(one, FileChange) else one,
)
def test_what_runs_leads_elsewhere_or_cannot_be_read_needs_care(file: FileChange, expected: str) -> None:
    assert care(file, MANIFESTS) == expected
