"""The settings file as the user edits it: it begins with every option as a comment, and what is chosen in the app is one changed line.

The rule: no other line of it is ever touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.atomic import replace_file
from partner_tui.settings import PICTURES, Settings

TEMPLATE = f"""\
# Settings of partner-tui. Take the # away in front of a line to set it; a change takes effect at the next start.

# The theme: partner-dark, partner-light, or any that ctrl+p, "choose a theme" lists.
# theme: partner-dark

# The editor's command, for entries and this file. When empty: $VISUAL, then $EDITOR.
# editor: ""

# Whether a repository is fetched in the background when it is opened.
# fetch_on_open: true

# The API of your GitHub Enterprise server, such as https://github.example.org/api/v3. Not needed for GitHub itself.
# github_api: ""

# How pictures are drawn: {", ".join(PICTURES)}. Auto is what the terminal can; the help shows what was detected.
# pictures: auto

# What a host runs whose name does not say it: github, gitlab, gitea (also Forgejo), bitbucket, other.
# forges:
#   git.example.org: gitlab

# Where the central repository is read from: a clone of yours, or what it is fetched from. When empty: bioimage-io/collection on GitHub.
# central: ""

# Keys, by the names at the right of the help (? or f1). Several keys are separated by commas.
# keymap:
#   entries.filter: "/"
#   changes.push: P
"""


def make_settings_file(path: Path) -> None:
    """Write the options as comments, where there is no file yet or an empty one. Raises PartnerTuiError."""
    if not _read(path).strip():
        _write(path, TEMPLATE)


def keep_theme(path: Path, name: str) -> Settings:
    """Write the theme into the settings file, which is made when there is none; returns the settings as they are then.

    Raises:
        PartnerTuiError: It cannot be written, or is no mapping; it is as it was.
    """
    return _keep(path, {"theme": name})


def keep_central(path: Path, central: str) -> Settings:
    """Write where the central repository is read from; else as `keep_theme`."""
    return _keep(path, {"central": central})


def keep_forge(path: Path, host: str, kind: str) -> Settings:
    """Write what a host runs; else as `keep_theme`.

    Args:
        kind: One of `addresses.forge.SAID`. A GitHub Enterprise server is the one that the API is asked of, unless one is.
    """
    before = Settings.parse(_read(path) or TEMPLATE, path)
    more: dict[str, Any] = {"forges": {**before.forges, host: kind}}
    if kind == "github" and not before.github_api:
        more["github_api"] = f"https://{host}/api/v3"
    return _keep(path, more)


def _keep(path: Path, more: Mapping[str, Any]) -> Settings:
    from partner_tui.comparison.rewriting import edits_between
    from partner_tui.manifest.editing.patch import apply
    from partner_tui.manifest.text.document import Document

    text = _read(path) or TEMPLATE
    Settings.parse(text, path)
    first = next(iter(more))
    is_empty = (data := Document.parse(text, path.name).data) is None
    if is_empty or first not in data:
        # It takes the place of its comment, where that is one line.
        comment = rf"^#[ \t]*{first}:[ \t]*\S+[ \t]*$"
        text, found = re.subn(comment, f"{first}:", text, count=1, flags=re.MULTILINE)
        if is_empty and not found:
            text = f"{text.rstrip()}\n\n{first}:\n"
    document = Document.parse(text, path.name)
    after = apply(document, list(edits_between(document.data, {**document.data, **more}))).text
    settings = Settings.parse(after, path)
    for name, value in more.items():
        if getattr(settings, name) != value:
            raise PartnerTuiError(
                f"{name} was not written: {path} has an unusual form.", f"Write there: {name}: {value}"
            )
    _write(path, after)
    return settings


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise PartnerTuiError(f"The settings file cannot be read: {path}", str(error)) from error


def _write(path: Path, text: str) -> None:
    replace_file(path.resolve(), text.encode())  # it may be a link to where the user keeps such files
