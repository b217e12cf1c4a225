"""A panel whose tabs are in its border."""

from __future__ import annotations

from collections.abc import Mapping

from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive


class TabbedPanel(Container):
    """One of several tabs in front; a click on its label, or its name as `tab`, brings another one there."""

    DEFAULT_CSS = "TabbedPanel { border-title-style: none; }"

    tab: reactive[str] = reactive("", init=False)
    """The tab in front."""

    def fill(self) -> None:
        """Show what is in front."""
        raise NotImplementedError

    def focus_tab(self) -> None:
        """Put the focus into the tab in front."""
        raise NotImplementedError

    def watch_tab(self) -> None:
        had_focus = self.has_focus_within
        self.fill()
        if had_focus:
            self.focus_tab()

    def action_show_tab(self, tab: str) -> None:
        self.tab = tab
        self.focus_tab()


def border_tabs(labels: Mapping[str, str], front: str) -> Content:
    """The labels side by side, by the names of their tabs; the one in front is marked."""
    return Content("").join(
        Content.styled(
            f" {label} ",
            "bold $block-cursor-foreground on $block-cursor-background"
            if name == front
            else "$foreground 70%",
        ).stylize(f"@click=show_tab('{name}')")
        for name, label in labels.items()
    )
