"""Where the real historic manifests lie, on machines that have them; tests that need them skip elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"
CORPUS = Path(os.environ.get("PARTNER_TUI_CORPUS", _BESIDE))

needs_corpus = pytest.mark.corpus
"""Skipped where there is none, and not measured where there is: `tests/conftest.py`."""


def manifests() -> list[Path]:
    """Every corpus manifest, sorted by name; empty where there is no corpus."""
    return sorted((CORPUS / "manifests").glob("*.yaml"))


def models() -> list[Path]:
    """Every corpus model RDF, sorted by name; empty where there is no corpus."""
    return sorted((CORPUS / "models").glob("*.yaml"))
