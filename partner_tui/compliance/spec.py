"""The child process that asks bioimageio.spec; the only module that imports it, and never inside the app.

Importing the library takes a second with the interpreter's lock held and 100 MB, it prints, and a hostile entry may
crash or hang it. So it lives in a process of its own (`SpecWorker` starts it as ``python -m partner_tui.compliance.spec`` in
an empty folder), which reads one request a line and answers one line each, within the limits of `confined`.

A request is ``{"entries": [...], "warnings": true}`` in the encoding of `protocol`, its entries resolved; an answer is a
list that has for each of them the shape of `Verdict.to_json`, or ``{"failed": "..."}`` when the library raised.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import inspect
import json
import os
import re
import types
import warnings
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from partner_tui.compliance import protocol
from partner_tui.confined.sandbox import serve

_MEMORY = 3 << 30
"""Bytes of address space; the library itself takes about 1 GiB of it."""
_SECONDS = 20
_ERRORS = 200
_UNKNOWN = 1000
"""So many fields that no format knows are judged."""
_BYTES = 1000
_MESSAGE = 800


def answer(line: bytes) -> bytes:
    """The answer to one request."""
    request = protocol.decode(line)
    said = [_said(data, request["warnings"]) for data in request["entries"]]
    return json.dumps(said, separators=(",", ":")).encode("ascii")


def _said(data: Any, with_warnings: bool) -> dict[str, Any]:
    try:
        return judge(data, with_warnings)
    except Exception as error:  # whatever the library does, the next entry gets its turn
        return {"failed": f"{type(error).__name__}: {error}"[:_MESSAGE]}


def judge(data: Any, with_warnings: bool = True) -> dict[str, Any]:
    """The library's verdict on one resolved entry, as declared and as the latest format of its type.

    The classes of the two formats are asked, as the library's `build_description` does, but without the reports that it
    makes of each. Its converters mend what they can and say nothing of it; a maintainer wants to know, so the class of the
    latest format is asked about the entry as it is written. (Not of models: there 0.4 and 0.5 differ so much that only what
    the converter cannot do is worth telling.) Without a textual ``type`` and ``format_version`` there is no class to choose
    (and the library raises on most such input), so that is answered here in its own words.

    Args:
        with_warnings: Whether they are wanted as well, which takes a validation of its own.

    Raises:
        Exception: Whatever the library raises where it copies the entry or chooses a class; it says nothing about it.
    """
    from bioimageio.spec import ValidationContext
    from bioimageio.spec._description import LATEST_DESCRIPTIONS_MAP

    kind, declared = data.get("type"), data.get("format_version")
    known = kind if isinstance(kind, str) and kind in LATEST_DESCRIPTIONS_MAP else None
    newest: Any = LATEST_DESCRIPTIONS_MAP[known]
    latest = str(newest.implemented_format_version)
    unreadable = [
        {
            "loc": [name],
            "message": f"Missing field '{name}'",
            "kind": "missing" if value is None else "string_type",
        }
        for name, value in (("type", kind), ("format_version", declared))
        if not isinstance(value, str)
    ]
    unreadable += [
        {"loc": [], "message": f"Keys should be strings, not {key!r}"[:_MESSAGE], "kind": "invalid_key"}
        for key in data
        if not isinstance(key, str)
    ]
    if unreadable:
        return {"latest": latest, "declared": unreadable, "current": [], "warnings": []}
    data = _short(_bounded(data))
    context = ValidationContext(perform_io_checks=False, log_warnings=False, disable_cache=True)
    chosen = _class_of(kind, declared)
    try:
        data = _as_loaded(data)
    except AssertionError:
        if not (errors := _errors(chosen, data, context)):
            raise
        return {"latest": latest, "declared": errors, "current": [], "warnings": []}
    newer = data if kind == "model" else {**data, "format_version": latest}
    return {
        "latest": latest,
        "declared": _errors(chosen, data, context),
        "current": [] if chosen is newest else _errors(newest, newer, context),
        "warnings": _warnings(chosen, data, context) if with_warnings else [],
    }


def _as_loaded(data: dict[str, Any]) -> dict[str, Any]:
    """A copy as the library's `load` makes it first: bytes and tuples become lists; no sets (AssertionError)."""
    with contextlib.suppress(ImportError):  # of an inner name
        from bioimageio.spec._internal.io import deepcopy_incomplete_descr

        return dict(deepcopy_incomplete_descr(data))
    return data


def _errors(chosen: Any, data: dict[str, Any], context: Any) -> list[dict[str, Any]]:
    """The errors of a description class; what it raises beside them is one, too, as for the library."""
    from pydantic import ValidationError

    try:
        chosen.model_validate(_harmless(data), context=context)
    except ValidationError as invalid:
        return _shapes(invalid.errors(include_url=False, include_input=False, include_context=False))
    except Exception as error:
        return [{"loc": [], "message": str(error)[:_MESSAGE], "kind": type(error).__name__}]
    return []


def _warnings(chosen: Any, data: dict[str, Any], context: Any) -> list[dict[str, Any]]:
    """What a description class finds odd, without its reminders to fill every optional field."""
    from bioimageio.spec._internal.warning_levels import ERROR, INFO
    from pydantic import ValidationError

    try:
        chosen.model_validate(_harmless(data), context=context.replace(warning_level=INFO))
    except ValidationError as invalid:
        told = invalid.errors(include_url=False, include_input=False)
    except Exception:  # an error, and told as one
        return []
    else:
        return []
    return [
        shape
        for shape in _shapes([one for one in told if one.get("ctx", {}).get("severity", ERROR) < ERROR])
        if shape["message"] != "missing" and "needs to be filled" not in shape["message"].lower()
    ]


def _class_of(kind: str, version: str) -> Any:
    """The library's class for a type and a format version; the latest one for a version that it does not know."""
    from bioimageio.spec._description import DESCRIPTIONS_MAP
    from bioimageio.spec._description_impl import get_rd_class_impl

    return get_rd_class_impl(kind, version, DESCRIPTIONS_MAP, fallback_to_latest=True)


def _shapes(errors: Sequence[Any]) -> list[dict[str, Any]]:
    """Errors without their bulk: the message about licenses alone has 10,000 characters."""
    return [
        {"loc": list(error["loc"]), "message": error["msg"][:_MESSAGE], "kind": error["type"]}
        for error in errors[:_ERRORS]
    ]


def _bounded(data: dict[Any, Any]) -> dict[Any, Any]:
    """A copy without most of the fields that no format knows, where they are many: each costs the library much."""
    if len(data) <= _UNKNOWN:
        return data
    from bioimageio.spec._description import DESCRIPTIONS_MAP

    classes: list[Any] = [one for versions in DESCRIPTIONS_MAP.values() for one in versions.values()]
    known = {field for one in classes for field in one.model_fields}
    dropped = set([name for name in data if name not in known][_UNKNOWN:])
    # Known fields first: only so many errors are told.
    kept = sorted((name for name in data if name not in dropped), key=lambda name: name not in known)
    return {name: data[name] for name in kept}


def _short(value: Any) -> Any:
    """Binary values cut: the library takes each byte for a number of a list, and judges the first as it does the last."""
    if isinstance(value, dict):
        return {key: _short(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_short, value))
    return value[:_BYTES] if isinstance(value, bytes) else value


def _harmless(data: dict[Any, Any]) -> dict[Any, Any]:
    """A copy that gives the library no reason to look at this disk or to fetch.

    It looks absolute paths up and reads `.tif` covers below format 0.3, both in spite of ``perform_io_checks=False``.
    """
    copy = {key: _nowhere(value) for key, value in data.items()}
    if isinstance(covers := copy.get("covers"), list):
        copy["covers"] = [_not_fetched(cover) for cover in covers]
    return copy


def _nowhere(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _nowhere(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_nowhere(part) for part in value]
    if isinstance(value, str) and re.match(r"[/\\]|[A-Za-z]:[/\\]|file:|~", value):
        # Still an absolute path with its suffix, and surely not there: /dev/null is no folder.
        return "/dev/null/" + value.lstrip("/")
    return value


def _not_fetched(cover: Any) -> Any:
    if isinstance(cover, str) and urlsplit(cover).path.lower().endswith((".tif", ".tiff")):
        return "cover.tif"
    return cover


def _import_lean() -> None:
    """Let pydantic leave out what no verdict needs: half of the library's import.

    Descriptions of fields are read from the library's source text, and each of its 200 classes is compiled, most of
    which no entry asks for. These are pydantic's inner names: one that has them elsewhere is slower and not wrong.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    try:
        from pydantic._internal import _config, _fields

        config: dict[str, Any] = vars(_config)["config_defaults"]
        config["defer_build"] = True
        if "_update_fields_from_docstrings" in vars(_fields):
            vars(_fields)["_update_fields_from_docstrings"] = lambda *_, **__: None
    except (ImportError, KeyError, TypeError):
        return


def _remember_signatures() -> None:
    """The library inspects its few validators anew for every field: a quarter of the time of an entry."""
    with contextlib.suppress(ImportError, AttributeError):
        from bioimageio.spec._internal import field_warning

        inspecting = types.SimpleNamespace(**vars(inspect))
        inspecting.signature = functools.cache(inspect.signature)
        vars(field_warning)["inspect"] = inspecting


def _count_no_fields() -> None:
    """The library writes every entry out twice for a percentage of filled fields that nobody is shown."""
    with contextlib.suppress(ImportError, AttributeError):
        from bioimageio.spec._internal.common_nodes import ResourceDescrBase

        if "_get_metadata_completeness" in vars(ResourceDescrBase):
            ResourceDescrBase._get_metadata_completeness = lambda self: 0.0  # type: ignore[method-assign]


def _import_quietly() -> None:
    warnings.simplefilter("ignore")
    gc.disable()  # nothing of what is imported goes away again
    _import_lean()
    from loguru import logger

    logger.remove()
    import bioimageio.spec  # noqa: F401

    _remember_signatures()
    _count_no_fields()
    logger.remove()
    gc.freeze()
    gc.enable()


if __name__ == "__main__":
    serve(_import_quietly, answer, memory=_MEMORY, seconds=_SECONDS)
