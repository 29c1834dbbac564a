"""The shelf of checks: segment pairs and a glossary in, findings out.

Each line of `CHECKS` can be read without importing the check; its module is imported when it is
run. A check's module is its docs page (the docstring), CODE, FAULTY and SOUND examples that the
tests hold it to, and `run`. A check named here and nowhere in a project's settings runs at the
severity given here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from termbank.model.errors import TermbankError
from termbank.model.finding import Finding, Severity

if TYPE_CHECKING:
    from termbank.checks.pair import Desk, Reading


class Check(NamedTuple):
    """One line of the shelf. `scope` says what is looked at as a whole: a pair, the document, the glossary.

    `alone` says that the check also works on English without its source.
    """

    code: str
    severity: Severity
    scope: str
    alone: bool
    summary: str

    @property
    def module(self) -> str:
        return f"termbank.checks.rules.{self.code.replace('-', '_')}"


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

CHECKS: tuple[Check, ...] = (
    Check("unapproved-rendering", WARNING, "pair", False, "A known term is rendered by something else."),
    Check("missing-rendering", WARNING, "pair", False, "Nothing in the translation renders a known term."),
    Check("deprecated-rendering", ERROR, "pair", True, "A rendering that the house has put aside."),
    Check(
        "superseded-rendering", WARNING, "pair", True, "A rendering that was official once and is no longer."
    ),
    Check("mixed-renderings", WARNING, "document", True, "One concept, two renderings in one document."),
    Check(
        "short-form-before-full-form", NOTE, "document", True, "An abbreviation used before it is introduced."
    ),
    Check("untranslated-text", ERROR, "pair", True, "Chinese left standing in the English."),
    Check("number-mismatch", ERROR, "pair", False, "A number that is not the same in both languages."),
    Check(
        "official-title",
        WARNING,
        "pair",
        False,
        "A titled document or office rendered otherwise than the bank has it.",
    ),
    Check(
        "fullwidth-punctuation",
        NOTE,
        "pair",
        True,
        "Chinese punctuation or full-width letters in the English.",
    ),
    Check("omitted-sentence", WARNING, "pair", False, "A sentence that the translation leaves out."),
    Check("never-matches", NOTE, "glossary", True, "A glossary entry that no text can match."),
)
"""Every check, in the order in which they are run and reported."""


class CheckModule(Protocol):
    """What the module of a check offers."""

    CODE: str

    def run(self, pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]: ...


def load(check: Check) -> CheckModule:
    """The module of a check."""
    return cast(CheckModule, import_module(check.module))


def named(code: str) -> Check:
    """The check of that name; raises TermbankError with the nearest name where there is none."""
    for check in CHECKS:
        if check.code == code:
            return check
    near = get_close_matches(code, [check.code for check in CHECKS], n=1, cutoff=0.4)
    raise TermbankError(
        f"there is no check “{code}”.",
        remedy=f"Did you mean “{near[0]}”?" if near else f"Use one of: {', '.join(c.code for c in CHECKS)}.",
    )
