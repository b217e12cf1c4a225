"""One child process for the whole session: the library takes seconds to import, an entry a millisecond."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from partner_tui.compliance.judge import Judge


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    with Judge() as shared:
        yield shared
