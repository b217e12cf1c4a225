"""The fixes of model RDFs in the order in which they work, from any format since 0.1 to the latest 0.5."""

from __future__ import annotations

from partner_tui.upgrade.fix import Fix, fix_of
from partner_tui.upgrade.fixes import ENTRY_FIXES, config_mapping
from partner_tui.upgrade.fixes.models import (
    architecture,
    author_name,
    axes_against_shape,
    axis_names,
    batch_left_out,
    early_prediction,
    key_spelling,
    library_version,
    minimal_size,
    model_fields,
    model_type,
    parent_link,
    processing_list,
    processing_steps,
    reference_tensor,
    run_mode_object,
    tensor_axes,
    tensor_data,
    tensor_names,
    tensor_originals,
    tests_and_samples,
    weights_attachments,
    weights_dependencies,
    weights_fields,
    weights_format,
    weights_test_files,
)

_NOT_OF_MODELS = frozenset(
    [
        config_mapping.NAME,  # first, since all others keep values in config
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
    *(
        fix_of(module)
        for module in (
            model_type,
            config_mapping,
            key_spelling,
            author_name,
            early_prediction,
            weights_attachments,
            weights_format,
            weights_test_files,
            architecture,
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
        )
    ),
    *(one for one in ENTRY_FIXES if one.name not in _NOT_OF_MODELS),
    fix_of(library_version),  # mostly without a proposal, so that what else there is to ask is known before
)
