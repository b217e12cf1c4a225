"""Short names that the user's git configuration gives to addresses (``url.<base>.insteadOf``), such as ``gh:owner/name``."""

from __future__ import annotations

from pathlib import Path

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.git import run

_PATTERN = r"^url\..*\.insteadof$"


def written_out(text: str) -> str | None:
    """What git makes of an address by the user's own configuration; None where no short name fits.

    It is read where no clone is, so that no opened folder's configuration has a say.
    """
    try:
        printed = run(["config", "--null", "--includes", "--get-regexp", _PATTERN], cwd=Path("/"))
    except PartnerTuiError:
        return None  # none is set
    names = [line.partition("\n")[::2] for line in printed.split("\0")[:-1]]
    fitting = [(short, key) for key, short in names if short and text.startswith(short)]
    if not fitting:
        return None
    short, key = max(fitting, key=lambda one: len(one[0]))
    return key.removeprefix("url.").rpartition(".")[0] + text.removeprefix(short)
