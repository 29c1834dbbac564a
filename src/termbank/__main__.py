"""`python -m termbank` and the `termbank` command: hands over to `cli`."""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit with its code."""
    from termbank.cli import main as run

    run()


if __name__ == "__main__":
    main()
