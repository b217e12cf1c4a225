"""A repository whose manifest was upgraded, broken, merged and renamed."""

from __future__ import annotations

from pathlib import Path

from tests.real_git import git
from tests.workspace.entries.versions import NAME, begin, commit

HEAD = "config: {id: meadow}\ncollection:\n"
FERN = "- {id: fern, type: dataset, name: Fern growth, description: Ferns, format_version: %s}\n"
MOSS = "- {id: moss, type: dataset, description: Moss, format_version: 0.2.2}\n"
MOSS_ELSEWHERE = "- {id: moss, rdf_source: moss/rdf.yaml}\n"
MOSS_RDF = "type: dataset\nname: Moss\ndescription: Moss\nformat_version: 0.2.2\n"
OLD = FERN % "0.2.2"
MORE = (
    "license: CC0-1.0, authors: [{name: Ada}], cite: [{text: Fern, url: 'https://example.org'}], tags: [fern]"
)
LATEST = FERN.replace("Ferns,", f"Ferns, {MORE},") % "0.3.4"
IVY = "- {id: ivy, rdf_source: 'https://example.org/ivy.yaml'}\n"
RENAMED = "manifest.bioimage.io.yaml"


def make_history(folder: Path) -> Path:
    """Six commits of the branch change the manifest; one of them cannot be read, and one is a merge of two."""
    root = begin(folder)
    commit(root, "Begin", {NAME: HEAD + OLD})
    commit(root, "About us", {"README.md": "Meadow\n"})
    commit(root, "Add moss", {NAME: HEAD + OLD + MOSS})
    commit(root, "Slip", {NAME: HEAD + OLD + "- {id: moss\n"})
    git("checkout", "--quiet", "-b", "upgrade", cwd=root)
    commit(root, "Half", {NAME: HEAD + OLD + MOSS_ELSEWHERE, "moss/rdf.yaml": MOSS_RDF})
    commit(root, "Other half", {NAME: HEAD + LATEST + MOSS_ELSEWHERE})
    git("checkout", "--quiet", "main", cwd=root)
    git("merge", "--quiet", "--no-ff", "-m", "Upgrade", "upgrade", cwd=root)
    commit(root, "Rename", {NAME: None, RENAMED: HEAD + LATEST + MOSS_ELSEWHERE})
    commit(root, "Add ivy", {RENAMED: HEAD + LATEST + MOSS_ELSEWHERE + IVY})
    return root
