"""Rules on the texts of terms: articles, fragments, marks; and on names of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.checks.glossary_rules.rule_input import RuleInput
from termbank.model.concept import Concept, Grammar, Status
from termbank.model.concept_facts import ConceptType
from termbank.model.glossary_finding import GlossaryFinding
from termbank.model.message import message

_ARTICLE = re.compile(r"(?:a|an|the) ")
_ENDLESS = frozenset("a an and its of or that the their which whose".split())
"""A rendering that ends with one of these is cut off."""
_PREPOSITIONS = frozenset("at by for from is to was with".split())
"""A noun phrase that ends with one of these is cut off; a verb phrase or clause may end so (be opposed to)."""
_HEADLESS = frozenset("and are been but has is or than that was were which who whose".split())
_STRAY = re.compile(r"\.\.\.|…|^[,;:.)、，；：。）]|[,;:、，；：]\s*$")
_CHINESE_EDGE = re.compile(r"^的(?!士|确|哥)|^[地得]$")

_CHINESE_BODY = re.compile(r"(?:部|局|署|厅|院|会|委|办|行|办公室|办公厅|小组|总队|中心|总社|总台)$")
_ENGLISH_BODY = re.compile(
    r"\b(?:Ministry|Administration|Commission|Committee|Bureau|Office|Academy|Court|Procuratorate|Agency|Department|"
    r"Council|Congress|Leading Group|Board|Yuan)\b"
)
_PERSON = re.compile(
    r"(?:Vice[ -]|Deputy |Acting )?(?:Member|Chair\w*|Director|President|Head|Minister|Secretary|Premier)\b"
)
_SMALL = frozenset("and at by for from in of on the to under with against".split())
_PAIRS = tuple(
    pair.split() for pair in ("( )", "（ ）", "“ ”", "「 」", "『 』", "《 》", "[ ]", "【 】", "〔 〕")
)


def find_leading_articles(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find English terms that begin with an article; names keep a capital one (The Hague)."""
    for concept in given.glossary:
        for term in concept.english:
            if _ARTICLE.match(term.text):
                yield GlossaryFinding(
                    "english-article",
                    concept.id,
                    message("“{term}” begins with an article.", term=term.text),
                    message("Write the term without it."),
                )


def find_fragments(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find terms that are cut off at one end."""
    for concept in given.glossary:
        for term in concept.terms:
            words = term.text.split()
            cut = term.status is not Status.DEPRECATED and (
                _STRAY.search(term.text)
                or (not term.language.is_chinese and len(words) > 1 and _is_cut(words, term.grammar))
                or (term.language.is_chinese and _CHINESE_EDGE.search(term.text))
            )
            if cut:
                yield GlossaryFinding(
                    "fragment",
                    concept.id,
                    message("“{term}” is a fragment.", term=term.text),
                    message("Write the whole term, or remove it."),
                )


def _is_cut(words: list[str], grammar: Grammar) -> bool:
    if words[-1] in _ENDLESS or words[0] in _HEADLESS:
        return True
    return grammar is Grammar.NOUN_PHRASE and words[-1] in _PREPOSITIONS


def find_unbalanced_marks(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find terms, notes and definitions with a bracket or quotation mark that is not closed."""
    for concept in given.glossary:
        for text in _texts(concept):
            if (
                any(not _is_balanced(text, opening, closing) for opening, closing in _PAIRS)
                or text.count('"') % 2
            ):
                yield GlossaryFinding(
                    "unbalanced-marks",
                    concept.id,
                    message("a bracket or quotation mark is not closed in “{text}”.", text=text),
                    message("Close it, or remove it."),
                )


def _is_balanced(text: str, opening: str, closing: str) -> bool:
    if opening not in text and closing not in text:
        return True
    depth = 0
    for char in text:
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return False
    return depth == 0


def _texts(concept: Concept) -> Iterator[str]:
    for term in concept.terms:
        yield term.text
        if term.note:
            yield term.note
    yield from (one.text for one in (*concept.notes, *concept.definitions))
    for pair in concept.contexts:
        yield from (pair.zh, pair.en)


def find_bodies_without_type(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find plain terms whose Chinese ends as a body's name does and whose English is the name of one."""
    for concept in given.glossary:
        if concept.type is not ConceptType.TERM or not _CHINESE_BODY.search(concept.headword):
            continue
        name = next((term.text for term in concept.english if _is_name_of_body(term.text)), None)
        if name is not None:
            yield GlossaryFinding(
                "body-without-type",
                concept.id,
                message("“{term}” is the name of a body, and the concept has no type.", term=name),
                message("Give its type: body, office or meeting."),
            )


def _is_name_of_body(text: str) -> bool:
    """Whether a text is capitalised throughout and has the noun of a body: not “Commission rules”, nor an office of one."""
    words = [word for word in re.findall(r"[A-Za-z’'-]+", text) if word not in _SMALL]
    named = _ENGLISH_BODY.search(text) and not _PERSON.match(text)
    return bool(named) and len(words) > 1 and all(word[0].isupper() for word in words)
