"""The command line: a wish becomes a service call, an answer becomes text or JSON.

stdout carries the answer alone; remarks, progress and errors go to stderr. Exit codes: 0 done,
1 findings at or above --fail-on, 2 the request could not be carried out, 130 stopped by the person.
"""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit; no fault in a person's data ends in a traceback."""
    from termbank.cli.app import run

    sys.exit(run(arguments))
