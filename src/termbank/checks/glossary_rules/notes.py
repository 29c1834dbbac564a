"""Rules on notes: a note that knows a form which no term holds, and one that contradicts the preferred term.

Notes are prose, so only plain statements count. A form is named where it is quoted (“…”), or where the note says what
the official or own English is. A quoted form that the note rejects (not “X”, “X” calques it) need not be held, nor one
that another concept has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.checks.glossary_rules.rule_input import RuleInput
from termbank.model.concept import Concept, Status, Term
from termbank.model.glossary_finding import GlossaryFinding
from termbank.model.message import message

_SAYS_OFFICIAL = re.compile(
    r"\b(?:(?:own|present|current|new|official) (?:English )?(?:name|title|form|rendering)|English (?:name|title)"
    r"|(?:official|state(?:-media)?|Official|State) (?:[\w-]+ ){0,3}English)(?: of \d{4})?"
    r"(?: now| has| since)?(?: is now| is| became| becomes| says| writes| uses| settled on| has settled on)"
    r"(?: now)? (?:the )?"
)
"""The words before a form that a note calls the official English, or a body's own."""
_NAME = re.compile(r"[A-Z][A-Za-z0-9’'-]*(?: (?:(?:of|and|for|the|on|in|to) )*[A-Z][A-Za-z0-9’'-]*)*")
_PHRASE = re.compile(
    r"[a-z][A-Za-z0-9’'-]*(?: (?!in\b|since\b|from\b|while\b|where\b|until\b|and\b|or\b)[A-Za-z0-9’'-]+)*"
)
_QUOTED = re.compile("“([^”]+)”")
_REJECTED_BEFORE = re.compile(
    r"\b(?:not|never|avoid|wrong|than|instead of|misprints?|misread|calqued?)[^.;“]{0,12}$", re.I
)
_REJECTED_AFTER = re.compile(
    r"^[^.;“]{0,24}\b(?:calques?|wrong|mis\w+|error|is not|names only|means|narrower|wider|was|were|stood|fell)\b",
    re.I,
)
_TALK = re.compile(r" (?:wording|forms?|spelling)$")
_ABOUT_CHINESE = re.compile(r" ?[\u3400-\u9fff]")
"""What follows words that are about a Chinese term and are no form themselves."""
_MOST_WORDS = 9
_LATIN = re.compile(r"[A-Za-z][A-Za-z’' -]+")
_RENDERS_OTHER = re.compile(r"^Renders ([\u3400-\u9fff]+)")
_FAULT = re.compile(
    r"\b(?:calque|fragment|misprint|epithet|gloss(?:es)?|wrong|in error|narrower|wider|older|obsolete)\b",
    re.I,
)
_REPLACED = re.compile(r"\b([\w-]+) has (?:replaced|taken the place of) ([\w-]+)\b")
_PRONOUNS = frozenset(("it", "that", "this", "them"))


def find_forms_not_held(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find English forms that a note names and that no term holds."""
    everywhere = {_key(term.text) for concept in given.glossary for term in concept.english}
    for concept in given.glossary:
        own = [_key(term.text) for term in concept.english]
        for note in _notes(concept):
            missing = [form for form in _forms_called_official(note) if not _is_held(form, own)]
            missing += [
                form
                for form in _forms_quoted(note)
                if not _is_held(form, own) and _key(form) not in everywhere and form not in missing
            ]
            for form in missing:
                yield GlossaryFinding(
                    "note-names-missing-form",
                    concept.id,
                    message("a note names “{form}”, which no term holds.", form=form),
                    message("Add the term with its status, or take it out of the note."),
                )


def find_contradicting_notes(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find notes that call another form the official one, or find fault with the preferred one."""
    for concept in given.glossary:
        for term in concept.english:
            if term.status is Status.PREFERRED:
                for why in _contradictions(concept, term):
                    yield GlossaryFinding(
                        "note-contradicts-preferred",
                        concept.id,
                        message("“{term}” is preferred, but a note says: {note}", term=term.text, note=why),
                        message("Correct the note, or prefer what it names."),
                    )


def _contradictions(concept: Concept, term: Term) -> Iterator[str]:
    """The notes that speak against a preferred term."""
    for note in (one.text for one in concept.notes):
        held = [
            form for form in _forms_called_official(note) if _is_held(form, map(_text_key, concept.english))
        ]
        other = held and not any(_is_held(form, (_key(term.text),)) for form in held)
        if other or _prefers_replaced(note, term.text):
            yield note
    if term.note:
        other_phrase = _RENDERS_OTHER.match(term.note)
        chinese = {one.text for one in concept.chinese}
        if _FAULT.search(term.note) or (other_phrase is not None and other_phrase[1] not in chinese):
            yield term.note


def _prefers_replaced(note: str, preferred: str) -> bool:
    """Whether the note says that a word has taken the place of one that the preferred term still has."""
    words = set(_key(preferred).split())
    for found in _REPLACED.finditer(note):
        new, old = _key(found[1]), _key(found[2])
        if old not in _PRONOUNS and old in words and new not in words:
            return True
    return False


def _notes(concept: Concept) -> Iterator[str]:
    yield from (one.text for one in concept.notes)
    yield from (term.note for term in concept.terms if term.note)


def _forms_called_official(note: str) -> list[str]:
    """The forms that a note says are the official English or the body's own."""
    found = []
    for said in _SAYS_OFFICIAL.finditer(note):
        rest = note[said.end() :]
        form = _QUOTED.match(rest) or _NAME.match(rest) or _PHRASE.match(rest)
        text = _TALK.sub("", form[form.re.groups]) if form is not None else ""
        if 1 < len(text.split()) <= _MOST_WORDS and not _ABOUT_CHINESE.match(rest[len(text) :]):
            found.append(text)
    return found


def _forms_quoted(note: str) -> list[str]:
    """The English phrases in quotation marks that the note does not reject."""
    return [
        found[1]
        for found in _QUOTED.finditer(note)
        if _LATIN.fullmatch(found[1])
        and 1 < len(found[1].split()) <= _MOST_WORDS
        and not _REJECTED_BEFORE.search(note[: found.start()])
        and not _REJECTED_AFTER.search(note[found.end() :])
    ]


def _text_key(term: Term) -> str:
    return _key(term.text)


def _key(text: str) -> str:
    """A text as it is compared: in lower case, without marks and articles."""
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("’", "").replace("'", ""))
    return " ".join(word for word in words if word not in ("a", "an", "the"))


def _is_held(form: str, keys: Iterator[str] | list[str] | tuple[str, ...]) -> bool:
    """Whether a term has the form as a whole or as part of it."""
    wanted = f" {_key(form)} "
    return any(wanted in f" {key} " for key in keys)
