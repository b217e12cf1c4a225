"""What the pages of the Central view share: a page reads when it is looked at, and again once the manifest changed."""

from __future__ import annotations

from typing import ClassVar

from partner_tui.ui.view import View


class ReadPage(View):
    """One page; what it shows takes too long to be read before somebody looks at it."""

    READS_BEHIND: ClassVar[bool] = False
    """Whether it also reads anew while another page or view is in front."""
    _was_shown = False
    _is_due = True

    def read(self) -> object:
        """Begin to read what the page shows."""
        raise NotImplementedError

    def manifest_loaded(self) -> None:
        self._is_due = True
        is_in_front = all(node.display for node in self.ancestors_with_self)
        if self._was_shown and (is_in_front or self.READS_BEHIND):
            self._begin()

    def shown(self) -> None:
        self._was_shown = True
        if self._is_due:
            self._begin()
        self.focus_main()

    def _begin(self) -> None:
        self._is_due = False
        self.read()
