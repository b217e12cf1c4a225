"""Where the real historic manifests lie, on machines that have them; tests that need them skip elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"
CORPUS = Path(os.environ.get("PARTNER_TUI_CORPUS", _BESIDE))

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not on this machine")


def manifests() -> list[Path]:
    """Every corpus manifest, sorted by name; empty where there is no corpus."""
    return sorted((CORPUS / "manifests").glob("*.yaml"))


def models() -> list[Path]:
    """Every corpus model RDF, sorted by name; empty where there is no corpus."""
    return sorted((CORPUS / "models").glob("*.yaml"))
