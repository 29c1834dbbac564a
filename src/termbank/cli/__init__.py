"""The command line: it turns arguments into service calls and prints the answers as text or JSON.

stdout carries the answer alone; remarks, progress and errors go to stderr. Exit codes: 0 done, 1 findings at or above
--fail-on, 2 the request could not be carried out, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit; bad input never ends in a traceback."""
    from termbank.cli.app import run

    sys.stdout, sys.stderr = _accept_chinese(sys.stdout), _accept_chinese(sys.stderr)
    sys.exit(run(arguments))


def _accept_chinese(stream: TextIO | None) -> TextIO:
    """Make a stream able to carry Chinese in any locale; a closed one becomes the null device.

    A pipe or a file gets UTF-8. A terminal keeps its encoding and is shown escapes for what that lacks.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        encoding = None if stream.isatty() else "utf-8"
        reconfigure(encoding=encoding or stream.encoding, errors="backslashreplace")
    return stream
