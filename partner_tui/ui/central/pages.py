"""The pages of the Central view, in the order of their tabs: a new one is its module, and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from partner_tui.ui.central.compiled_page import CompiledPage
from partner_tui.ui.central.config_page import ConfigPage
from partner_tui.ui.central.files_page import FilesPage
from partner_tui.ui.central.impact_page import ImpactPage
from partner_tui.ui.central.links_page import LinksPage
from partner_tui.ui.central.listed_page import ListedPage
from partner_tui.ui.central.read_page import ReadPage
from partner_tui.ui.central.trend_page import TrendPage

PAGES: Mapping[str, type[ReadPage]] = {
    "compiled": CompiledPage,
    "listed": ListedPage,
    "config": ConfigPage,
    "links": LinksPage,
    "files": FilesPage,
    "impact": ImpactPage,
    "trend": TrendPage,
}
"""By its id; the tab has its title."""
