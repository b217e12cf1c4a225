"""The judge of all tests of a process, also where its own life is tested beside it."""

from __future__ import annotations

import pytest

from partner_tui.compliance.spec_worker import SpecWorker


@pytest.fixture(scope="session")
def judge(shared_judge: SpecWorker) -> SpecWorker:
    return shared_judge
