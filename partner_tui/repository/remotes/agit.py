"""A pull request by a push alone, as Gitea and Forgejo take it: to ``refs/for/<branch>``, its texts as push options.

The rule: a text is an option's value, never an option of git's.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Unpack

from partner_tui.repository.branches.branch_names import check_branch_name
from partner_tui.repository.git import Watch, run_fully
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.remotes.push import push_command

_PAGE = re.compile(r"https?://[^\s\x00-\x1f]+/pulls/\d+")


def push_for_review(
    root: Path,
    remote: str,
    base: str,
    topic: str,
    title: str,
    description: str,
    log: GitLog | None = None,
    **watch: Unpack[Watch],
) -> str:
    """Open a pull request from HEAD, or renew the one of the same topic; no branch is made, here or there.

    Args:
        base: The branch to merge into.
        topic: What tells it from others of this user.

    Returns:
        Its page as the remote said it; "" where it did not.

    Raises:
        GitError, Cancelled: Nothing was opened, unless the remote had taken it already.
    """
    for name in (base, topic):
        check_branch_name(name, root)
    said = {"topic": topic, "title": title, "description": description}
    # An option is one line.
    options = [f"--push-option={key}={' '.join(text.split())}" for key, text in said.items() if text.strip()]
    command = push_command(remote, f"HEAD:refs/for/{base}", options)
    found = _PAGE.search(run_fully(command, cwd=root, log=log, **watch).words)
    return found[0] if found else ""
