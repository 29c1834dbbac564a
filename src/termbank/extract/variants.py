"""Renderings grouped into variants: what differs only in inflection, hyphen or word order is one.

In come the spans that render a term, with how sure each is; out come renderings, best first, each
with the form to show, its count and its other forms. A rendering that is one of the bank's own terms is
named as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from termbank.core.candidate import Rendering
from termbank.extract.text import DETERMINERS, FUNCTION_WORDS, pieces
from termbank.lang.lexicon import Lexicon

Key = tuple[str, ...]

POSSIBLE = 5


def phrase(text: str, lexicon: Lexicon) -> Key:
    """The lemmas of a text in order, without a leading determiner: what makes it the same rendering."""
    words = [p.lemma for p in pieces(text, lexicon)]
    while words and words[0] in DETERMINERS:
        words = words[1:]
    return tuple(words)


def key(text: str, lexicon: Lexicon) -> Key:
    """What two texts of one variant share: content lemmas in no order, with hyphens and “of” left out."""
    words = [p.lemma for p in pieces(text, lexicon) if p.is_word]
    while words and words[0] in DETERMINERS:
        words = words[1:]
    content = [word for word in words if word not in FUNCTION_WORDS]
    return tuple(sorted(content or words))


@dataclass
class _Group:
    forms: dict[str, int] = field(default_factory=dict)
    near: dict[str, float] = field(default_factory=dict)
    count: int = 0
    weight: float = 0.0


def renderings(
    chosen: Iterable[tuple[str | None, Sequence[tuple[str, float]]]],
    lexicon: Lexicon,
    known: dict[Key, str],
    *,
    possible: bool = False,
) -> tuple[Rendering, ...]:
    """Variants of one term: `chosen` holds for every occurrence what was chosen and what was weighed.

    What was weighed counts by its probability. With `possible`, the likeliest that were chosen nowhere are
    told too, with a count of 0, until there are five.
    """
    groups: dict[Key, _Group] = {}
    for text, weighed in chosen:
        for other, probability in weighed:
            group = groups.setdefault(key(other, lexicon), _Group())
            group.weight += probability
            group.near[other] = group.near.get(other, 0.0) + probability
        if text is not None:
            group = groups.setdefault(key(text, lexicon), _Group())
            group.count += 1
            group.forms[text] = group.forms.get(text, 0) + 1
    total = sum(group.weight for group in groups.values()) or 1.0
    found, others = [], []
    for name, group in groups.items():
        if group.forms:
            forms = sorted(group.forms, key=lambda form: (-group.forms[form], _capitals(form), form))
            found.append(
                Rendering(forms[0], group.count, group.weight / total, tuple(forms), known.get(name))
            )
        elif possible:
            form = max(group.near, key=lambda form: (group.near[form], form))
            others.append(Rendering(form, 0, group.weight / total, (), known.get(name)))
    ranked = sorted(found, key=lambda r: (-r.score, -r.count, r.text))
    others.sort(key=lambda r: (-r.score, r.text))
    return (*ranked, *others[: max(0, POSSIBLE - len(ranked))])


def _capitals(text: str) -> int:
    return sum(char.isupper() for char in text)
