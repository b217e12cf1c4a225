"""The partners of the central repository, in `bioimageio_collection_config.json` of bioimage-io/collection.

No serialiser writes that file as it is laid out, so a change is spliced: the lines of the fields that differ change, and no
other. Where each value begins and ends is told by the reader of manifests, since JSON is nearly a part of YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partner_tui.comparison.changes import ABSENT
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.layout import Slot
from partner_tui.manifest.text.values import same

FILE = "bioimageio_collection_config.json"
PARTNERS: Path = ("collection_template", "config", "partners")
FIELDS = (
    "id",
    "name",
    "icon",
    "logo",
    "docs",
    "about_url",
    "contact",
    "tags",
    "splash_title",
    "splash_subtitle",
    "splash_feature_list",
    "explore_button_text",
    "background_image",
    "resource_types",
    "default_type",
)
"""What a partner's object holds, in the order that most have."""
_INDENT = "    "
_NO_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|(\\.)")
"""What JSON may hold and YAML may not, or takes for a line break; with other escapes, so that none is read from its middle."""
_HINT = f"Give the file {FILE} of bioimage-io/collection."


@dataclass(frozen=True, slots=True)
class FieldSides:
    """One field in a repository's config and in the partner's object.

    Attributes:
        here: ABSENT where the config has no such field, or null.
        central: ABSENT where the object has no such field, or null.
    """

    key: str
    here: Any
    central: Any

    @property
    def is_equal(self) -> bool:
        return same(self.here, self.central)


class CentralPartners:
    """The central file, parsed.

    Raises:
        PartnerTuiError: It is not JSON, or has no list of partners.
    """

    def __init__(self, text: str) -> None:
        self._partners = read_partners(text)
        try:
            self._document = Document.parse(_NO_YAML.sub(_masked, text), FILE)
        except PartnerTuiError as error:
            raise PartnerTuiError(f"{FILE} is not valid JSON: {error}.", _HINT) from None
        self.text = text

    def partner(self, partner_id: str) -> Mapping[str, Any] | None:
        """A partner's object; None when there is none of this id."""
        return partner_in(self._partners, partner_id)

    def sides(self, config: Mapping[str, Any]) -> tuple[FieldSides, ...]:
        """The fields of an object, in a config and in the object of its id; what else a config has, no object does."""
        there = self.partner(str(config.get("id"))) or {}
        keys = dict.fromkeys((*FIELDS, *there))
        found = (FieldSides(key, field_of(config, key), field_of(there, key)) for key in keys)
        return tuple(one for one in found if not (one.here is ABSENT and one.central is ABSENT))

    def with_fields(self, partner_id: str, values: Mapping[str, Any]) -> CentralPartners:
        """The file with some fields of a partner changed; None removes one, a partner who is not there is added.

        Raises:
            PartnerTuiError: JSON cannot hold a value.
        """
        there = self.partner(partner_id)
        if there is None:
            given = {"id": partner_id, **values}
            new = {key: given[key] for key in (*FIELDS, *values) if given.get(key) is not None}
            return self._added(PARTNERS, _json(new))
        after, index = self, self._partners.index(there)
        for key, value in values.items():
            after = after._with_field((*PARTNERS, index, key), value)
        return after

    def _with_field(self, path: Path, value: Any) -> CentralPartners:
        name = json.loads(_NO_YAML.sub(_masked, json.dumps(path[-1], ensure_ascii=False)))
        slot = self._document.slot((*path[:-1], name))
        if slot is None:
            return self if value is None else self._added(path[:-1], f"{_json(path[-1])}: {_json(value)}")
        if value is None:
            return self._removed((*path[:-1], name))
        return self._spliced(slot.value_start, slot.value_end, self._indented(slot.start, _json(value)))

    def _added(self, path: Path, text: str) -> CentralPartners:
        """A member more at the end of a list or an object."""
        members = list(self._members(path))
        if members:
            last = members[-1]
            new = self._indented(last.start, text)
            lead = self._document.layout.newline + self._margin(last.start)
            return self._spliced(last.value_end, last.value_end, f",{lead}{new}")
        slot = self._document.slot(path)
        assert slot is not None  # it was read from there
        opening, closing = self.text[slot.value_start], self.text[slot.value_end - 1]
        newline, outer = self._document.layout.newline, self._margin(slot.start)
        body = self._indented(slot.start, text, _INDENT)
        block = f"{opening}{newline}{outer}{_INDENT}{body}{newline}{outer}{closing}"
        return self._spliced(slot.value_start, slot.value_end, block)

    def _removed(self, path: Path) -> CentralPartners:
        """Without a field and the comma that divides it from its neighbour."""
        members = list(self._members(path[:-1]))
        at = next(number for number, one in enumerate(members) if one.key and one.key.value == path[-1])
        if at + 1 < len(members):
            return self._spliced(members[at].start, members[at + 1].start, "")
        start = members[at - 1].value_end if at else members[at].start
        return self._spliced(start, members[at].value_end, "")

    def _members(self, path: Path) -> Iterator[Slot]:
        node = self._document.node(path)
        assert node is not None
        yield from self._document.layout.slots(node)

    def _margin(self, index: int) -> str:
        """The white space that the line of a place begins with."""
        line = self.text[self._document.layout.line_start(index) :]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def _indented(self, index: int, text: str, deeper: str = "") -> str:
        """A text of several lines as it stands at a place."""
        lead = self._document.layout.newline + self._margin(index) + deeper
        return text.replace("\n", lead)

    def _spliced(self, start: int, end: int, text: str) -> CentralPartners:
        return CentralPartners(f"{self.text[:start]}{text}{self.text[end:]}")


def _masked(found: re.Match[str]) -> str:
    """Other characters at the same places, which are all that is read from them."""
    return found[1] or "x" * len(found[0])


def read_partners(text: str | bytes) -> list[Any]:
    """The list of partners, as plain values: quick, for nothing is changed. Raises as `CentralPartners`."""
    try:
        node = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PartnerTuiError(f"{FILE} is not valid JSON: {error}.", _HINT) from None
    for step in PARTNERS:
        node = node.get(step) if isinstance(node, dict) else None
    if not isinstance(node, list):
        raise PartnerTuiError(f"{FILE} has no list of partners.", _HINT)
    return node


def partner_in(partners: Sequence[Any], partner_id: str) -> Mapping[str, Any] | None:
    """The object of a partner; None when there is none of this id."""
    return next((one for one in partners if isinstance(one, dict) and one.get("id") == partner_id), None)


def field_of(config: Mapping[str, Any], key: str) -> Any:
    """A field's value; ABSENT where there is none, or null."""
    value = config.get(key)
    return ABSENT if value is None else value


def _json(value: Any) -> str:
    """A value as the file writes most: letters as they are, each member on a line of its own."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=_INDENT)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise PartnerTuiError(f"JSON cannot hold this value: {error}.", "Correct it in the config.") from None
    return text
