"""Fixes that bring model RDFs of any old dialect to the latest format, in order."""

from __future__ import annotations

from partner_tui.upgrade.fix import Fix

MODEL_FIXES: tuple[Fix, ...] = ()
