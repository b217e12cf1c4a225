"""The pages of the Central view, in the order of their tabs: a new one is its module, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from partner_tui.ui.central.compiled_page import CompiledPage
from partner_tui.ui.central.config_page import ConfigPage
from partner_tui.ui.central.files_page import FilesPage
from partner_tui.ui.central.links_page import LinksPage
from partner_tui.ui.central.listed_page import ListedPage
from partner_tui.ui.central.trend_page import TrendPage
from partner_tui.ui.view import View


@dataclass(frozen=True, slots=True)
class CentralPage:
    """One page.

    Attributes:
        name: Its id.
        title: Its tab.
        make: Called with its id.
    """

    name: str
    title: str
    make: Callable[..., View]


PAGES: tuple[CentralPage, ...] = (
    CentralPage("compiled", "Compiled", CompiledPage),
    CentralPage("listed", "Listed today", ListedPage),
    CentralPage("config", "Config", ConfigPage),
    CentralPage("links", "Links", LinksPage),
    CentralPage("files", "Files", FilesPage),
    CentralPage("trend", "Trend", TrendPage),
)
