"""The manifest that a new partner begins with: no more than the site and the checks require, ready to be edited."""

from __future__ import annotations

import re

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.editing.edits import Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.ids import PARTNER_ID
from partner_tui.manifest.text.document import Document

FILE_NAME = "collection.yaml"

_TEMPLATE = """\
format_version: 0.2.2
type: collection
name: name

config:
  id: id
  name: name
  tags:
    - id
  splash_title: name
  explore_button_text: Start Exploring
  resource_types:
    - model
    - application
    - dataset
    - notebook
  default_type: model

collection: []
"""


def id_problem(partner_id: str) -> str | None:
    """What is wrong with a partner's id, which becomes part of URLs; None when it is fine."""
    if not partner_id:
        return "An id is required."
    if not PARTNER_ID.fullmatch(partner_id):
        return "An id starts with a lowercase letter or digit, then contains only a-z 0-9 _ - ."
    return None


def propose_id(text: str) -> str:
    """The nearest id to some text, such as a repository's name; may be empty."""
    words = re.sub(r"(?i)[-_.]?bioimage[-_.]?io[-_.]?|[-_.]?resources$|[-_.]?models$", "-", text)
    return re.sub(r"[^a-z0-9_.-]+", "-", words.lower()).strip("-_.")


def new_manifest(partner_id: str, name: str) -> Document:
    """A valid manifest without entries.

    Raises:
        PartnerTuiError: The id or the name does not fit.
    """
    if problem := id_problem(partner_id):
        raise PartnerTuiError(problem, "For example: ilastik")
    if not (name := name.strip()):
        raise PartnerTuiError("A name is required.", "It is the title of the partner's page.")
    values = {
        ("config", "id"): partner_id,
        ("config", "tags", 0): partner_id,
        ("name",): name,
        ("config", "name"): name,
        ("config", "splash_title"): name,
    }
    document = Document.parse(_TEMPLATE, FILE_NAME)
    return apply(document, [Replace(path, value) for path, value in values.items()])
