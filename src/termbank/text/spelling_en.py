"""The two spellings of English, British and American, as one.

A lower-case word comes in; the same word in American spelling goes out. Rules cover the regular endings,
lists the rest; a word that neither knows comes back as it was.
"""

from __future__ import annotations

import re
from functools import lru_cache


def listed(words: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(words.split())


_AMERICAN = {
    "programme": "program", "centre": "center", "centred": "centered",
    "centring": "centering",
    "theatre": "theater", "metre": "meter", "litre": "liter",
    "fibre": "fiber", "calibre": "caliber", "defence": "defense", "offence": "offense", "licence": "license",
    "practise": "practice", "cheque": "check", "catalogue": "catalog", "dialogue": "dialog", "analogue": "analog",
    "judgement": "judgment", "acknowledgement": "acknowledgment", "ageing": "aging", "aluminium": "aluminum",
    "grey": "gray", "plough": "plow", "tyre": "tire", "sceptical": "skeptical", "sulphur": "sulfur",
    "manoeuvre": "maneuver", "enrolment": "enrollment", "fulfilment": "fulfillment", "instalment": "installment",
    "skilful": "skillful", "per": "per", "labour": "labor", "neighbour": "neighbor", "behaviour": "behavior",
    "favour": "favor", "honour": "honor", "harbour": "harbor", "colour": "color", "endeavour": "endeavor",
    "rumour": "rumor", "vigour": "vigor", "rigour": "rigor", "humour": "humor", "armour": "armor", "flavour": "flavor",
    "favourable": "favorable", "favourite": "favorite", "honourable": "honorable", "neighbourhood": "neighborhood",
    "neighbouring": "neighboring", "labourer": "laborer", "colourful": "colorful", "behavioural": "behavioral",
    "vitalise": "vitalize", "analyse": "analyze", "catalyse": "catalyze", "paralyse": "paralyze",
    "artefact": "artifact", "cosy": "cozy", "encyclopaedia": "encyclopedia", "paediatric": "pediatric",
    "anaemia": "anemia", "haemorrhage": "hemorrhage", "foetus": "fetus", "oestrogen": "estrogen",
    "jewellery": "jewelry", "traveller": "traveler", "counsellor": "counselor", "councillor": "councilor",
    "whilst": "while", "amongst": "among", "towards": "toward", "storey": "story",
}  # fmt: skip
_ISE = re.compile(r"(?<=[a-z]{3})is(e[ds]?|ers?|ing|ations?|ational|able)$")
_NOT_IZE = listed(
    """
    advertise advise arise comprise compromise concise demise despise devise disguise enterprise excise
    exercise expertise franchise improvise merchandise otherwise paradise precise premise promise raise
    revise rise supervise surmise surprise televise likewise clockwise wise noise poise praise cruise
    bruise raise appraise treatise comprise apprise expertise incise circumcise reprise turquoise
    porpoise tortoise
    """
)
_DOUBLED = re.compile(r"(?<=[aeiou])ll(ed|ing|ers?)$")
_DOUBLED_STEMS = listed(
    """
    trave channe cance labe mode leve counse signa fue tota tunne marsha pane riva shove equa
    """
)


@lru_cache(maxsize=65536)
def american(word: str) -> str:
    """A lower-case word in American spelling.

    >>> american("modernisation"), american("programmes"), american("enterprise"), american("labelled")
    ('modernization', 'programs', 'enterprise', 'labeled')
    """
    if len(word) < 4 or not word.isascii():
        return word
    known = _AMERICAN.get(word)
    if known:
        return known
    if word.endswith("s") and word[:-1] in _AMERICAN:
        return _AMERICAN[word[:-1]] + "s"
    found = _ISE.search(word) if "is" in word else None
    if found:
        stem = word[: found.start()] + "ise"
        if stem not in _NOT_IZE:
            return word[: found.start()] + "iz" + found.group(1)
    doubled = _DOUBLED.search(word) if "ll" in word else None
    if doubled and word[: doubled.start()] in _DOUBLED_STEMS:
        return word[: doubled.start()] + "l" + doubled.group(1)
    return word


_BRITISH: dict[str, list[str]] = {}
for _one, _other in _AMERICAN.items():
    _BRITISH.setdefault(_other, []).append(_one)
_IZE = re.compile(r"iz(e[ds]?|ers?|ing|ations?|ational|able)$")
_SINGLE = re.compile(r"(?<=[aeiou])l(ed|ing|ers?)$")


def spellings(word: str) -> list[str]:
    """The other words that are this one in American spelling.

    >>> spellings("modernization"), spellings("programs"), spellings("labeled"), spellings("plan")
    (['modernisation'], ['programmes'], ['labelled'], [])
    """
    found = list(_BRITISH.get(word, ()))
    if word.endswith("s"):
        found += [f"{british}s" for british in _BRITISH.get(word[:-1], ())]
    ize = _IZE.search(word) if "iz" in word else None
    if ize:
        found.append(f"{word[: ize.start()]}is{ize.group(1)}")
    single = _SINGLE.search(word)
    if single and word[: single.start()] in _DOUBLED_STEMS:
        found.append(f"{word[: single.start()]}ll{single.group(1)}")
    return [other for other in found if other != word and american(other) == word]
