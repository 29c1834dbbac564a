"""What English looks like: its tokens, its inflection, its two spellings.

Text comes in; tokens with their places, the dictionary form of a word, or all the forms a word may take
go out. `forms` inflects by rule and list and needs no dictionary, so that matching is quick to begin;
`lemma` asks simplemma, loaded on first use, and lets our own lists overrule it.

Words that change their meaning with their ending are never folded: goods is not good, customs not custom.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from termbank.core.span import Span

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ＇][^\W\d_]+)*['’](?=\s|$)|[^\W_]+(?:['’ʼ＇][^\W\d_]+)*|[^\w\s]|_")


class Token(NamedTuple):
    """A word, figure or mark, with its place and its lower-case form (straight apostrophes, no possessive)."""

    text: str
    span: Span
    lower: str


NEVER_FOLDED = frozenset(
    """
    goods arms customs means news works headquarters series species politics economics statistics physics
    mathematics ethics logistics electronics robotics dynamics genetics mechanics optics acoustics aerospace
    premises proceeds savings earnings belongings surroundings outskirts thanks resources minutes spirits
    its this thus has was does is as us yes lens gas bus plus gross census consensus status focus campus virus
    surplus corpus apparatus nexus bonus chorus basis crisis analysis thesis emphasis hypothesis synthesis
    axis diagnosis business process access progress success congress press class glass mass stress address
    wireless witness fitness wellness leaf leaves least during something nothing anything
    everything spring string king ring wing thing bring morning evening ceiling beijing chongqing nanjing
    indeed need speed seed feed breed exceed proceed succeed agreed hundred sacred united red bed shed
    """.split()
)

_IRREGULAR_NOUNS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth",
    "goose": "geese", "mouse": "mice", "ox": "oxen", "life": "lives", "wife": "wives",
    "half": "halves", "shelf": "shelves", "thief": "thieves", "knife": "knives", "self": "selves", "loaf": "loaves",
    "wolf": "wolves", "criterion": "criteria", "phenomenon": "phenomena", "basis": "bases",
    "crisis": "crises", "analysis": "analyses", "thesis": "theses", "axis": "axes", "hypothesis": "hypotheses",
    "synthesis": "syntheses", "diagnosis": "diagnoses", "emphasis": "emphases", "datum": "data", "medium": "media",
    "curriculum": "curricula", "memorandum": "memoranda", "stratum": "strata", "spectrum": "spectra",
    "index": "indices", "appendix": "appendices", "matrix": "matrices", "nucleus": "nuclei", "focus": "foci",
    "stimulus": "stimuli", "hero": "heroes", "potato": "potatoes", "tomato": "tomatoes", "veto": "vetoes",
    "embargo": "embargoes", "cargo": "cargoes", "echo": "echoes",
}  # fmt: skip

_IRREGULAR_VERBS = {
    "be": "is are was were been being am", "have": "has had having", "do": "does did done doing",
    "build": "builds built building", "make": "makes made making", "lead": "leads led leading",
    "keep": "keeps kept keeping", "take": "takes took taken taking", "give": "gives gave given giving",
    "go": "goes went gone going", "hold": "holds held holding", "uphold": "upholds upheld upholding",
    "run": "runs ran running", "win": "wins won winning", "begin": "begins began begun beginning",
    "bring": "brings brought bringing", "seek": "seeks sought seeking", "find": "finds found finding",
    "grow": "grows grew grown growing", "rise": "rises rose risen rising", "see": "sees saw seen seeing",
    "set": "sets setting", "put": "puts putting", "cut": "cuts cutting", "let": "lets letting",
    "write": "writes wrote written writing", "drive": "drives drove driven driving", "bear": "bears bore borne bearing",
    "fight": "fights fought fighting", "meet": "meets met meeting", "speak": "speaks spoke spoken speaking",
    "stand": "stands stood standing", "withstand": "withstands withstood", "strive": "strives strove striven striving",
    "break": "breaks broke broken breaking", "choose": "chooses chose chosen choosing", "buy": "buys bought buying",
    "sell": "sells sold selling", "pay": "pays paid paying", "lay": "lays laid laying", "say": "says said saying",
    "send": "sends sent sending", "spend": "spends spent spending", "lend": "lends lent lending",
    "lose": "loses lost losing", "leave": "leaves left leaving", "get": "gets got gotten getting",
    "become": "becomes became becoming", "come": "comes came coming", "overcome": "overcomes overcame overcoming",
    "undertake": "undertakes undertook undertaken undertaking", "forge": "forges forged forging",
    "know": "knows knew known knowing", "think": "thinks thought thinking", "teach": "teaches taught teaching",
    "tell": "tells told telling", "feel": "feels felt feeling", "deal": "deals dealt dealing",
    "spread": "spreads spreading", "shut": "shuts shutting", "cast": "casts casting", "bid": "bids bidding",
    "upset": "upsets upsetting", "offset": "offsets offsetting", "draw": "draws drew drawn drawing",
}  # fmt: skip

_SINGULAR = {plural: single for single, plural in _IRREGULAR_NOUNS.items()}
_BASE_VERB = {form: base for base, forms in _IRREGULAR_VERBS.items() for form in forms.split()}


def tokens(text: str) -> list[Token]:
    """The words, figures and marks of a text in order; spaces are left out.

    >>> [token.lower for token in tokens("The Party’s “AI+” plan")]
    ['the', 'party', '“', 'ai', '+', '”', 'plan']
    """
    return [
        Token(found.group(), Span(found.start(), found.end()), plain(found.group()))
        for found in _TOKEN.finditer(text)
    ]


def plain(word: str) -> str:
    """A word in lower case without its possessive ending."""
    lower = word.lower()
    if lower.isalnum():
        return lower
    lower = lower.replace("’", "'").replace("ʼ", "'").replace("＇", "'")
    if lower.endswith("'s") and len(lower) > 2:
        return lower[:-2]
    return lower[:-1] if lower.endswith("'") and len(lower) > 1 else lower


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The dictionary form of one word, in American spelling.

    >>> lemma("Forces"), lemma("goods"), lemma("thieves"), lemma("modernisation")
    ('force', 'goods', 'thief', 'modernization')
    """
    lower = plain(word)
    if lower in NEVER_FOLDED or not lower.isalpha() or not lower.isascii():
        return american(lower)
    known = _SINGULAR.get(lower) or _BASE_VERB.get(lower)
    if known:
        return american(known)
    import simplemma

    found: str = simplemma.lemmatize(lower, lang="en")
    if found == lower and lower.endswith("ies") and len(lower) > 4:
        found = lower[:-3] + "y"
    return american(found.lower())


@lru_cache(maxsize=65536)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form a word may come from.

    >>> sorted(lemmas("bases"))
    ['base', 'basis']
    """
    lower = plain(word)
    found = {lemma(word)}
    if lower not in NEVER_FOLDED:
        found.add(american(singular(lower)) if lower not in _SINGULAR else american(lower[:-1]))
        found.update(american(table[lower]) for table in (_SINGULAR, _BASE_VERB) if lower in table)
    return frozenset(found)


_VOWELS = frozenset("aeiou")
_SIBILANT = ("s", "x", "z", "ch", "sh")
_KEPT_STRESS = frozenset(
    """
    open happen offer develop deliver consider enter cover gather foster target benefit limit visit edit profit
    market monitor audit deposit exhibit inhibit prohibit interpret listen strengthen deepen broaden widen
    tighten weaken threaten lessen heighten shorten lengthen harden soften sharpen enlighten frighten render
    suffer transfer wonder order border consider register administer answer deliver differ alter filter
    budget credit orbit pilot pivot harvest interest
    """.split()
) - {"transfer"}


@lru_cache(maxsize=65536)
def plurals(noun: str) -> frozenset[str]:
    """The plural forms of a singular noun, by list and rule.

    >>> sorted(plurals("policy")), sorted(plurals("index"))
    (['policies'], ['indexes', 'indices'])
    """
    if noun in NEVER_FOLDED and noun not in _IRREGULAR_NOUNS:
        return frozenset((noun + "es",)) if noun.endswith("ss") else frozenset()
    found = {_IRREGULAR_NOUNS[noun]} if noun in _IRREGULAR_NOUNS else set()
    if noun.endswith("man") and len(noun) > 5:
        found.add(noun[:-2] + "en")
    elif not found or noun in ("index", "appendix", "matrix", "medium", "memorandum", "focus", "person"):
        found.add(_with_s(noun))
    return frozenset(found)


def _with_s(word: str) -> str:
    if word.endswith("y") and len(word) > 2 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_SIBILANT) else "s")


@lru_cache(maxsize=65536)
def verb_forms(verb: str) -> frozenset[str]:
    """The other forms of a verb in its base form, by list and rule.

    >>> sorted(verb_forms("modify")), sorted(verb_forms("plan")), sorted(verb_forms("uphold"))
    (['modified', 'modifies', 'modifying'], ['planned', 'planning', 'plans'], ['upheld', 'upholding', 'upholds'])
    """
    if verb in _IRREGULAR_VERBS:
        return frozenset(_IRREGULAR_VERBS[verb].split())
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return frozenset((verb + "s", verb + "d", verb[:-1] + "ing"))
    if verb.endswith("y") and len(verb) > 2 and verb[-2] not in _VOWELS:
        return frozenset((verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"))
    stem = verb + verb[-1] if _doubles(verb) else verb
    return frozenset((_with_s(verb), stem + "ed", stem + "ing"))


def _doubles(verb: str) -> bool:
    if len(verb) < 3 or verb in _KEPT_STRESS or verb[-1] in _VOWELS or verb[-1] in "wxyhkcsz":
        return False
    return verb[-2] in _VOWELS and verb[-3] not in _VOWELS and (len(verb) < 5 or verb[-1] in "trlmpn") and (
        sum(char in _VOWELS for char in verb) == 1 or verb in _STRESSED
    )


_STRESSED = frozenset("admit commit permit submit transmit omit regret refer prefer infer confer defer transfer occur incur concur control patrol compel propel expel excel rebel begin equip".split())


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The singular of a plural noun, or the word as it is where it is no plural.

    >>> singular("forces"), singular("policies"), singular("goods"), singular("analyses"), singular("processes")
    ('force', 'policy', 'goods', 'analysis', 'process')
    """
    if word in NEVER_FOLDED or len(word) < 4:
        return word
    if word in _SINGULAR:
        return _SINGULAR[word]
    if word.endswith("men") and len(word) > 5:
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65536)
def noun_forms(word: str) -> frozenset[str]:
    """A noun in its singular and its plural, whichever was given; in American spelling.

    >>> sorted(noun_forms("forces")), sorted(noun_forms("customs"))
    (['force', 'forces'], ['customs'])
    """
    one = singular(word)
    return frozenset(american(form) for form in (word, one, *plurals(one)))


@lru_cache(maxsize=65536)
def base_verb(word: str) -> str | None:
    """The base of a form in -ing, or of an irregular form, as far as rules tell; None for any other word."""
    if word in _BASE_VERB:
        return _BASE_VERB[word]
    if not word.endswith("ing") or len(word) < 6 or word in NEVER_FOLDED:
        return None
    stem = word[:-3]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith(("at", "iz", "ys", "uc", "ov", "eav", "as", "os", "us", "ag", "eg", "in", "ut", "ot", "ur", "ir", "id", "od", "ud", "ad", "lv", "rv", "av", "iv", "ang", "ar", "or", "it", "rg", "nc", "bl", "pl", "tl", "cl")) and word not in _KEEP_STEM:
        return stem + "e"
    return stem


_KEEP_STEM = frozenset(f"{stem}ing" for stem in "build lead read spread treat seat meat beat float train gain maintain explain contain sustain obtain attain retain join visit edit audit limit benefit profit credit deposit exhibit prohibit monitor transform perform reform inform conform form start report support export import transport orient cover open bear hear wear repair fear appear clear gather offer refer transfer prefer fight eat defeat repeat heat succeed act combat need feed aid avoid load upload download broaden harden deepen strengthen assign sign design win begin pin plan ban scan link think drink put shut cut set get let join pilot harbor favor honor labor color monitor tutor sponsor refactor input output debut".split())


@lru_cache(maxsize=65536)
def forms(word: str) -> frozenset[str]:
    """Every form that a word of a phrase may take, as noun or as verb; lower case, American spelling.

    >>> sorted(forms("reform"))
    ['reform', 'reformed', 'reforming', 'reforms']
    >>> "contractor" in forms("contract"), sorted(forms("goods"))
    (False, ['goods'])
    """
    found = set(noun_forms(word))
    verb = base_verb(word) or (word if word not in NEVER_FOLDED and word.isalpha() and len(word) > 2 else None)
    if verb:
        found.update(american(form) for form in (verb, *verb_forms(verb)))
    return frozenset(found)


_AMERICAN = {
    "programme": "program", "centre": "center", "theatre": "theater", "metre": "meter", "litre": "liter",
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
_NOT_IZE = frozenset(
    """
    advertise advise arise comprise compromise concise demise despise devise disguise enterprise excise exercise
    expertise franchise improvise merchandise otherwise paradise precise premise promise raise revise rise
    supervise surmise surprise televise likewise clockwise wise noise poise praise cruise bruise raise appraise
    treatise comprise apprise expertise incise circumcise reprise turquoise porpoise tortoise
    """.split()
)
_DOUBLED = re.compile(r"(?<=[aeiou])ll(ed|ing|ers?)$")
_DOUBLED_STEMS = frozenset(
    "trave channe cance labe mode leve counse signa fue tota tunne marsha pane riva shove equa".split()
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
    found = _ISE.search(word)
    if found:
        stem = word[: found.start()] + "ise"
        if stem not in _NOT_IZE:
            return word[: found.start()] + "iz" + found.group(1)
    doubled = _DOUBLED.search(word)
    if doubled and word[: doubled.start()] in _DOUBLED_STEMS:
        return word[: doubled.start()] + "l" + doubled.group(1)
    return word
