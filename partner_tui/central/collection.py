"""What bioimage.io shows today, as the branch gh-pages of bioimage-io/collection records it.

`index.json` lists the items with their versions; `reports/<id>/<version>/summary.json` has the RDF of a version and what each
release of each tool made of it. Strangers fill them in: what is not as expected is left out, and nothing else is lost by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from packaging.version import Version

from partner_tui.errors import PartnerTuiError, PatchError
from partner_tui.manifest.text.values import plain

BRANCH = "gh-pages"
INDEX = "index.json"
LARGEST = 8 * 1024 * 1024
"""Bytes of one file; the largest that are known have one MiB."""
_MOST_ITEMS = 20_000
_LONGEST_ID = 300
_LONGEST_ERROR = 4_000
_RESULTS = ("passed", "failed", "not-applicable")


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One version of an item.

    Attributes:
        name: Such as ``v0``.
        sha256: Of its RDF; "" where it is not known.
    """

    name: str
    created: datetime | None
    sha256: str
    comment: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item that the site shows.

    Attributes:
        id: As the index has it: ``bioimage-io/affable-shark``, ``bioimage-io/deepimagej:deepimagej``.
        versions: At least one, the oldest first.
    """

    id: str
    type: str
    versions: tuple[ItemVersion, ...]

    @property
    def name(self) -> str:
        """Its id as the site shows it: ``affable-shark``, ``deepimagej:deepimagej``."""
        return self.id.rpartition("/")[2]

    @property
    def public_id(self) -> str:
        """``<partner>/<entry>``; "" for an item with a nickname."""
        return self.name.replace(":", "/", 1) if ":" in self.name else ""

    @property
    def newest(self) -> ItemVersion:
        return self.versions[-1]

    def summary(self, version: ItemVersion) -> str:
        """The path of a version's summary."""
        return f"reports/{self.id.replace(':', '_')}/{version.name}/summary.json"


@dataclass(frozen=True, slots=True)
class Index:
    """All items, in the order of the file.

    Attributes:
        recorded: When it was made; None where it does not say so.
        left_out: Items that could not be read.
    """

    items: tuple[Item, ...]
    recorded: datetime | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ToolReport:
    """What one release of a tool made of an item.

    Attributes:
        result: ``passed``, ``failed``, ``not-applicable``; "" for anything else.
        score: From 0 to 1; None where none is given.
        error: Why it failed, as the tool says it; "" where it says nothing.
    """

    tool: str
    release: str
    result: str
    score: float | None
    error: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of one version of an item.

    Attributes:
        rdf: Its RDF; empty where the summary has none.
        sha256: Of that RDF; "" where it is not known.
        reports: Of each tool and release, by tool, the newest release first.
    """

    rdf: dict[str, Any]
    sha256: str
    reports: tuple[ToolReport, ...]


def read_index(content: bytes) -> Index:
    """Read `index.json`.

    Raises:
        PartnerTuiError: It is not JSON, or has no list of items.
    """
    hint = "Fetch it again, or choose another copy."
    data = _json(content)
    listed = data.get("items") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        what = "is not valid JSON" if data is None else "has no list of items"
        raise PartnerTuiError(f"{INDEX} of the collection {what}.", hint)
    items: dict[str, Item] = {}
    for one in listed[:_MOST_ITEMS]:
        if (item := _item(one)) is not None:
            items.setdefault(item.id, item)
    return Index(tuple(items.values()), _date(data.get("timestamp")), len(listed) - len(items))


def read_summary(content: bytes) -> Summary | None:
    """Read a `summary.json`; None where it is no JSON object."""
    data = _json(content)
    if not isinstance(data, dict):
        return None
    rdf, tests = data.get("rdf_content"), data.get("tests")
    try:
        rdf = plain(rdf) if isinstance(rdf, dict) else {}
    except PatchError:  # nested so deep that it is none
        rdf = {}
    return Summary(
        rdf,
        _text(data.get("rdf_yaml_sha256")),
        _newest_first(_reports(tests)) if isinstance(tests, dict) else (),
    )


def _item(data: Any) -> Item | None:
    if not isinstance(data, dict) or not isinstance(data.get("versions"), list):
        return None
    item_id = _text(data.get("id"))
    versions = [version for one in data["versions"] if (version := _version(one)) is not None]
    if not item_id or len(item_id) > _LONGEST_ID or not versions:
        return None
    first = datetime.min.replace(tzinfo=UTC)
    versions.sort(key=lambda version: version.created or first)  # those without a date stay in their order
    return Item(item_id, _text(data.get("type")), tuple(versions))


def _version(data: Any) -> ItemVersion | None:
    name = _text(data.get("version")) if isinstance(data, dict) else ""
    if not name or "/" in name:
        return None
    texts = (_text(data.get(field)) for field in ("sha256", "comment"))
    return ItemVersion(name, _date(data.get("created_at")), *texts)


def _newest_first(reports: Iterable[ToolReport]) -> tuple[ToolReport, ...]:
    released = sorted(reports, key=lambda report: _release(report.release), reverse=True)
    return tuple(sorted(released, key=lambda report: report.tool.casefold()))


def _reports(tests: dict[str, Any]) -> Iterator[ToolReport]:
    """Those of a summary: by tool and release, or, in older ones, by ``<tool>_<release>``."""
    for name, data in tests.items():
        if not isinstance(data, dict):
            continue
        tool, found, release = name.partition("_")
        several = {release: data} if found else data
        for release, one in several.items():
            if (report := _report(tool, release, one)) is not None:
                yield report


def _report(tool: str, release: str, data: Any) -> ToolReport | None:
    if not isinstance(data, dict):
        return None
    result, score = _text(data.get("status")), data.get("score")
    known = score if isinstance(score, int | float) and not isinstance(score, bool) else None
    return ToolReport(
        tool,
        release,
        result if result in _RESULTS else "",
        float(known) if known is not None and 0 <= known <= 1 else None,
        "" if result == "passed" else next(_errors(data), "").strip()[:_LONGEST_ERROR],
    )


def _errors(report: dict[str, Any]) -> Iterator[str]:
    """What a report says of a failure, the plainest first."""
    details = report.get("details")
    for words in (report.get("error"), details):
        if isinstance(words, str) and words.strip():
            yield words
    steps = details.get("details") if isinstance(details, dict) else None
    for step in steps if isinstance(steps, list) else ():
        errors = step.get("errors") if isinstance(step, dict) else None
        for error in errors if isinstance(errors, list) else ():
            if isinstance(error, dict) and (words := _text(error.get("msg"))):
                yield words


def _release(release: str) -> tuple[Version, str]:
    """What releases are sorted by; one that is no version, such as a snapshot, by the version that it begins with."""
    for known in (release, release.partition("-")[0]):
        try:
            return Version(known), release
        except ValueError:  # also of a number with thousands of digits
            continue
    return Version("0"), release


def _json(content: bytes) -> Any:
    """JSON; None where it is none, or nested too deep to be read."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _date(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
