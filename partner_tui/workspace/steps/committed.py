"""Steps can be undone until they are committed, whoever commits them.

Another git beside the app may do it, a kill may come between a commit and the journal, a pull or a switch of branches may
put other files in place. Then the steps are history, and undoing them would edit what is committed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError

if TYPE_CHECKING:
    from partner_tui.repository.repository import Repository
    from partner_tui.workspace.steps.steps import Steps


def forget_committed(steps: Steps, repository: Repository, read: Callable[[str], bytes | None]) -> None:
    """Forget steps when HEAD has moved since the newest was made, and git sees none of their files as changed.

    Args:
        read: A file of the work tree as it is on disk.
    """
    if not steps.touched or not steps.base or steps.base == repository.state.commit:
        return
    with contextlib.suppress(PartnerTuiError):  # what cannot be read or forgotten now can be undone
        if all(repository.compare(path, read(path)) is None for path in steps.touched):
            steps.forget()
