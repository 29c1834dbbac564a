"""English morphology: the forms of a word, its lemma, and its stems.

From exact to coarse:

* `forms`, `noun_forms`, `verb_forms`: every form of a word, by rules and lists, without a dictionary, so that matching
  starts fast. Nothing is derived: contractor is no form of contract. Words that change their meaning with
  their ending are never folded: goods is not good, and leaves may be of leaf or of leave.
* `lemma`, `lemmas`: the dictionary form by simplemma, corrected by the same lists; for the checks.
* `dictionary_lemma`: simplemma's lemma as it is; the translation lexicon, alignment and extraction are built on it.
* `inflection_stem`: a word without its inflection, right or wrong; for lookup keys.
* `family_stem`, `loose_family_stem`: a word without its derivation as well, so that regulator meets regulation.

All results are in American spelling and lower case.
"""

from __future__ import annotations

import re
from functools import lru_cache

from termbank.model.resources import read_json
from termbank.text.lemmas_en import simplemma_lemma
from termbank.text.spelling_en import american, american_by_ending, word_set
from termbank.text.tokenizer_en import lower_form

_WORDS = read_json("termbank.text", "english.json")["morphology"]
NEVER_FOLDED = word_set(_WORDS["never_folded"])

_IRREGULAR_NOUNS: dict[str, str] = _WORDS["plurals"]
_TWO_PLURALS = word_set(_WORDS["two_plurals"])

_IRREGULAR_VERBS: dict[str, str] = _WORDS["verbs"]

_COUNTED = word_set(_WORDS["counted"])
_SPECIAL_NOUNS = NEVER_FOLDED | _IRREGULAR_NOUNS.keys() | set(_IRREGULAR_NOUNS.values())
SINGULAR = {plural: single for single, plural in _IRREGULAR_NOUNS.items()}
BASE_VERB = {form: base for base, forms in _IRREGULAR_VERBS.items() for form in forms.split()}


_VOWELS = frozenset("aeiou")
_SIBILANT = ("s", "x", "z", "ch", "sh")
_KEPT_STRESS = word_set(_WORDS["stressed_before_the_end"])


@lru_cache(maxsize=65536)
def plurals(noun: str) -> frozenset[str]:
    """The plural forms of a singular noun, by list and rule.

    >>> sorted(plurals("policy")), sorted(plurals("index"))
    (['policies'], ['indexes', 'indices'])
    """
    if noun in NEVER_FOLDED and noun not in _IRREGULAR_NOUNS:
        counted = noun.endswith("ss") or noun in _COUNTED
        return frozenset((noun + "es",)) if counted else frozenset()
    found = {_IRREGULAR_NOUNS[noun]} if noun in _IRREGULAR_NOUNS else set()
    if noun.endswith("man") and len(noun) > 5:
        found.add(noun[:-2] + "en")
    elif not found or noun in _TWO_PLURALS:
        found.add(_with_s(noun))
    return frozenset(found)


def _with_s(word: str) -> str:
    """A word with the regular ending of a plural or of the third person."""
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
    """Whether a verb doubles its last letter before -ed and -ing: plan, submit, but not open."""
    if len(verb) < 3 or verb in _KEPT_STRESS or verb[-1] in _VOWELS or verb[-1] in "wxyhkcsz":
        return False
    return (
        verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
        and (len(verb) < 5 or verb[-1] in "trlmpn")
        and (sum(char in _VOWELS for char in verb) == 1 or verb in _STRESSED)
    )


_STRESSED = word_set(_WORDS["stressed_at_the_end"])


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The singular of a plural noun, or the word as it is where it is no plural.

    >>> singular("forces"), singular("policies"), singular("goods"), singular("analyses"), singular("processes")
    ('force', 'policy', 'goods', 'analysis', 'process')
    """
    if word in NEVER_FOLDED or len(word) < 4:
        return word
    if word in SINGULAR:
        return SINGULAR[word]
    if word.endswith("men") and len(word) > 5:
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word[:-2] in _COUNTED:
        return word[:-2]
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
    if len(word) > 7 and not word.endswith(("s", "man", "men")) and word not in _SPECIAL_NOUNS:
        plural = _with_s(word)
        return frozenset((american(word), american(word if plural in NEVER_FOLDED else plural)))
    one = singular(word)
    others = (form for form in plurals(one) if form not in NEVER_FOLDED)
    return frozenset(american(form) for form in (word, one, *others))


_DROPS_E = tuple(_WORDS["stems_that_drop_e"].split())
_KEEPS_STEM = word_set(_WORDS["stems_without_e"])


@lru_cache(maxsize=65536)
def base_verb(word: str) -> str | None:
    """The base of a form in -ing, or of an irregular form, as far as rules tell; None for any other word.

    >>> base_verb("planning"), base_verb("promoting"), base_verb("upheld"), base_verb("plan")
    ('plan', 'promote', 'uphold', None)
    """
    if word in BASE_VERB:
        return BASE_VERB[word]
    if not word.endswith("ing") or len(word) < 6 or word in NEVER_FOLDED:
        return None
    stem = word[:-3]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if stem.endswith(_DROPS_E) and stem not in _KEEPS_STEM else stem


@lru_cache(maxsize=65536)
def forms(word: str) -> frozenset[str]:
    """Every form that a word of a phrase may take, as noun or as verb; lower case, American spelling.

    >>> sorted(forms("reform"))
    ['reform', 'reformed', 'reforming', 'reforms']
    >>> "contractor" in forms("contract"), sorted(forms("goods"))
    (False, ['goods'])
    """
    found = set(noun_forms(word))
    verb = base_verb(word) or (
        word if word not in NEVER_FOLDED and word.isalpha() and len(word) > 2 else None
    )
    if verb:
        found.update(american(form) for form in (verb, *verb_forms(verb)) if form not in NEVER_FOLDED)
    return frozenset(found)


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The dictionary form of one word.

    >>> lemma("Forces"), lemma("goods"), lemma("thieves"), lemma("modernisation")
    ('force', 'goods', 'thief', 'modernization')
    """
    lower = lower_form(word)
    known = SINGULAR.get(lower) or BASE_VERB.get(lower)
    if known:
        return american(known)
    if lower in NEVER_FOLDED or not lower.isalpha() or not lower.isascii():
        return american(lower)
    found = simplemma_lemma(lower)
    if found == lower and lower.endswith("ies") and len(lower) > 4:
        found = lower[:-3] + "y"
    return american(found.lower())


@lru_cache(maxsize=65536)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form a word may come from.

    >>> sorted(lemmas("bases"))
    ['base', 'basis']
    """
    lower = lower_form(word)
    found = {lemma(word)}
    if lower not in NEVER_FOLDED:
        found.add(american(singular(lower)) if lower not in SINGULAR else american(lower[:-1]))
        found.update(american(table[lower]) for table in (SINGULAR, BASE_VERB) if lower in table)
    return frozenset(found)


@lru_cache(maxsize=1 << 17)
def dictionary_lemma(word: str) -> str:
    """The lemma of a lower-case word by simplemma alone, spelling unified by ending.

    >>> dictionary_lemma("organisations"), dictionary_lemma("goods"), dictionary_lemma("is")
    ('organization', 'good', 'be')
    """
    return american_by_ending(simplemma_lemma(word).lower())


@lru_cache(maxsize=1 << 16)
def inflection_stem(word: str) -> str:
    """A lower-case word without its inflection, roughly: for finding, never for matching.

    >>> [inflection_stem(word) for word in ("forces", "policies", "opening", "modernisation", "planning", "process")]
    ['forc', 'policy', 'open', 'modernization', 'plan', 'process']
    """
    if len(word) < 4 or word in _UNINFLECTED or not word.isascii() or word.isdigit():
        return word
    word = _without_ing_or_ed(_without_s(american(word)))
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


_UNINFLECTED = word_set("news goods customs arms means thus this need feed speed")


def _without_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_ing_or_ed(word: str) -> str:
    for ending, least in (("ing", 4), ("ed", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            stem = word[: -len(ending)]
            if not re.search("[aeiouy]", stem):
                return word
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
    return word


@lru_cache(maxsize=1 << 15)
def family_stem(word: str) -> str:
    """A lower-case word without its inflection and derivation, at least four letters long, for comparing words.

    One ending of each group is removed in turn.

    >>> family_stem("socialism") == family_stem("socialist"), family_stem("regulation") == family_stem("regulators")
    (True, True)
    >>> family_stem("privately") == family_stem("private"), family_stem("nation") == family_stem("nature")
    (True, False)
    """
    word = american(word)
    for endings in _FAMILY_ENDINGS:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    return word


_FAMILY_ENDINGS = tuple(tuple(endings.split()) for endings in _WORDS["family_endings"])
_LOOSE_ENDINGS = re.compile(
    r"(?:isations?|izations?|ations?|itions?|ions?|ments?|ities|ity|ness|ances?|ences?|ings?|ively|ive|ally|als?|ors?|ers?"
    r"|ary|ory|ously|ous|ically|ics?|ised?|ized?|ise|ize|ed|ly|es|s|e|y)$"
)


def loose_family_stem(word: str) -> str:
    """A lemma without its longest derivational ending; the word itself where fewer than four letters would remain.

    Looser than `family_stem`, and what the weights of extraction were fitted with.

    >>> loose_family_stem("institutions"), loose_family_stem("institute"), loose_family_stem("monetary")
    ('institut', 'institut', 'monet')
    """
    stem = _LOOSE_ENDINGS.sub("", word)
    return stem if len(stem) >= 4 else word
