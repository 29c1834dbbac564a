"""`python -m termbank` and the `termbank` command: hands over to `cli`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        from termbank.cli import main as run

        run()
    except KeyboardInterrupt:  # stopped before the command line could say so itself
        sys.exit(130)


if __name__ == "__main__":
    main()
