"""What a new partner's repository begins with, made from a few answers: valid, listed and shown from its first commit on.

Who may join and what is asked of them is said by bioimage.io's founding page and by bioimage-io/collection. Files that are there
already stay as they are.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from partner_tui.addresses.forge import is_slug, raw_url, web_url
from partner_tui.addresses.urls import is_url
from partner_tui.central.partners_json import FIELDS
from partner_tui.central.workflows import FILE as WORKFLOW
from partner_tui.central.workflows import plan_workflows
from partner_tui.errors import UsageError
from partner_tui.manifest.editing.edits import Add, Append, Edit, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.manifest.scaffold import FILE_NAME, id_problem, new_manifest

LOGO = "images/logo.svg"
REQUESTS = web_url("bioimage-io/collection", "issues/new")
"""Where becoming a partner is asked for."""
WHO_MAY_JOIN = (
    "A team behind a software that produces or consumes trained models",
    "An organization, group or company that keeps contributing resources",
)
"""In the words of the founding page; one of them is enough."""
DUTIES = (
    "Maintain our resources in our repository, up to the latest spec",
    "Review what others contribute that claims to work with our software",
    "Use BioImage.IO as our only primary repository of trained models",
)
"""What a partner is responsible for, in the words of the founding page."""
BENEFITS = """\
A partner takes part in the decisions about the spec, shows its logo on bioimage.io, and lets visitors filter by what works with
its software. Contributing resources alone needs no partnership."""
FIRST_TYPES = ("model", "application")
REQUIRED = "An answer is required."


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a new partner.

    Attributes:
        name: Of the answer, see `Answers`.
    """

    name: str
    label: str
    about: str
    example: str = ""
    is_required: bool = True


QUESTIONS = (
    Question("name", "Name", "Of the software or the group, as people read it.", "Meadow"),
    Question("id", "Id", "Part of URLs, and what entries link to: lowercase letters and digits.", "meadow"),
    Question("description", "Description", "One sentence, the subtitle of the splash.", "Segment plants"),
    Question("website", "Website", "Where visitors read more.", "https://meadow.org"),
    Question(
        "repository", "On GitHub", "Where the repository is or will be: owner/name.", "meadow/resources"
    ),
    Question("author", "Author", "Of the first entry, and the contact.", "Ada Lovelace"),
    Question("license", "License", "Of the repository, an SPDX id.", "CC-BY-4.0"),
    Question("types", "Resources", "The planned types; the first is shown first."),
    Question("logo", "Logo", "URL of a square picture. Without it, a letter is drawn.", "https://…", False),
    Question(
        "planned",
        "Planned",
        "What is planned, for the request to join.",
        "3 models of roots, this year",
        False,
    ),
    Question("plan", "Maintenance", "Who maintains what is planned, for the request to join.", "", False),
)
_FORMAT = "0.3.0"
_EXPLORE = "Start Exploring"
_SHORTEST_NAME, _LONGEST_NAME = 5, 128


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new partner says of itself, see `QUESTIONS`; every answer is one line.

    Attributes:
        claims: Of `WHO_MAY_JOIN` and `DUTIES` those that it says of itself, for the request to join.
    """

    id: str
    name: str
    description: str
    website: str
    repository: str
    author: str
    license: str = "CC-BY-4.0"
    types: tuple[str, ...] = FIRST_TYPES
    logo: str = ""
    planned: str = ""
    plan: str = ""
    claims: tuple[str, ...] = ()

    def problems(self) -> dict[str, str]:
        """What is wrong with each answer, by its name; empty when nothing is."""
        found = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, str) and not value.isprintable():
                found[one.name] = "It has to be one line of plain text."
        if problem := id_problem(self.id):
            found["id"] = problem
        for name in ("website", "logo"):
            value = getattr(self, name)
            if value and not (is_url(value) and value.startswith("https://")):
                found[name] = "Give a URL that begins with https://"
        if not is_slug(self.repository) or self.repository.endswith(".git"):
            found["repository"] = "Give owner/name, such as ilastik/bioimage-io-resources."
        if wrong := [kind for kind in self.types if kind not in SITE_TYPES]:
            found["types"] = f"{wrong[0]!r} is not one of {', '.join(SITE_TYPES)}."
        required = (one.name for one in QUESTIONS if one.is_required)
        return found | {name: REQUIRED for name in required if not getattr(self, name)}


@dataclass(frozen=True, slots=True)
class NewPartner:
    """What is written for a new partner.

    Attributes:
        files: Path and text of each file that is not there yet.
        central: The object for the central JSON.
        request: The text of the request to join, Markdown.
    """

    files: Mapping[str, str]
    kept: tuple[str, ...]
    central: Mapping[str, Any]
    request: str

    @property
    def request_url(self) -> str:
        """The page where it is asked for, filled in."""
        title, _, body = self.request.partition("\n\n")
        return f"{REQUESTS}?{urlencode({'title': title.removeprefix('# '), 'body': body})}"


def plan_partner(
    answers: Answers,
    there: Collection[str],
    branch: str = "main",
    manifest: str = FILE_NAME,
    format_version: str = _FORMAT,
) -> NewPartner:
    """Make the files, the central object and the request of a new partner.

    Args:
        there: The paths in the repository that exist.
        branch: The default branch: URLs of raw files name it.
        manifest: The manifest's path, of one that exists or that is written.
        format_version: Of the first entry.

    Raises:
        UsageError: An answer does not fit.
    """
    if problems := answers.problems():
        name, problem = next(iter(problems.items()))
        raise UsageError(f"{name}: {problem}", "")
    logo = answers.logo or raw_url(answers.repository, f"{branch}/{LOGO}")
    config = _config(answers, logo)
    every = {
        manifest: _manifest(answers, config, format_version),
        "README.md": _readme(answers, manifest),
        "LICENSE": _license(answers),
        WORKFLOW: plan_workflows({}, manifest, branch).files[WORKFLOW],
    }
    if not answers.logo:
        every[LOGO] = _drawn_logo(answers)
    kept = tuple(path for path in every if _has(there, path))
    files = {path: text for path, text in every.items() if path not in kept}
    central = {key: config[key] for key in FIELDS if key in config}
    return NewPartner(files, kept, central, _request(answers, manifest, central))


def _has(there: Collection[str], path: str) -> bool:
    """Whether there is such a file; a readme and a license may be written in several ways, such as readme.rst."""
    folder, name = posixpath.split(path)
    stem = name.partition(".")[0].lower()
    if stem not in ("readme", "license"):
        return path in there
    return not folder and any("/" not in one and one.partition(".")[0].lower() == stem for one in there)


def _config(answers: Answers, logo: str) -> dict[str, Any]:
    return {
        "id": answers.id,
        "name": answers.name,
        "icon": logo,
        "logo": logo,
        "docs": answers.website,
        "tags": [answers.id],
        "splash_title": answers.name,
        "splash_subtitle": answers.description,
        "explore_button_text": _EXPLORE,
        "resource_types": list(answers.types),
        "default_type": answers.types[0],
    }


def _manifest(answers: Answers, config: Mapping[str, Any], format_version: str) -> str:
    document = new_manifest(answers.id, answers.name)
    have = document.data["config"]
    edits: list[Edit] = [Add(("description",), answers.description, after="name")]
    before = None
    for key, value in config.items():
        path = ("config", key)
        edits.append(Replace(path, value) if key in have else Add(path, value, after=before))
        before = key
    entry = {
        "id": answers.id,
        "type": "application",
        "format_version": format_version,
        "name": _entry_name(answers),
        "description": answers.description,
        "authors": [{"name": answers.author}],
        "cite": [{"text": answers.name, "url": answers.website}],
        "license": answers.license,
        "tags": [answers.id],
        "links": [f"{answers.id}/{answers.id}"],
        "source": answers.website,
    }
    return apply(document, [*edits, Append(("collection",), entry)]).text


def _entry_name(answers: Answers) -> str:
    """The partner's name within the spec's letters and length; the id where nothing of it is left."""
    letters = unicodedata.normalize("NFKD", answers.name).encode("ascii", "ignore").decode()
    name = letters if re.search(r"[A-Za-z0-9]", letters) else answers.id
    plain = " ".join(re.sub(r"[^\w +()-]", " ", name).split())[:_LONGEST_NAME].strip()
    return plain if len(plain) >= _SHORTEST_NAME else f"{plain} software".strip()


def _readme(answers: Answers, manifest: str) -> str:
    return f"""\
# {answers.name}: resources for the BioImage Model Zoo

{answers.description}

`{manifest}` lists the models, datasets, notebooks and applications of [{answers.name}]({answers.website}) for
[bioimage.io](https://bioimage.io).

## Contribute

Open a pull request that adds an entry to `{manifest}`, with its files beside it. Each pull request is checked and reviewed by
`partner-tui`; a maintainer merges it.
"""


def _license(answers: Answers) -> str:
    return f"""\
Copyright (c) {answers.author}

SPDX-License-Identifier: {answers.license}
The text of this license: https://spdx.org/licenses/{answers.license}.html
"""


def _drawn_logo(answers: Answers) -> str:
    """A square with the first letter of the name, until there is a logo."""
    letter = html.escape(answers.name[:1].upper())
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">
  <rect width="256" height="256" rx="48" fill="#2196f3"/>
  <text x="128" y="176" font-family="sans-serif" font-size="144" font-weight="bold" text-anchor="middle" fill="#ffffff">{letter}</text>
</svg>
"""


def _request(answers: Answers, manifest: str, central: Mapping[str, Any]) -> str:
    kinds = ", ".join(f"{kind}s" for kind in answers.types)
    who, duties = (
        "".join(f"- {claim}\n" for claim in claims if claim in answers.claims)
        for claims in (WHO_MAY_JOIN, DUTIES)
    )
    planned = f"{answers.planned}\n\n" if answers.planned else ""
    promised = f"We will:\n\n{duties}\n" if duties else ""
    return f"""\
# Community partner: {answers.name}

{answers.description}

{who}- Website: {answers.website}
- Repository: {web_url(answers.repository)}
- Contact: {answers.author}

## Planned resources

{planned}{kinds.capitalize()}, listed in [`{manifest}`]({web_url(answers.repository, f"blob/HEAD/{manifest}")}).

## Maintenance

{answers.plan or "Contributions are reviewed by the maintainers; entries are kept up to the latest spec; each push is checked."}

{promised}## Object for the central configuration

```json
{json.dumps(central, ensure_ascii=False, indent=4)}
```
"""
