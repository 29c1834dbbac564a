"""Which Chinese terms of a pair no rendering in the English answers.

A term is answered by any rendering of any concept it may name, and by what a reader takes for one: initials
or the words that they stand for, a name cut short, “the Commission” where the full name was used before.
Terms that the glossary is not sure of, and those that are only a part of a longer name, ask for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from termbank.checks.desk import Reading, approved
from termbank.core.concept import Concept, Grammar, Status, Term
from termbank.lang.lexicon import is_stop_word
from termbank.match.owner import Match

HEADS = frozenset(
    [
        "ministry",
        "commission",
        "office",
        "bureau",
        "administration",
        "council",
        "committee",
        "court",
        "procuratorate",
        "department",
        "agency",
        "congress",
        "conference",
        "authority",
        "academy",
        "association",
        "federation",
        "bank",
        "corporation",
        "group",
        "board",
    ]
)
"""What a body is, as the last word of its name or near it."""


def open_terms(reading: Reading) -> tuple[tuple[Match, ...], ...]:
    """The Chinese terms that the glossary is sure of and that no rendering in the English answers."""
    if not reading.pair.zh or not reading.pair.en.strip():
        return ()
    return tuple(
        matches
        for matches in _groups(reading)
        if not _answered(reading, matches)
        and _is_binding(matches[0].concept, matches[0].term)
        and not any(_is_in_a_name(reading.pair.zh, match) for match in matches)
    )


def _groups(reading: Reading) -> Iterator[tuple[Match, ...]]:
    """The Chinese terms of a pair, the places of one concept together."""
    found: dict[str, list[Match]] = {}
    for match in reading.zh:
        found.setdefault(match.concept.id, []).append(match)
    for matches in found.values():
        yield tuple(matches)


def _answered(reading: Reading, matches: Sequence[Match]) -> bool:
    """Whether any rendering of any concept that the term may name stands in the English.

    A deprecated or superseded one answers too: it has a check of its own.
    """
    concepts = {concept.id: concept for match in matches for concept in (match.concept, *match.also)}
    return any(
        name in reading.answers
        or _is_abbreviated(reading, concept)
        or _is_cut_short(reading, concept)
        or _is_spelled_out(reading, concept)
        or (name in reading.established and not _has_a_stray(reading) and _by_its_head(reading, concept))
        for name, concept in concepts.items()
    )


_ACRONYMS = re.compile(r"[A-Z]{3,}s?(?:/[A-Z]{3,}s?)*")
_ACRONYM = re.compile(r"(?<!\()\b(?=[A-Za-z]*[A-Z][A-Za-z]*[A-Z])[A-Za-z]{3,8}\b")


def _is_abbreviated(reading: Reading, concept: Concept) -> bool:
    """Whether an abbreviation in the English has the initials of a rendering: PBoC, NDRC.

    A text may coin its own abbreviation; the glossary need not have it.
    """
    found = {word.rstrip("s").upper() for word in _ACRONYM.findall(reading.pair.en)}  # not “… (PBoC)”
    return bool(found) and any(
        found & initials(term.text) for term in concept.english if len(term.text.split()) > 1
    )


def _is_cut_short(reading: Reading, concept: Concept) -> bool:
    """Whether a name stands without what follows its “of”: the Political Bureau, the State Administration."""
    for term in concept.english:
        head = re.split(r" (?:of|for|under|on) (?=the |[A-Z])", term.text)[0]
        words = head.split()
        if head == term.text and len(words) > 2 and words[-1].lower() in HEADS:
            head = " ".join(words[:-1])  # the Federal Reserve, without its Board
        if head != term.text and len(head.split()) > 1 and head[:1].isupper() and head in reading.pair.en:
            return True
    return False


_LETTERS = re.compile(r"[A-Za-z]+")


def _is_spelled_out(reading: Reading, concept: Concept) -> bool:
    """Whether the words stand in the English of which a rendering has only the initials: HKAB, GDP."""
    acronyms = [
        re.findall("[A-Z]{3,}", term.text) for term in concept.english if _ACRONYMS.fullmatch(term.text)
    ]
    if not acronyms:
        return False
    words = _LETTERS.findall(reading.pair.en)
    full = "".join(word[0] for word in words).upper()
    main = "".join(word[0] for word in words if not is_stop_word(word.lower())).upper()
    return any(all(one in full or one in main for one in some) for some in acronyms)


def initials(text: str) -> frozenset[str]:
    """The abbreviations that a rendering may have.

    >>> sorted(initials("People’s Bank of China"))
    ['PBC', 'PBOC']
    """
    words = re.findall(r"[A-Za-z]+(?:[’'][a-z]+)?", text)
    full = "".join(word[0] for word in words).upper()
    main = "".join(word[0] for word in words if not is_stop_word(word.lower())).upper()
    return frozenset(name for name in (full, main) if len(name) > 2)


_GOES_ON_WITH = (
    "委员会|委員會|委会|委會|[部局署司厅廳院處处辦办會会所行]長|[部局署司廳厅院處处辦办會会所行]长|机构|機構|总局|總局|当局|當局"
    "|中心|协会|協會|联盟|聯盟|公司|集团|集團|条例|條例|法案|草案|大学|大學|长|長"
)
_BODY_LETTER = (
    "(?<![布格结結全])局(?![面部势勢限])|(?<![全内內外])部(?![分署门門队隊委级級])|(?<!部)署|司(?![法机機])"
    "|(?<=[员員理事协協商工联聯金基])[会會](?![议議计計员員见見谈談上同])|院(?!校)"
)
_NAME_ENDS_SOON = re.compile(
    rf"(?:(?![和与與及的在于於为為是对對向由使让讓])[㐀-鿿]){{0,3}}?(?:{_GOES_ON_WITH}|{_BODY_LETTER})"
)
_NAME_ENDS_HERE = re.compile(
    rf"{_GOES_ON_WITH}|[㐀-鿿]{{0,4}}(?:研究中心|研究院|研究所|研究室|办公厅|辦公廳|办公室|辦公室|委员会|委員會|领导小组|領導小組)"
)
_GENERIC_BODY = re.compile(r"(?:委员会|委員會|部|局|署|司|院|处|處|办|辦|厅|廳|所|会|會|公司|中心)$")
_NAMES_ANOTHER = frozenset("国國洲邦州省市县縣区區亚亞联聯务務业業府")
"""Letters before a body's name that make it another's: 美国财政部, 瑞士联邦财政部, 证券及期货事务监察委员会."""


def _is_in_a_name(zh: str, match: Match) -> bool:
    """Whether the term is only a part of a longer name that the glossary does not have.

    公务员 in 公务员制度委员会, 财政部 in 瑞士联邦财政部: what is named is another body.
    """
    after = zh[match.span.end : match.span.end + 10]
    rendering = match.concept.rendering
    proper = rendering is not None and rendering.text[:1].isupper()
    if (_NAME_ENDS_HERE if proper else _NAME_ENDS_SOON).match(after) is not None:
        return True
    before = zh[: match.span.start][-1:] or " "
    short = len(match.text) <= 5 and _GENERIC_BODY.search(match.text) is not None
    return short and before in _NAMES_ANOTHER


def _is_binding(concept: Concept, term: Term) -> bool:
    """Whether the glossary is sure enough of a concept to hold a text to it."""
    if term.status in (Status.DEPRECATED, Status.SUPERSEDED) or term.grammar is not Grammar.NOUN_PHRASE:
        return False
    best = approved(concept)
    return bool(best) and best[0].status.is_approved and best[0].grammar is Grammar.NOUN_PHRASE


def _has_a_stray(reading: Reading) -> bool:
    """Whether a rendering stands in the English for which the Chinese names no concept: it may stand for this one."""
    return any(
        not match.nested
        and match.concept.id not in reading.asked
        and all(other.id not in reading.asked for other in match.also)
        for match in reading.en_all
    )


def _by_its_head(reading: Reading, concept: Concept) -> bool:
    """Whether the English speaks of “the Commission” or “this Initiative” where the full name was used before."""
    heads = {term.text.split()[-1].lower() for term in concept.english if len(term.text.split()) > 1}
    lower = reading.pair.en.lower()
    return any(head in lower for head in heads) and any(
        word.lower in heads
        and before.lower in ("the", "this", "that", "these", "those", "our", "its", "such", "said")
        for before, word in pairwise(reading.words)
    )
