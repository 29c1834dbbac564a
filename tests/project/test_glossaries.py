"""The shipped glossaries keep the rules of docs/curation.md."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from termbank.services.glossary_file import read_glossary
from termbank.services.status_from_evidence import allowed_status
from termbank.text.scripts import to_simplified

GLOSSARIES = Path(__file__).resolve().parents[2] / "glossaries"
AUTHORITIES = ("publishers", "documents", "refused")
LANGUAGES = ("zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "en")
STATUSES = ("preferred", "admitted", "proposed", "superseded", "deprecated")
TYPES = {"full form", "short form", "abbreviation", "variant"}
GRAMMARS = {"noun phrase", "verb phrase", "adjective", "clause"}
OFFICIAL = {"official", "state media"}
NAMES = {"body", "law", "document", "meeting", "campaign", "office", "numbered formula"}
KINDS = {
    *OFFICIAL, "academic", "think tank", "law firm", "press", "reference",
    "study list", "machine-like copy", "unknown",
}  # fmt: skip
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DATE = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

# Where an address may lead: the publishers' own sites and institutions everyone knows.
HOSTS = re.compile(
    r"""(^|\.)(
      chinadaily\.com\.cn | china\.org\.cn | people\.cn | people\.com\.cn | news\.cn | cgtn\.com | cctv\.com
    | ecns\.cn | globaltimes\.cn | gmw\.cn | qstheory\.cn | theorychina\.org\.cn | gov\.cn | xinhuanet\.com | china\.com\.cn
    | beijingreview\.com\.cn | chinatoday\.com\.cn | shine\.cn | chinadailyasia\.com | npcobserver\.com | china-embassy\.gov\.cn | policyaddress\.gov\.hk | moj\.gov\.tw | wikisource\.org | loc\.gov
    | hku\.hk | bjtu\.edu\.cn | xisu\.edu\.cn | tsinghua\.edu\.cn | szu\.edu\.cn | nju\.edu\.cn | bjut\.edu\.cn
    | bisu\.edu\.cn | ynau\.edu\.cn | zznu\.edu\.cn | isa\.ac\.cn | wikipedia\.org | stanford\.edu
    | georgetown\.edu | csis\.org | af\.edu | ndu\.edu | jamestown\.org | merics\.org | hrw\.org | rba\.gov\.au
    | springer\.com | mdpi\.com | ucpress\.edu | scmp\.com | reuters\.com | bloomberg\.com | taipeitimes\.com
    | caixinglobal\.com | mondaq\.com | lexology\.com | chinalawtranslate\.com | chinamediaproject\.org | chinajusticeobserver\.com
    | chinascope\.org | datacompliancechina\.com | digitalchinawinsthefuture\.com | oodaloop\.com
    | (lcbackerblog\.blogspot | (trackingpeoplesdaily|pekingnology)\.substack)\.com
    )$""",
    re.VERBOSE,
)
TRACKING = re.compile(r"[?&](utm_\w+|ref|fbclid|gclid|spm)=")


@cache
def pack(name: str) -> dict[str, Any]:
    with (GLOSSARIES / f"{name}.toml").open("rb") as f:
        return tomllib.load(f)


def names() -> list[str]:
    return sorted(path.stem for path in GLOSSARIES.glob("*.toml"))


def subjects() -> list[str]:
    return [name for name in names() if name not in AUTHORITIES]


def concepts() -> Iterator[dict[str, Any]]:
    for name in subjects():
        yield from pack(name)["concept"]


def renderings() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every English term with its concept."""
    for concept in concepts():
        for term in concept["term"]:
            if term["language"] == "en":
                yield concept, term


def publishers() -> dict[str, dict[str, Any]]:
    return {p["id"]: p for p in pack("publishers")["publisher"]}


def sources() -> dict[str, dict[str, Any]]:
    return {s["id"]: s for s in pack("documents")["source"]}


@cache
def kinds() -> dict[str, str]:
    """Each source's kind: its own where it says one, otherwise its publisher's."""
    houses = publishers()
    return {
        s["id"]: s.get("kind") or houses.get(s.get("publisher", ""), {}).get("kind", "unknown")
        for s in sources().values()
    }


def label(concept: dict[str, Any], term: dict[str, Any]) -> str:
    return f"{concept['id']}: {term['text']}"


def plain(chinese: str) -> str:
    """A Chinese string without its marks, so that two spellings of one title compare."""
    return re.sub(r"[^\w+×]+", "", unicodedata.normalize("NFKC", chinese))


@pytest.mark.parametrize("name", names())
def test_a_pack_says_its_name_and_is_clean_text(name: str) -> None:
    data = (GLOSSARIES / f"{name}.toml").read_bytes()
    text = data.decode("utf-8")
    body = pack(name)
    assert body["schema"] == 2
    assert body["pack"] == name
    assert body["title"]
    assert "\r" not in text
    assert text.endswith("\n")
    assert text == unicodedata.normalize("NFC", text)
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


@pytest.mark.parametrize("name", subjects())
def test_the_concepts_of_a_pack_share_its_subject_and_are_sorted(name: str) -> None:
    listed = pack(name)["concept"]
    assert {c["subject"] for c in listed} == {name}
    assert [c["id"] for c in listed] == sorted(c["id"] for c in listed)


@pytest.mark.parametrize(("name", "array"), [("publishers", "publisher"), ("documents", "source")])
def test_the_authority_files_are_sorted_and_each_id_stands_once(name: str, array: str) -> None:
    ids = [entry["id"] for entry in pack(name)[array]]
    assert ids == sorted(set(ids))
    assert [i for i in ids if not ID.fullmatch(i) or len(i) > 80] == []


def test_every_concept_has_a_readable_id_of_its_own() -> None:
    ids = [c["id"] for c in concepts()]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert [i for i in ids if not ID.fullmatch(i) or len(i) > 80] == []


def test_related_concepts_exist() -> None:
    known = {c["id"] for c in concepts()}
    related = [(c["id"], relation["concept"]) for c in concepts() for relation in c.get("relations", [])]
    assert len(related) > 100
    assert [pair for pair in related if pair[1] not in known] == []


def test_every_field_of_a_term_has_a_known_value() -> None:
    wrong = []
    for concept in concepts():
        for term in concept["term"]:
            sound = (
                term["language"] in LANGUAGES
                and term["status"] in STATUSES
                and term.get("type", "full form") in TYPES
                and term.get("grammar", "noun phrase") in GRAMMARS
                and set(term.get("match", [])) <= {"case", "exact", "always", "aligned"}
                and all(DATE.fullmatch(term[k]) for k in ("since", "until") if k in term)
                and term.get("since", "0") <= term.get("until", "9") + "~"
            )
            if not sound:
                wrong.append(label(concept, term))
    assert wrong == []


def test_the_terms_of_a_concept_are_sorted_and_each_stands_once() -> None:
    for concept in concepts():
        keys = [
            (LANGUAGES.index(t["language"]), STATUSES.index(t["status"]), t["text"]) for t in concept["term"]
        ]
        assert keys == sorted(keys), concept["id"]
        texts = Counter((t["language"], t["text"].casefold()) for t in concept["term"])
        assert max(texts.values()) == 1, concept["id"]


def test_a_concept_has_one_preferred_term_a_language_and_one_to_write_in_both() -> None:
    for concept in concepts():
        per = Counter(t["language"] for t in concept["term"] if t["status"] == "preferred")
        assert all(n == 1 for n in per.values()), concept["id"]
        to_write = {t["language"][:2] for t in concept["term"] if t["status"] in STATUSES[:3]}
        assert to_write == {"zh", "en"}, concept["id"]


def test_a_chinese_term_stands_once_under_one_subject() -> None:
    owners = defaultdict(set)
    for concept in concepts():
        for term in concept["term"]:
            if term["language"] != "en":
                owners[concept["subject"], term["text"]].add(concept["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_a_headword_is_a_headword() -> None:
    """No article in front of a phrase, no stray mark, nothing cut off or left open."""
    articles = re.compile(r"(a|an|the) ")
    stray = re.compile(r"[\"'\t]|\.\.\.|…| {2}|[ ,;:]$|^[ ,;:]")
    wrong = [
        label(concept, term)
        for concept, term in renderings()
        if articles.match(term["text"])
        or stray.search(term["text"])
        or any(term["text"].count(left) != term["text"].count(right) for left, right in ("()", "“”"))
    ]
    assert wrong == []


def test_a_chinese_headword_stands_without_quotation_marks_around_it() -> None:
    wrong = [
        label(concept, term)
        for concept in concepts()
        for term in concept["term"]
        if term["language"] != "en" and re.fullmatch(r"“[^“”]*”|「[^「」]*」|《[^《》]*》", term["text"])
    ]
    assert wrong == []


def test_every_rendering_has_a_source() -> None:
    known = sources()
    assert [label(c, t) for c, t in renderings() if not t.get("attestations")] == []
    missing = {a["source"] for _, t in renderings() for a in t["attestations"]} - set(known)
    assert missing == set()


def test_the_attestations_of_a_rendering_are_sorted_dated_soundly_and_given_once() -> None:
    known = sources()
    for concept, term in renderings():
        keys = [
            (a.get("date") or known[a["source"]].get("date", ""), a["source"]) for a in term["attestations"]
        ]
        assert keys == sorted(set(keys)), label(concept, term)
        assert all(DATE.fullmatch(a["date"]) for a in term["attestations"] if "date" in a), label(
            concept, term
        )


def test_an_official_or_state_media_source_pairs_a_preferred_rendering_with_the_chinese_or_two_agree() -> (
    None
):
    wrong = []
    for concept, term in renderings():
        found = [a for a in term["attestations"] if kinds()[a["source"]] in OFFICIAL]
        agree = {sources()[a["source"]].get("publisher", a["source"]) for a in found}
        if term["status"] == "preferred" and all(a.get("inferred") for a in found) and len(agree) < 2:
            wrong.append(label(concept, term))
    assert wrong == []


def test_without_the_chinese_only_official_documents_and_names_in_state_media_are_certain() -> None:
    wrong = [
        label(concept, term)
        for concept, term in renderings()
        for a in term["attestations"]
        if not a.get("alongside")
        and not a.get("inferred")
        and kinds()[a["source"]] != "official"
        and not (kinds()[a["source"]] == "state media" and concept.get("type") in NAMES)
    ]
    assert wrong == []


def test_no_rendering_stands_above_what_the_rule_of_status_allows_for_its_evidence() -> None:
    glossary = read_glossary(GLOSSARIES)[0].glossary
    approved = [(c, t) for c in glossary for t in c.english if t.status.is_approved]
    assert len(approved) > 1000
    assert [(c.id, t.text) for c, t in approved if t.status.rank < allowed_status(t).rank] == []


def test_a_rendering_of_study_lists_or_copies_alone_is_never_approved() -> None:
    weak = {"study list", "reference", "machine-like copy", "unknown"}
    wrong = [
        label(concept, term)
        for concept, term in renderings()
        if term["status"] in ("preferred", "admitted")
        and {kinds()[a["source"]] for a in term["attestations"]} <= weak
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["official", "motion", "Chairman", "Secretary-General", "prosperity", "title"]
)
def test_an_ordinary_word_counts_only_beside_the_chinese(text: str) -> None:
    marked = {t["text"]: "aligned" in t.get("match", []) for _, t in renderings() if t["text"] == text}
    assert marked == {text: True}


def test_no_long_phrase_is_marked_as_an_ordinary_word() -> None:
    marked = [(c, t) for c, t in renderings() if "aligned" in t.get("match", [])]
    assert len(marked) >= 120
    assert [label(c, t) for c, t in marked if len(t["text"].split()) > 10] == []


def test_a_superseded_rendering_says_when() -> None:
    superseded = [(c, t) for c, t in renderings() if t["status"] == "superseded"]
    bare = [label(c, t) for c, t in superseded if not ("since" in t or "until" in t or "note" in t)]
    assert bare == []


def test_at_least_sixty_concepts_carry_a_dated_history() -> None:
    histories = {c["id"] for c, t in renderings() if "since" in t or "until" in t}
    changed = {
        c["id"] for c, t in renderings() if t["status"] == "superseded" and ("since" in t or "until" in t)
    }
    assert len(histories) >= 90
    assert len(changed) >= 60


@pytest.mark.parametrize(
    ("concept", "text", "status"),
    [
        ("community-with-a-shared-future-for-humanity", "community of common destiny", "superseded"),
        ("belt-and-road", "One Belt, One Road", "superseded"),
        ("moderately-prosperous-society", "well-off society in an all-round way", "superseded"),
        ("new-quality-productive-forces", "new quality productive forces", "preferred"),
        ("ai-agent", "intelligent body", "deprecated"),
        ("civil-military-integration", "military-civilian integration", "preferred"),
        ("state-administration-of-taxation", "State Administration of Taxation", "superseded"),
        ("national-data-bureau", "National Data Bureau", "superseded"),
    ],
)
def test_the_histories_everyone_knows_are_told(concept: str, text: str, status: str) -> None:
    found = {t["text"]: t["status"] for c, t in renderings() if c["id"] == concept}
    assert found.get(text) == status


def test_every_source_has_a_publisher_we_know_or_says_its_kind() -> None:
    houses = publishers()
    for source in sources().values():
        assert source["title"].strip(), source["id"]
        assert source.get("publisher") in houses or source.get("kind") in KINDS, source["id"]
        assert source.get("publisher") is None or source["publisher"] in houses, source["id"]
        assert source.get("kind") is None or source["kind"] in KINDS, source["id"]
        assert "date" not in source or DATE.fullmatch(source["date"]), source["id"]


def test_every_publisher_says_its_kind_and_no_name_belongs_to_two() -> None:
    owners = defaultdict(set)
    for publisher in publishers().values():
        assert publisher["kind"] in KINDS, publisher["id"]
        for name in (publisher["name"], *publisher.get("aliases", [])):
            owners[name.casefold()].add(publisher["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_every_source_and_publisher_listed_is_used() -> None:
    cited = {a["source"] for _, t in renderings() for a in t["attestations"]}
    assert set(sources()) - cited == set()
    assert set(publishers()) - {s["publisher"] for s in sources().values() if "publisher" in s} == set()


def test_no_address_leads_to_an_unknown_reposting_site() -> None:
    wrong = []
    for source in sources().values():
        if "url" in source:
            address = urlsplit(source["url"])
            known = address.scheme in ("http", "https") and HOSTS.search(address.netloc)
            if not known or TRACKING.search(source["url"]):
                wrong.append(source["url"])
    assert wrong == []


def test_what_is_refused_is_not_in_a_pack_and_says_why() -> None:
    kept = {t["text"] for c in concepts() for t in c["term"]}
    refused = pack("refused")["refused"]
    texts = [r["text"] for r in refused]
    assert texts == sorted(set(texts))
    assert [r["text"] for r in refused if r["text"] in kept or not r["reason"]] == []
    assert [r["text"] for r in refused if not re.fullmatch(r"[A-Z].{8,}\.", r["reason"])] == []


@pytest.mark.parametrize(("file", "number"), [("policy_terms.jsonl", 1900), ("policy_facts_2.jsonl", 3200)])
def test_every_chinese_term_of_the_facts_is_in_a_pack_or_refused(
    file: str, number: int, shared_data: Path
) -> None:
    lines = (shared_data / file).read_text(encoding="utf-8").splitlines()
    facts = {json.loads(line)["zh"] for line in lines}
    accounted = {t["text"] for c in concepts() for t in c["term"]} | {
        r["text"] for r in pack("refused")["refused"]
    }
    assert len(facts) >= number
    assert sorted(facts - accounted) == []


def test_a_refused_spelling_points_to_a_headword_that_exists() -> None:
    heads = {t["text"] for c in concepts() for t in c["term"]}
    for entry in pack("refused")["refused"]:
        pointed = re.fullmatch(r"Another spelling; the packs write (.+)\.", entry["reason"])
        if pointed:
            assert pointed[1] in heads
            assert plain(pointed[1]) == plain(to_simplified(entry["text"]))


def test_a_single_sighting_makes_no_period_and_a_preferred_term_has_not_ended() -> None:
    periods = [(c, t) for c, t in renderings() if "since" in t or "until" in t]
    assert [label(c, t) for c, t in periods if t.get("since") == t.get("until")] == []
    assert [label(c, t) for c, t in periods if t["status"] == "preferred" and "until" in t] == []


def test_the_glossaries_are_as_large_and_as_sure_as_promised() -> None:
    preferred = {c["id"]: t for c, t in renderings() if t["status"] == "preferred"}
    number = sum(1 for _ in concepts())
    assert number >= 3500
    assert len(preferred) >= 0.7 * number
    backed = [
        t for t in preferred.values() if any(kinds()[a["source"]] in OFFICIAL for a in t["attestations"])
    ]
    assert len(backed) >= 0.85 * len(preferred)


def test_no_definition_was_made_by_a_pattern() -> None:
    skeletons = defaultdict(list)
    frames = defaultdict(list)
    for concept in concepts():
        for definition in concept.get("definitions", []):
            skeleton = _NAMES_AND_NUMBERS.sub("@", definition["text"]).lower()
            words = [word if word in _FUNCTION_WORDS else "…" for word in skeleton.split()]
            skeletons[skeleton].append(concept["id"])
            frames[" ".join(word for word, _ in groupby(words))].append(concept["id"])
    assert sum(map(len, skeletons.values())) >= 400
    assert [ids for ids in skeletons.values() if len(ids) > 1] == []
    assert [ids for frame, ids in frames.items() if len(ids) > 2 and len(frame.split()) > 8] == []


_NAMES_AND_NUMBERS = re.compile(r"(?:[A-Z][\w’'-]*|\d[\d,.–-]*)(?:\s+(?:[A-Z][\w’'-]*|\d[\d,.–-]*))*")
_FUNCTION_WORDS = frozenset(
    "a an the of in on at by for to and or with from since that which its it is are was as under who whose".split()
)


def test_members_are_given_in_both_languages_and_lead_somewhere() -> None:
    known = {c["id"] for c in concepts()}
    members = [(c["id"], m) for c in concepts() for m in c.get("members", [])]
    assert len(members) > 100
    assert [i for i, m in members if not m.get("zh") or not m.get("en")] == []
    assert [i for i, m in members if "concept" in m and m["concept"] not in known] == []


def test_every_kind_of_concept_is_marked() -> None:
    marked = Counter(c.get("type", "term") for c in concepts())
    assert min(marked[kind] for kind in NAMES) >= 40, marked


def test_an_abbreviation_names_a_full_form_of_its_concept() -> None:
    wrong = []
    for concept in concepts():
        texts = {t["text"] for t in concept["term"]}
        wrong += [
            label(concept, t)
            for t in concept["term"]
            if "abbreviation_of" in t
            and (t["abbreviation_of"] not in texts or t["abbreviation_of"] == t["text"])
        ]
    assert wrong == []
