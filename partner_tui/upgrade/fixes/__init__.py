"""The fixes in the order in which they work; what comes later relies on the shapes that came before."""

from __future__ import annotations

from partner_tui.upgrade.fix import Fix, fix_of
from partner_tui.upgrade.fixes import authors_to_objects, doi_prefix, format_version, source_objects

ENTRY_FIXES: tuple[Fix, ...] = tuple(
    fix_of(module)
    for module in (
        authors_to_objects,
        doi_prefix,
        source_objects,
        format_version,
    )
)
"""For applications, datasets, notebooks and generic resources."""


def model_fixes() -> tuple[Fix, ...]:
    """For models; imported when they are needed."""
    from partner_tui.upgrade.fixes.models import MODEL_FIXES

    return MODEL_FIXES
