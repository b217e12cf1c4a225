"""A git process that failed, turned into what the user sees: one clear line, a next step, and all that was said.

The rule: a known cause adds a line and a hint, it never replaces the words. They are git's own in the C locale, ssh's, curl's,
those of the big forges and of anybody's hooks; the first row that matches wins, and what is nearest to the cause stands first.
"""

from __future__ import annotations

import re
import shlex

from partner_tui.errors import GitError
from partner_tui.repository.process.failures import connection, declined, local
from partner_tui.repository.process.failures.kinds import Failure
from partner_tui.repository.process.words import of_git, of_remote

_FAILURES: tuple[Failure, ...] = (
    *local.FIRST,
    *connection.FAILURES,
    *declined.FAILURES,
    # A connection is lost in the end, too, where the remote or this machine had a reason to close it.
    *local.FAILURES,
    *connection.LOST,
)
# A push that the remote answers got there: whatever its hooks print, the connection and this machine are not the cause.
_ANSWERED = "[remote rejected]"
_LONGEST_REASON = 160


def explain(command: str, code: int, output: str) -> GitError:
    """The error for a failed command by all that was said (see ``words``), which is redacted already."""
    searched = {"both": output, "git": "\n".join(of_git(output)), "remote": "\n".join(of_remote(output))}
    for failure in declined.FAILURES if _ANSWERED in output else _FAILURES:
        if match := re.search(failure.pattern, searched[failure.by], re.IGNORECASE | re.MULTILINE):
            groups = match.groupdict()
            name = groups.get("name") or groups.get("other") or "it"
            message = failure.message.format(name=name, said=_reason(output))
            hint = failure.hint.replace("{name}", shlex.quote(name))
            return failure.error(message, hint, command=command, code=code, output=output)
    return GitError(
        _last_words(output, code),
        "Read what git printed, then try again.",
        command=command,
        code=code,
        output=output,
    )


def _reason(output: str) -> str:
    """Why the remote says no, in its own words: its first line that says something, else what git passes on of it."""
    rejected = re.search(r"\[remote rejected\][^\n]*?\(([^\n]*)\)$", output, re.MULTILINE)
    unpack = re.search(r"remote unpack failed: ([^\n]*)", output)
    passed_on = [match[1] for match in (unpack, rejected) if match]
    for line in (*of_remote(output), *passed_on, output.strip().partition("\n")[0]):
        reason = re.sub(r"^(?:(?:error|fatal|ERROR|GitLab|Gitea|Forgejo)[: ]+)+", "", line).strip()
        if re.search(r"\w{2}", reason):
            return reason if len(reason) <= _LONGEST_REASON else f"{reason[: _LONGEST_REASON - 1]}…"
    return "it gives no reason"


def _last_words(output: str, code: int) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:"))]
    line = (told or lines or [""])[0 if told else -1]
    return f"Git failed: {line.partition(': ')[2] or line}" if line else f"Git failed with exit code {code}."
