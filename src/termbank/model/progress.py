"""Progress of long work, reported by calling back."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is in all, in the unit of the work (segments, files, bytes)."""
