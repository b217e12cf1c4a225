"""git_repo is a full URL: other ways to write one are spelled out, anything else is kept in config."""

from __future__ import annotations

import re

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.urls import is_url

NAME = "git-repo-url"
TITLE = "Complete git_repo URLs"
WHY = "git_repo is a full URL."
CLASS = "config"

_SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/]([^\s]+?)(?:\.git)?/?")
_BARE = re.compile(r"(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)/\S+")


def fix(draft: Draft) -> None:
    given = draft.data.get("git_repo")
    if given is None or is_url(given):
        return
    text = given.strip() if isinstance(given, str) else ""
    if found := _SSH.fullmatch(text):
        draft.data["git_repo"] = draft.respell(given, f"https://{found[1]}/{found[2]}")
    elif _BARE.fullmatch(text):
        draft.data["git_repo"] = draft.respell(given, f"https://{text}")
    elif text.startswith("git://") and is_url(https := f"https://{text[6:]}"):
        draft.data["git_repo"] = draft.respell(given, https)
    elif is_url(text):
        draft.data["git_repo"] = draft.respell(given, text)
    else:
        draft.to_config("git_repo", draft.data.pop("git_repo"))
