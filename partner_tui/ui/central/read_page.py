"""What the pages of the Central view share: a page reads once it was looked at, and again when the manifest changes."""

from __future__ import annotations

from partner_tui.ui.view import View


class ReadPage(View):
    """One page; what it shows takes too long to be read before somebody looks at it."""

    _was_shown = False

    def read(self) -> object:
        """Begin to read what the page shows."""
        raise NotImplementedError

    def manifest_loaded(self) -> None:
        if self._was_shown:
            self.read()

    def shown(self) -> None:
        if not self._was_shown:
            self._was_shown = True
            self.read()
        self.focus_main()
