"""Processing steps of old dialects against those of the format 0.5."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.upgrade.duplicates import steps_behind_missing_dashes
from partner_tui.upgrade.models.steps import EquivalentStep, LikelyStep, as_step, meaning

INPUTS = ("raw",)

SAME: tuple[tuple[dict[str, Any], list[dict[str, Any]]], ...] = (
    ({"name": "sigmoid"}, [{"id": "sigmoid"}]),
    (
        {"name": "binarize", "kwargs": {"threshold": 0.5}},
        [{"id": "binarize", "kwargs": {"threshold": 0.5}}],
    ),
    ({"name": "clip", "kwargs": {"min": 0, "max": 1}}, [{"id": "clip", "kwargs": {"min": 0, "max": 1}}]),
    (
        {"name": "scale_range", "kwargs": {"mode": "per_sample", "axes": "xy", "max_percentile": 99.8}},
        [{"id": "scale_range", "kwargs": {"axes": ["x", "y"], "max_percentile": 99.8}}],
    ),
    (
        {"name": "scale_range", "kwargs": {"mode": "per_dataset", "axes": "xy"}},
        [{"id": "scale_range", "kwargs": {"axes": ["batch", "x", "y"]}}],
    ),
    (
        {"name": "scale_range", "kwargs": {"mode": "per_sample", "axes": "xyz"}},
        [{"id": "scale_range", "kwargs": {"axes": ["x", "y"]}}],
    ),
    (
        {"name": "zero_mean_unit_variance", "kwargs": {"mode": "fixed", "axes": "xy", "mean": 1.5, "std": 2}},
        [{"id": "fixed_zero_mean_unit_variance", "kwargs": {"mean": 1.5, "std": 2}}],
    ),
    (
        {
            "name": "zero_mean_unit_variance",
            "kwargs": {"mode": "fixed", "axes": "xy", "mean": [1, 2], "std": [3, 4]},
        },
        [
            {
                "id": "fixed_zero_mean_unit_variance",
                "kwargs": {"axis": "channel", "mean": [1, 2], "std": [3, 4]},
            }
        ],
    ),
    (
        {"name": "scale_linear", "kwargs": {"axes": "xy", "gain": 255, "offset": 0}},
        [{"id": "scale_linear", "kwargs": {"gain": 255, "offset": 0}}],
    ),
    (
        {"name": "scale_linear", "kwargs": {"axes": "xy", "gain": [1, 2]}},
        [{"id": "scale_linear", "kwargs": {"axis": "channel", "gain": [1, 2]}}],
    ),
    (
        {"name": "scale_linear", "kwargs": {"axes": "x", "gain": 2, "offset": [0.5]}},
        [{"id": "scale_linear", "kwargs": {"gain": 2, "offset": 0.5}}],
    ),
    ({"name": "scale_linear", "kwargs": {"gain": 1, "offset": 0}}, []),
)

LIKELY: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    (
        {"name": "percentile", "kwargs": {"percentile": 0.9985}},
        {"id": "scale_range", "kwargs": {"max_percentile": 99.85}},
    ),
    (
        {"name": "min_max", "kwargs": {"mode": "per_sample", "axes": "xy"}},
        {"id": "scale_range", "kwargs": {"axes": ["x", "y"]}},
    ),
    (
        {"name": "min_max", "kwargs": {"mode": "fixed", "min": 0, "max": 4}},
        {"id": "scale_linear", "kwargs": {"gain": 0.25}},
    ),
    (
        {"name": "intensity_threshold", "kwargs": {"threshold": 0.5}},
        {"id": "binarize", "kwargs": {"threshold": 0.5}},
    ),
    (
        {"name": "scale_range", "kwargs": {"min_percentile": 0.01, "max_percentile": 0.998}},
        {"id": "scale_range", "kwargs": {"min_percentile": 1.0, "max_percentile": 99.8}},
    ),
)

INEXPRESSIBLE: tuple[dict[str, Any], ...] = (
    {"name": "upsample", "kwargs": {"axes": "xy", "factor": [8, 8]}},
    {"name": "custom"},
    {"name": "binarize"},
    {"name": "zero_mean_unit_variance", "kwargs": {"mode": "fixed"}},
    {"name": "scale_mean_variance", "kwargs": {"reference_tensor": "nobody"}},
    {"name": "scale_linear", "kwargs": {"gain": [1, 2], "offset": [1, 2, 3], "axes": "xy"}},
)


@pytest.mark.parametrize(("old", "new"), SAME)
def test_a_step_with_the_same_meaning_is_written_anew(old: dict[str, Any], new: list[dict[str, Any]]) -> None:
    found = meaning(old, "bcyx", INPUTS)
    assert isinstance(found, EquivalentStep)
    assert list(found.steps) == new


@pytest.mark.parametrize(("old", "new"), LIKELY)
def test_a_name_that_the_spec_never_had_is_only_proposed(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = meaning(old, "bcyx", INPUTS)
    assert isinstance(found, LikelyStep)
    assert found.step == new
    assert found.derived


@pytest.mark.parametrize("old", INEXPRESSIBLE)
def test_what_the_spec_cannot_express_is_told_as_such(old: dict[str, Any]) -> None:
    assert meaning(old, "bcyx", INPUTS) is None


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("sigmoid", {"name": "sigmoid"}),
        ({"scale_range": {"kwargs": {"a": 1}}}, {"name": "scale_range", "kwargs": {"a": 1}}),
        ({"spec": "ij.IJ::run", "kwargs": {"a": 1}}, {"name": "ij.IJ::run", "kwargs": {"a": 1}}),
        ({"id": "sigmoid"}, {"name": "sigmoid"}),
        (None, None),
        (7, None),
        ({"a": 1, "b": 2}, None),
    ],
)
def test_a_step_is_read_however_it_was_written(written: Any, step: Any) -> None:
    assert as_step(written) == step


def test_steps_behind_a_missing_dash_become_a_list() -> None:
    pairs = [("name", "min_max"), ("kwargs", {"axes": "xy"}), ("name", "custom")]
    found = steps_behind_missing_dashes(("inputs", 0, "preprocessing"), pairs)
    assert found == [{"name": "min_max", "kwargs": {"axes": "xy"}}, {"name": "custom"}]


@pytest.mark.parametrize(
    ("path", "pairs"),
    [
        (("inputs", 0, "shape"), [("name", "a"), ("name", "b")]),
        (("inputs", 0, "preprocessing"), [("kwargs", {}), ("name", "a"), ("name", "b")]),
        (("inputs", 0, "preprocessing"), [("name", "a"), ("kwargs", {}), ("kwargs", {})]),
        (("inputs", 0, "preprocessing"), [("name", "a"), ("kwargs", {}), ("name", "b"), ("mode", "c")]),
        (("inputs", 0, "preprocessing"), [("name", "a"), ("mode", "c"), ("name", "b")]),
        ((), [("name", "a"), ("name", "a")]),
    ],
)
def test_other_keys_that_stand_twice_are_no_steps(path: Any, pairs: Any) -> None:
    assert steps_behind_missing_dashes(path, pairs) == []
