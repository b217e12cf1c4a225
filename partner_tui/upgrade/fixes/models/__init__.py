"""The fixes of model RDFs in the order in which they work, from any format since 0.1 to the latest 0.5."""

from __future__ import annotations

from partner_tui.upgrade.fix import Fix
from partner_tui.upgrade.fixes import ENTRY_FIXES
from partner_tui.upgrade.fixes.models.architecture import architecture_object
from partner_tui.upgrade.fixes.models.axes_against_shape import axes_against_shape, batch_left_out
from partner_tui.upgrade.fixes.models.axis_names import axis_names
from partner_tui.upgrade.fixes.models.key_spelling import model_key_spelling
from partner_tui.upgrade.fixes.models.library_version import library_version
from partner_tui.upgrade.fixes.models.minimal_size import minimal_size
from partner_tui.upgrade.fixes.models.model_fields import (
    author_name,
    model_fields,
    model_type,
    parent_link,
    run_mode_object,
)
from partner_tui.upgrade.fixes.models.processing import processing_list, processing_steps
from partner_tui.upgrade.fixes.models.reference_tensor import reference_tensor
from partner_tui.upgrade.fixes.models.tensor_axes import tensor_axes
from partner_tui.upgrade.fixes.models.tensor_data import tensor_data
from partner_tui.upgrade.fixes.models.tensor_names import tensor_names
from partner_tui.upgrade.fixes.models.tensor_originals import tensor_originals
from partner_tui.upgrade.fixes.models.tests_and_samples import tests_and_samples
from partner_tui.upgrade.fixes.models.weights import (
    weights_attachments,
    weights_dependencies,
    weights_fields,
    weights_test_files,
)
from partner_tui.upgrade.fixes.models.weights_format import early_prediction, weights_format
from partner_tui.upgrade.fixes.shapes import config_mapping

_NOT_OF_MODELS = frozenset(
    [
        config_mapping.name,  # first, since all others keep values in config
        "type-missing",
        "model-without-weights",
        "notebook-source-from-badge",
        "download-url-to-source",
        "download-url-repeats-source",
        "download-url-to-config",
        "source-to-config",
    ]
)
"""A model's source is in its weights; what else calls itself so is kept in config."""

MODEL_FIXES: tuple[Fix, ...] = (
    model_type,
    config_mapping,
    model_key_spelling,
    author_name,
    early_prediction,
    weights_attachments,
    weights_format,
    weights_test_files,
    architecture_object,
    weights_dependencies,
    weights_fields,
    run_mode_object,
    processing_list,
    tensor_names,
    reference_tensor,
    axis_names,
    batch_left_out,
    axes_against_shape,
    processing_steps,
    tensor_axes,
    minimal_size,
    tensor_data,
    tests_and_samples,
    tensor_originals,
    parent_link,
    model_fields,
    *(one for one in ENTRY_FIXES if one.name not in _NOT_OF_MODELS),
    library_version,  # mostly without a proposal, so that what else there is to ask is known before
)
