"""Open a web address in a browser, or copy it where no browser with a window of its own is available."""

from __future__ import annotations

import webbrowser
from typing import Any

from textual.app import App

from termbank.model.message import _
from termbank.tui.notifications import notify


def open_url(app: App[Any], url: str | None) -> None:
    """Open a web address; show a message when the URL is not valid or no browser is available.

    A browser that would take over this terminal is not started; the address is copied instead.
    """
    if not url or not url.startswith(("http://", "https://")):
        notify(app, _("There is no web address."))
        return
    if _has_own_window() and webbrowser.open(url):
        notify(app, _("Opened {url}", url=url))
    else:
        app.copy_to_clipboard(url)
        notify(app, _("No browser is available. Copied {url}", url=url))


def _has_own_window() -> bool:
    """Whether the person's browser opens a window rather than using this terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return not isinstance(browser, webbrowser.GenericBrowser) or isinstance(
        browser, webbrowser.BackgroundBrowser
    )
