"""Messages that appear for a few seconds above the bottom line."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.widget import Widget

from termbank.model.errors import TermbankError, sentence
from termbank.tui.formatting import clean

ERROR_SECONDS = 8


def notify(place: Widget | App[Any], text: str, *, seconds: float | None = None) -> None:
    """Show a text as it is; markup in it is not interpreted."""
    place.notify(clean(text), markup=False, timeout=seconds)


def notify_error(place: Widget | App[Any], error: TermbankError) -> None:
    """Show an error as one sentence."""
    place.notify(clean(sentence(error.fault)), severity="error", markup=False, timeout=ERROR_SECONDS)
