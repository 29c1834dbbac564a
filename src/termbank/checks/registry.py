"""The list of checks. Each line can be read without importing the check's own module.

A check is added by one line here and one module in `checks/rules`. A check that a project's settings do not mention runs
at the severity given here.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple

from termbank.model.errors import TermbankError
from termbank.model.finding import Severity
from termbank.model.message import message


class Check(NamedTuple):
    """One check.

    Attributes:
        code: the name in reports, settings and waivers.
        severity: how much its findings matter, unless a project says otherwise.
        scope: what it looks at: each `pair`, each `term` without a known rendering, the whole `document`, the `glossary`.
        alone: whether it also works on English without its source.
        summary: one sentence on what it finds.
        by_default: whether it is run where nobody asks for it.
    """

    code: str
    severity: Severity
    scope: str
    alone: bool
    summary: str
    by_default: bool = True

    @property
    def module(self) -> str:
        return f"termbank.checks.rules.{self.code.replace('-', '_')}"


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

CHECKS: tuple[Check, ...] = (
    Check("unapproved-rendering", WARNING, "term", False, "A known term is rendered by something else."),
    Check("missing-rendering", WARNING, "term", False, "Nothing in the translation renders a known term."),
    Check("deprecated-rendering", ERROR, "pair", True, "A rendering that the glossary deprecates."),
    Check(
        "superseded-rendering", WARNING, "pair", True, "A rendering that was official once and is no longer."
    ),
    Check(
        "admitted-rendering",
        NOTE,
        "pair",
        False,
        "A rendering that is allowed where the glossary prefers another.",
        by_default=False,
    ),
    Check("mixed-renderings", WARNING, "document", True, "One concept, two renderings in one document."),
    Check(
        "short-form-before-full-form", NOTE, "document", True, "An abbreviation used before it is introduced."
    ),
    Check("untranslated-text", ERROR, "pair", True, "Chinese left in the English."),
    Check("number-mismatch", ERROR, "pair", False, "A number that is not the same in both languages."),
    Check(
        "official-title",
        WARNING,
        "term",
        False,
        "A titled document or office rendered otherwise than the glossary has it.",
    ),
    Check(
        "fullwidth-punctuation",
        NOTE,
        "pair",
        True,
        "Chinese punctuation or full-width letters in the English.",
    ),
    Check("halfwidth-punctuation", NOTE, "pair", False, "Half-width punctuation in Chinese."),
    Check(
        "chinese-rendering",
        WARNING,
        "pair",
        False,
        "A term of your own glossary that the Chinese translation renders by other words.",
    ),
    Check("omitted-sentence", WARNING, "pair", False, "A sentence that the translation leaves out."),
    Check(
        "lost-negation", WARNING, "pair", False, "A prohibition or strong negation that the English lacks."
    ),
    Check("confused-place", WARNING, "pair", False, "A place with the name of another."),
    Check("lost-question", NOTE, "pair", False, "A question that is no question in the English."),
    Check("repeated-word", WARNING, "pair", True, "A word written twice."),
    Check("doubled-space", NOTE, "pair", True, "Two spaces between words.", by_default=False),
    Check("unpaired-mark", NOTE, "pair", False, "A bracket or quotation mark without its partner."),
    Check(
        "capital-letter",
        NOTE,
        "pair",
        False,
        "A sentence or a name that begins with a small letter.",
        by_default=False,
    ),
    Check("never-matches", NOTE, "glossary", True, "A glossary entry that no text can match."),
)
"""Every check, in the order in which they are run and reported."""


def find_check(code: str) -> Check:
    """The check of a name.

    Raises:
        TermbankError: there is none; the remedy is the nearest name, or all names.
    """
    for check in CHECKS:
        if check.code == code:
            return check
    near = get_close_matches(code, [check.code for check in CHECKS], n=1, cutoff=0.4)
    if near:
        remedy = message("Did you mean “{name}”?", name=near[0])
    else:
        remedy = message("Use one of: {names}.", names=", ".join(check.code for check in CHECKS))
    raise TermbankError(message("there is no check “{code}”.", code=code), remedy=remedy)
