"""Authors, maintainers and packagers as mappings with the fields that the spec has."""

from __future__ import annotations

import re

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import objects, people
from partner_tui.upgrade.fix import FixKind, fix

_ORCID = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])/?|(\d{15}[\dXx])")


@fix(
    "authors-to-objects",
    "Convert authors",
    "Authors and maintainers are lists of objects with a name.",
    FixKind.AUTO,
)
def authors_to_objects(draft: Draft) -> None:
    for field in ("authors", "maintainers", "packaged_by"):
        value = draft.data.get(field)
        if isinstance(value, str | dict):
            value = [value]
        if isinstance(value, list):
            draft.data[field] = [{"name": one} if isinstance(one, str) else one for one in value]


@fix(
    "persons",
    "Normalize people",
    "Write ORCID iDs without the URL, names without slashes, and maintainers with a GitHub account.",
    FixKind.CONFIG,
)
def persons(draft: Draft) -> None:
    for one in people(draft.data):
        orcid, name = one.get("orcid"), one.get("name")
        if isinstance(orcid, str) and (found := _ORCID.fullmatch(orcid.strip())):
            digits = (found[1] or found[2]).replace("-", "").upper()
            one["orcid"] = draft.respell(orcid, "-".join(digits[at : at + 4] for at in range(0, 16, 4)))
        if isinstance(name, str) and re.search(r"[/\\]", name):
            draft.to_config("person_names", [name])
            one["name"] = draft.respell(name, re.sub(r"\s*[/\\]\s*", " - ", name).strip(" -"))
    _maintainers(draft)
    _uploader(draft)


def _maintainers(draft: Draft) -> None:
    """A maintainer without an account has that of the author of this name, else is kept in config."""
    accounts = {
        str(one.get("name")): one["github_user"] for one in people(draft.data) if one.get("github_user")
    }
    without = []
    for one in objects(draft.data.get("maintainers")):
        if not one.get("github_user"):
            if (name := str(one.get("name"))) in accounts:
                one["github_user"] = accounts[name]
            else:
                without.append(one)
    if without:
        draft.to_config("maintainers", without)
        draft.data["maintainers"] = [one for one in draft.data["maintainers"] if one not in without]
        draft.drop_if_empty("maintainers")


def _uploader(draft: Draft) -> None:
    uploader = draft.data.get("uploader")
    if isinstance(uploader, str) and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", uploader):
        draft.data["uploader"] = {"email": uploader}
