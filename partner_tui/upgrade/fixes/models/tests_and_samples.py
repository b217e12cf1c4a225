"""Test and sample files move to their tensors; a test that is no .npy but an image becomes the sample.

The format 0.5 wants .npy as tests and images as samples; old files often had them the other way round.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import described, path_of
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.tensors import SIDES, Side, tensors

_IMAGES = (".tif", ".tiff", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".h5", ".hdf5")


@fix(
    "tests-and-samples",
    "Move test files",
    "Since format 0.5, each tensor has its test tensor, a .npy file, and its sample, an image.",
    FixKind.CONFIG,
)
def tests_and_samples(draft: Draft) -> None:
    for side in SIDES:
        _move(draft, side)
    there = [tensor for side in SIDES for tensor in tensors(draft.data, side)]
    if there and any(tensor.get("test_tensor") is None for tensor in there):
        draft.add_note("no .npy test tensors")


def _move(draft: Draft, side: Side) -> None:
    tests, samples = (_taken(draft, f"{role}_{side}") for role in ("test", "sample"))
    there = tensors(draft.data, side)
    left: dict[str, list[Any]] = {"test": tests[len(there) :], "sample": samples[len(there) :]}
    for place, tensor in enumerate(there):
        test, sample = (found[place] if place < len(found) else None for found in (tests, samples))
        if _is(sample, ".npy") and not _is(test, ".npy") and test is not None:
            test, sample = sample, test
        role = {"test": test, "sample": sample}
        if _is(test, ".npy") and "test_tensor" not in tensor:
            tensor["test_tensor"] = described(role.pop("test"))
        if _is(sample, *_IMAGES) and "sample_tensor" not in tensor:
            tensor["sample_tensor"] = described(role.pop("sample"))
        elif _is(test, *_IMAGES) and "sample_tensor" not in tensor:
            tensor["sample_tensor"] = described(role.pop("test"))
        for name, file in role.items():
            if file is None:
                continue
            if path_of(file) is not None and path_of(file) == path_of(tensor.get("sample_tensor")):
                draft.repeats(path_of(file))
            else:
                left[name].append(file)
    for name, files in left.items():
        if files := [one for one in files if one is not None]:
            draft.to_config(f"{name}_{side}", files)


def _taken(draft: Draft, field: str) -> list[Any]:
    value = draft.data.pop(field, None)
    return value if isinstance(value, list) else [] if value is None else [value]


def _is(file: Any, *endings: str) -> bool:
    path = path_of(file)
    if path is None or path.rpartition("/")[2].lower() in ("rdf.yaml", "bioimageio.yaml"):
        return False
    try:
        return urlsplit(path.strip()).path.lower().endswith(endings)
    except ValueError:
        return path.strip().lower().endswith(endings)
