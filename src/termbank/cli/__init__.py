"""The command line: a wish becomes a service call, an answer becomes text or JSON.

stdout carries the answer alone; remarks, progress and errors go to stderr. Exit codes: 0 done,
1 findings at or above --fail-on, 2 the request could not be carried out, 130 stopped by the person.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit; no fault in a person's data ends in a traceback."""
    from termbank.cli.app import run

    sys.stdout, sys.stderr = _speaking(sys.stdout), _speaking(sys.stderr)
    sys.exit(run(arguments))


def _speaking(stream: TextIO | None) -> TextIO:
    """The stream, able to carry Chinese whatever the locale; what was closed swallows all.

    A pipe or a file gets UTF-8. A terminal keeps its own encoding, and is shown escapes for what that lacks.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        encoding = None if stream.isatty() else "utf-8"
        reconfigure(encoding=encoding or stream.encoding, errors="backslashreplace")
    return stream
