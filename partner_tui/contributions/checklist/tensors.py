"""Answers the questions about a model's tensors, in either format: axes, data types, shapes of test arrays, weights."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from partner_tui.contributions.checklist.item import Answered, Check, Subject, source_of
from partner_tui.manifest.files import path_in_clone
from partner_tui.manifest.stored_files import lfs_pointer
from partner_tui.plain import plural

MAX_ARRAY_BYTES = 100_000_000
_MAGIC = b"\x93NUMPY"
_LONGEST_HEADER = 10_000


def of_tensors(*fields: str) -> Check:
    """What each tensor has to have, under one of these names."""

    def check(subject: Subject) -> Answered:
        tensors = [tensor for _, tensor in _tensors(subject)]
        if not tensors:
            return "fail", "no inputs and outputs"
        if said := subject.objections("inputs", "outputs"):
            return "fail", said[0]
        lacking = [one for one in tensors if not isinstance(one, dict) or not any(map(one.get, fields))]
        if lacking:
            return "fail", f"{len(lacking)} of {len(tensors)} tensors have no {fields[0]}"
        return "pass", plural(len(tensors), "tensor")

    return check


def data_types(subject: Subject) -> Answered:
    state, evidence = of_tensors("data_type", "data")(subject)
    types = [_data_type(tensor) for _, tensor in _tensors(subject)]
    return ("open", ", ".join(dict.fromkeys(filter(None, types)))) if state == "pass" else (state, evidence)


def test_arrays(subject: Subject) -> Answered:
    """Whether there are test arrays, and those of the repository have the declared shape."""
    looked_at = 0
    for side in ("input", "output"):
        tensors = [tensor for of, tensor in _tensors(subject) if of == side]
        sources = _test_sources(subject, side, tensors)
        if not sources or not all(sources):
            return "fail", f"not every {side} has a test array"
        for tensor, source in zip(tensors, sources, strict=False):
            path = path_in_clone(source, subject.files, subject.base)
            if path is None or not path.endswith(".npy"):
                continue
            shape = _shape(subject, path)
            if isinstance(shape, str):
                return ("open" if "LFS" in shape else "fail"), shape
            if problem := _misfit(shape, tensor):
                return "fail", f"{path}: {problem}"
            looked_at += 1
    arrays = plural(looked_at, "array")
    return ("pass", f"{arrays} of the declared shape") if looked_at else ("open", "test arrays are external")


def samples(subject: Subject) -> Answered:
    tensors = [tensor for _, tensor in _tensors(subject) if isinstance(tensor, dict)]
    there = subject.data.get("sample_inputs") or any(one.get("sample_tensor") for one in tensors)
    return ("pass", "sample images") if there else ("open", "no sample images; test arrays may serve")


def weights(subject: Subject) -> Answered:
    value = subject.data.get("weights")
    if not isinstance(value, dict) or not value:
        return "fail", "no weights"
    said = subject.objections("weights")
    return ("fail", said[0]) if said else ("pass", ", ".join(map(str, value)))


def architecture(subject: Subject) -> Answered:
    value = subject.data.get("weights")
    state_dict = value.get("pytorch_state_dict") if isinstance(value, dict) else None
    if not isinstance(state_dict, dict):
        return "n/a", "the weights contain it"
    there = state_dict.get("architecture")
    return ("pass", "of pytorch_state_dict") if there else ("fail", "pytorch_state_dict has no architecture")


def training_data(subject: Subject) -> Answered:
    return ("pass", "training_data") if subject.data.get("training_data") else ("open", "no training_data")


def _tensors(subject: Subject) -> Iterator[tuple[str, Any]]:
    for side in ("input", "output"):
        value = subject.data.get(f"{side}s")
        yield from ((side, tensor) for tensor in (value if isinstance(value, list) else []))


def _data_type(tensor: Any) -> str:
    data = tensor.get("data") if isinstance(tensor, dict) else None
    data = data[0] if isinstance(data, list) and data else data
    said = data.get("type") if isinstance(data, dict) else tensor.get("data_type") if data is None else None
    return str(said or "")[:20]


def _test_sources(subject: Subject, side: str, tensors: Sequence[Any]) -> list[str]:
    listed = subject.data.get(f"test_{side}s")
    if isinstance(listed, list):
        return [source_of(one) for one in listed]
    return [source_of(one.get("test_tensor") if isinstance(one, dict) else None) for one in tensors]


def _shape(subject: Subject, path: str) -> tuple[int, ...] | str:
    """The shape that an array's header says; else why it says none, without a full stop."""
    content = subject.files.read_bytes(path, MAX_ARRAY_BYTES)
    if content is None:
        return f"{path} is not in the contribution, or too large to look at"
    if lfs_pointer(content):
        return f"{path} is in Git LFS: its shape is not known"
    shape = npy_shape(content)
    return f"{path} is not a .npy array" if shape is None else shape


def npy_shape(content: bytes) -> tuple[int, ...] | None:
    """The shape in the header of a ``.npy`` file; None for anything else. Nothing of it is executed."""
    wide = content[6:7] in (b"\x02", b"\x03")
    start = 12 if wide else 10
    length = int.from_bytes(content[8:start], "little")
    if not content.startswith(_MAGIC) or length > _LONGEST_HEADER:
        return None
    try:
        header = ast.literal_eval(content[start : start + length].decode("latin-1").strip())
        shape = header["shape"]
    except (ValueError, SyntaxError, TypeError, KeyError, MemoryError, RecursionError):
        return None
    is_shape = isinstance(shape, tuple) and all(isinstance(size, int) for size in shape)
    return shape if is_shape else None


def _misfit(shape: tuple[int, ...], tensor: Any) -> str:
    """How a shape is not the declared one; "" where it is, or nothing definite is declared."""
    sizes = list(_declared_sizes(tensor))
    if sizes and len(sizes) != len(shape):
        return f"{len(shape)} axes, but {len(sizes)} are declared"
    for axis, (size, declared) in enumerate(zip(shape, sizes, strict=False)):
        least, step = declared
        if least is not None and size != least and (not step or size < least or (size - least) % step):
            return f"axis {axis + 1} is {size}, but {f'{least} + n × {step}' if step else least} is declared"
    return ""


def _declared_sizes(tensor: Any) -> Iterator[tuple[int | None, int]]:
    """For each axis its least size, None where none is declared, and the step to larger ones, 0 for a fixed one."""
    if not isinstance(tensor, dict):
        return
    axes, shape = tensor.get("axes"), tensor.get("shape")
    if isinstance(shape, list):
        yield from ((size if isinstance(size, int) else None, 0) for size in shape)
    elif (
        isinstance(shape, dict) and isinstance(shape.get("min"), list) and isinstance(shape.get("step"), list)
    ):
        for least, step in zip(shape["min"], shape["step"], strict=False):
            known = isinstance(least, int) and isinstance(step, int)
            yield (least, step) if known else (None, 0)
    elif isinstance(axes, str):
        yield from ((None, 0) for _ in axes)
    elif isinstance(axes, list):
        yield from map(_axis_size, axes)


def _axis_size(axis: Any) -> tuple[int | None, int]:
    if not isinstance(axis, dict):
        return None, 0
    size, names = axis.get("size"), axis.get("channel_names")
    if isinstance(names, list):
        return len(names), 0
    if isinstance(size, dict) and isinstance(size.get("min"), int):
        step = size.get("step")
        return size["min"], step if isinstance(step, int) else 0
    return (size if isinstance(size, int) else None), 0
