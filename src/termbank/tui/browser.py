"""Opening an address: in a browser with windows of its own, or put where it can be pasted."""

from __future__ import annotations

import webbrowser
from typing import Any

from textual.app import App

from termbank.tui.styles import clean


def open_address(app: App[Any], url: str | None) -> None:
    """Open an address of the web; what is not one, or cannot be opened here, is said.

    A browser that would take over this terminal is not started: the address is copied instead.
    """
    if not url or not url.startswith(("http://", "https://")):
        app.notify("No address is known.", markup=False)
        return
    if _has_own_window() and webbrowser.open(url):
        app.notify(f"opened {clean(url)}", markup=False)
    else:
        app.copy_to_clipboard(url)
        app.notify(f"No browser here; copied {clean(url)}", markup=False)


def _has_own_window() -> bool:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return not isinstance(browser, webbrowser.GenericBrowser) or isinstance(
        browser, webbrowser.BackgroundBrowser
    )
