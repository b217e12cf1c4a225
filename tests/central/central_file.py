"""The file of the central repository that lists the partners, and copies of that repository."""

from __future__ import annotations

from pathlib import Path

from partner_tui.central.partners_json import FILE
from tests.corpus import CORPUS
from tests.real_git import git
from tests.small_partner import make_repository

SMALL = """\
{
    "reviewers": [],
    "collection_template": {
        "config": {
            "partners": [
                {   "id": "fern", "name": "Fern",
                    "tags": ["a",  "b"],
                    "contact": [
                        {"name": "Ada"}
                    ]
                },
                {
                    "id": "moss",
                    "icon": "M\\u00fc"
                }
            ]
        }
    }
}
"""


def central_text() -> str:
    """The real file where the corpus is, else a small one that is laid out as freely."""
    real = CORPUS / "central" / FILE
    return real.read_text("utf-8") if real.exists() else SMALL


def make_central(folder: Path) -> Path:
    """A clone of the central repository, as a maintainer has one."""
    return make_repository(folder, {FILE: central_text(), "README.md": "# collection\n"})


def branch_lines(clone: Path, branch: str) -> list[str]:
    """The lines that a branch changes, with their signs."""
    shown = git("diff", "--unified=0", "--format=", "main", branch, cwd=clone).splitlines()
    return [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")]
