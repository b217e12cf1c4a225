"""Tabs in the border of a panel: a click runs the panel's ``show_tab``."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content


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
