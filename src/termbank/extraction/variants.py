"""Renderings grouped into variants: what differs only in inflection, hyphen, word order or abbreviation is one.

In come the spans that render a term, with how sure each is; out come renderings, best first, each
with the form to show, its count and its other forms. An abbreviation stands with the full form whose initials it
has, and the full form is shown. A rendering that is one of the bank's own terms is named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from termbank.extraction.bead_text import DETERMINERS, FUNCTION_WORDS, tokenize_english
from termbank.lexicon.dictionary import Lexicon
from termbank.model.candidate import Rendering

VariantKey = tuple[str, ...]

POSSIBLE = 5
_INTRODUCED = re.compile(r"\s*[(（]\s*[“\"]?([A-Z][\w&+/-]{1,9})[”\"]?\s*[)）]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]*[A-Z]s?")
_PLURAL = re.compile(r"(?<=[A-Z])s$")
_SKIPPED = frozenset(("of", "and", "the", "for", "in", "on", "to", "with"))


def lemma_key(text: str, lexicon: Lexicon) -> VariantKey:
    """The lemmas of a text in order, without a leading determiner: what makes it the same rendering."""
    words = [p.lemma for p in tokenize_english(text, lexicon)]
    while words and words[0] in DETERMINERS:
        words = words[1:]
    return tuple(words)


def variant_key(text: str, lexicon: Lexicon) -> VariantKey:
    """What two texts of one variant share: content lemmas in no order, with hyphens, “of” and “(NQPFs)” left out."""
    words = [
        _PLURAL.sub("", p.span.of(bare)).lower() if p.shape == "upper" else p.lemma
        for bare in (_introducing(text),)
        for p in tokenize_english(bare, lexicon)
        if p.is_word or p.lower == "+"
    ]
    while words and words[0] in DETERMINERS:
        words = words[1:]
    content = [word for word in words if word not in FUNCTION_WORDS]
    return tuple(sorted(content or words))


def _introducing(text: str) -> str:
    """A full form without the abbreviation that it introduces in brackets."""
    found = _INTRODUCED.search(text)
    if found is not None and is_abbreviation(found[1], text[: found.start()]):
        return text[: found.start()] + text[found.end() :]
    return text


@lru_cache(maxsize=4096)
def is_abbreviation(short: str, full: str) -> bool:
    """Whether the capitals of one text are the initials of the other, one word at most left out.

    >>> is_abbreviation("NQPFs", "new quality productive forces"), is_abbreviation("SMEs", "small and medium-sized enterprises")
    (True, True)
    """
    letters = _PLURAL.sub("", short)
    if not _ABBREVIATION.fullmatch(short) or short == full:
        return False
    words = [word for word in re.findall(r"[A-Za-z]+", full) if word.lower() not in _SKIPPED]
    initials = "".join(word[0] for word in words).upper()
    if len(words) < 2 or not initials.startswith(letters[0].upper()) or abs(len(initials) - len(letters)) > 1:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters.upper())


@dataclass
class _Group:
    forms: dict[str, int] = field(default_factory=dict)
    near: dict[str, float] = field(default_factory=dict)
    count: int = 0
    weight: float = 0.0


def group_renderings(
    chosen: Iterable[tuple[str | None, Sequence[tuple[str, float]]]],
    lexicon: Lexicon,
    known: dict[VariantKey, str],
    *,
    possible: bool = False,
) -> tuple[Rendering, ...]:
    """Variants of one term: `chosen` holds for every occurrence what was chosen and what was weighed.

    What was weighed counts by its probability. With `possible`, the likeliest that were chosen nowhere are
    told too, with a count of 0, until there are five.
    """
    groups: dict[VariantKey, _Group] = {}
    for text, weighed in chosen:
        for other, probability in weighed:
            group = groups.setdefault(variant_key(other, lexicon), _Group())
            group.weight += probability
            group.near[other] = group.near.get(other, 0.0) + probability
        if text is not None:
            group = groups.setdefault(variant_key(text, lexicon), _Group())
            group.count += 1
            group.forms[text] = group.forms.get(text, 0) + 1
    _merge_abbreviations(groups)
    total = sum(group.weight for group in groups.values()) or 1.0
    found, others = [], []
    for name, group in groups.items():
        if group.forms:
            forms = sorted(group.forms, key=lambda form: _rank(form, group))
            found.append(
                Rendering(forms[0], group.count, group.weight / total, tuple(forms), known.get(name))
            )
        elif possible:
            form = max(group.near, key=lambda form: (group.near[form], form))
            others.append(Rendering(form, 0, group.weight / total, (), known.get(name)))
    ranked = sorted(found, key=lambda r: (-r.score, -r.count, r.text))
    others.sort(key=lambda r: (-r.score, r.text))
    return (*ranked, *others[: max(0, POSSIBLE - len(ranked))])


def _merge_abbreviations(groups: dict[VariantKey, _Group]) -> None:
    """Puts every abbreviation to the likeliest full form among the groups that were chosen somewhere."""
    for name in [name for name, group in groups.items() if group.forms and len(name) == 1]:
        short = max(groups[name].forms, key=lambda form: (groups[name].forms[form], form))
        full = [
            other
            for other, group in groups.items()
            if other != name and any(is_abbreviation(short, form) for form in group.forms)
        ]
        if full:
            into, own = groups[max(full, key=lambda other: (groups[other].weight, other))], groups.pop(name)
            into.count += own.count
            into.weight += own.weight
            for form, count in own.forms.items():
                into.forms[form] = into.forms.get(form, 0) + count


def _rank(form: str, group: _Group) -> tuple[bool, bool, int, int, str]:
    """Full forms before abbreviations and before “full form (ABBR)”, then the form seen most."""
    short = any(is_abbreviation(form, other) for other in group.forms)
    return (short, _introducing(form) != form, -group.forms[form], _capitals(form), form)


def _capitals(text: str) -> int:
    return sum(char.isupper() for char in text)
