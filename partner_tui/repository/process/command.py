"""Builds git's command line and environment; running it is elsewhere, so that tests read the arguments.

The rule: nothing of the clone's is run, nothing asks on the terminal, the caller's environment cannot change what git does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

# A clone holds what strangers contributed, and the terminal belongs to the app: nothing of the clone's is run (hooks,
# file system monitors, LFS, submodules), nothing pages, nothing opens an editor, nothing goes on in the background.
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.editor=false",
    "sequence.editor=false",
    "core.quotePath=false",
    "color.ui=false",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "protocol.ext.allow=never",
    # A folder with HEAD, objects and config in it is a repository only where we say so.
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "filter.lfs.smudge=",
    "filter.lfs.process=",
    "filter.lfs.required=false",
    "gc.auto=0",
    "maintenance.auto=false",
    # A server that sends nothing for a minute and a half is gone.
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=90",
)

# Of the caller's GIT_* those survive that the user sets to say how remotes are reached, what the user's own configuration
# is, and who the user is. The rest (GIT_DIR, GIT_INDEX_FILE, GIT_EXTERNAL_DIFF, GIT_TRACE ...) would point git at
# another repository, run programs, or print over the screen; a shell inside a hook or `git rebase --exec` sets them.
# GIT_ASKPASS and SSH_ASKPASS are not among them: the app is who asks, and only where it cannot, `users_askpass` is.
_KEPT = re.compile(
    r"GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|EXEC_PATH|HTTP_USER_AGENT|HTTP_PROXY_AUTHMETHOD|HTTP_LOW_SPEED_(?:LIMIT|TIME)"
    r"|PROXY_COMMAND|(?:PROXY_)?SSL_\w+|ALLOW_PROTOCOL|PROTOCOL_FROM_USER|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM"
    r"|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+|PARAMETERS)|ATTR_NOSYSTEM"
    r"|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL))"
)


def command_line(arguments: Sequence[str], inherited: Iterable[str] = ()) -> list[str]:
    """The whole command for ``git <arguments>``.

    Args:
        inherited: The names in the environment that the command will start from, but for those that are set for it; the
            unwanted are taken out by ``env -u``, since GitPython hands on all of it and can only add.
    """
    unwanted = [
        name
        for name in sorted(inherited)
        if (name.startswith("GIT_") and not _KEPT.fullmatch(name)) or name == "GPG_TTY"
    ]
    removed = ["env", *(part for name in unwanted for part in ("-u", name))] if unwanted else []
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [*removed, "git", "--literal-pathspecs", *settings, *arguments]


def users_askpass(environ: Mapping[str, str]) -> dict[str, str]:
    """For a command whose questions the app cannot ask, without a terminal: the user's own helper answers, if there is one.

    It is set even where there is none: else git would run the one that a repository's own `core.askPass` names.
    """
    helper = environ.get("GIT_ASKPASS") or environ.get("SSH_ASKPASS") or ""
    ssh = environ.get("SSH_ASKPASS") or ""
    return {"GIT_ASKPASS": helper} | ({"SSH_ASKPASS": ssh, "SSH_ASKPASS_REQUIRE": "prefer"} if ssh else {})


def environment() -> dict[str, str]:
    """What is added to every command's environment: English, no prompts, no optional locks, no big files, nothing replaced."""
    return {
        "LC_ALL": "C",
        "LANGUAGE": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",  # what is read is what would be pushed, and not refs/replace or grafts
        "GIT_GRAFT_FILE": "",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
    }
