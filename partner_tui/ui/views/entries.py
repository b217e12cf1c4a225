"""The Entries view: a table of every entry, and beside it the chosen one in full."""

from __future__ import annotations

from partner_tui.ui.view import View


class EntriesView(View):
    """Every entry with its status and findings."""

    TITLE = "Entries"
