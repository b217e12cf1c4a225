"""Open an address in the user's browser, when asked: http(s) alone, and never a browser that would draw over this terminal."""

from __future__ import annotations

import webbrowser

from partner_tui.addresses.urls import is_url


def open_in_browser(url: str) -> bool:
    """Open a web address; False where there is no browser beside the terminal. May block for a second."""
    if not is_url(url):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # A plain GenericBrowser runs in the foreground: lynx, w3m and their like.
    if isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    ):
        return False
    return browser.open(url)
