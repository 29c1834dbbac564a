"""Glossaries for the shelves' tests: one that says everything, one full of hard values."""

from __future__ import annotations

from termbank.model.concept import (
    Attestation,
    Concept,
    Grammar,
    MatchFlag,
    Status,
    Term,
    TermType,
    sort_terms,
)
from termbank.model.concept_facts import (
    BodyFacts,
    ConceptType,
    ContextPair,
    Description,
    EarliestUse,
    ExternalId,
    LawFacts,
    Member,
    PairReference,
    Profile,
    Relation,
    RelationType,
    TermForm,
)
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.span import Span

XINHUA = Publisher("xinhua", "Xinhua", PublisherKind.STATE_MEDIA, "en", ("新华社", "新华网"))
COUNCIL = Publisher("state-council", "State Council", PublisherKind.OFFICIAL)
REPORT = Source(
    "gwr-2024",
    "Report on the Work of the Government (2024)",
    COUNCIL,
    None,
    "2024-03-05",
    "en",
    "https://example.org/gwr",
)
NEWS = Source("news-2023", "“新质生产力”是什么", XINHUA, PublisherKind.STUDY_LIST, "2023-09", described=True)
LIST = Source("list", "A list")

PRODUCTIVE = Concept(
    "new-quality-productive-forces",
    sort_terms(
        [
            Term(
                "新质生产力",
                Language.ZH_HANS,
                Status.PREFERRED,
                attestations=(
                    Attestation(NEWS, None, True, False, "加快形成新质生产力", Span(4, 9)),
                    Attestation(REPORT, None, True),
                ),
            ),
            Term("新質生產力", Language.ZH_HANT, Status.PREFERRED),
            Term("新質生產力", Language.ZH_TW, Status.PROPOSED, form=TermForm.CONVERTED),
            Term(
                "new quality productive forces",
                Language.EN,
                Status.PREFERRED,
                since="2023-09",
                note="Plural.",
                attestations=(Attestation(LIST, copied=True), Attestation(REPORT, "2024-03", True)),
                by_hand=True,
                fixed_by=REPORT,
            ),
            Term(
                "NQPFs",
                Language.EN,
                Status.ADMITTED,
                TermType.ABBREVIATION,
                flags=frozenset((MatchFlag.CASE, MatchFlag.EXACT)),
                abbreviation_of="new quality productive forces",
                attestations=(
                    Attestation(
                        REPORT,
                        span=Span(7, 11),
                        inferred=True,
                        text_hash="0123456789abcdef" * 4,
                        pair=PairReference("fedcba9876543210" * 4, 0),
                    ),
                ),
            ),
            Term(
                "new-quality productivity",
                Language.EN,
                Status.PREFERRED,
                profiles=frozenset((Profile.HONG_KONG, Profile.TAIWAN)),
            ),
            Term(
                "new productivity",
                Language.EN,
                Status.SUPERSEDED,
                until="2023",
                never_inside=("brand-new productivity",),
            ),
            Term("new-type productivity", Language.EN, Status.DEPRECATED, TermType.VARIANT),
        ]
    ),
    "economy",
    ConceptType.CAMPAIGN,
    (
        Description("以创新为主导的先进生产力。", Language.ZH_HANS, NEWS),
        Description("Productive forces that advance through innovation."),
    ),
    (Description("Coined in 2023."), Description("The plural is usual.", source=REPORT)),
    (
        ContextPair("加快发展新质生产力。", "Develop new quality productive forces faster.", REPORT),
        ContextPair("因地制宜发展新质生产力。", "Develop NQPFs as local conditions allow."),
    ),
    (
        Relation(RelationType.BROADER, "total-factor-productivity"),
        Relation(RelationType.CONFUSED_WITH, "deepen-reform"),
        Relation(RelationType.RELATED, "elsewhere"),
    ),
    (ExternalId("iate", "3591"), ExternalId("wikidata", "Q123")),
    (Member("科技创新", "innovation"), Member("全要素生产率", None, "total-factor-productivity")),
    BodyFacts("1949-10", ("1954", "1982-12-04"), ("alone",), ("deepen-reform",)),
    LawFacts("2020-05-28", ("2021",), "2021-01-01", "新质", "NQ"),
    EarliestUse(NEWS, "2023-09-07", "新质生产力"),
)
FACTOR = Concept(
    "total-factor-productivity",
    sort_terms(
        [
            Term("全要素生产率", Language.ZH_HANS),
            Term("total factor productivity", Language.EN, grammar=Grammar.NOUN_PHRASE),
        ]
    ),
)
PUSH = Concept(
    "deepen-reform",
    sort_terms(
        [
            Term("深化改革", Language.ZH_HANS, Status.PREFERRED, grammar=Grammar.VERB_PHRASE),
            Term("deepen reform", Language.EN, Status.ADMITTED, grammar=Grammar.VERB_PHRASE),
            Term("reform is deepened", Language.EN, grammar=Grammar.CLAUSE),
        ]
    ),
    "party",
)
ALONE = Concept("alone", (Term("独此一家", Language.ZH_HANS),), notes=(Description("No rendering yet."),))
WHOLE = Glossary.of((PRODUCTIVE, FACTOR, PUSH, ALONE), "sample", "A sample")

HARD_TEXTS = (
    "=1+1", "'=1", "'quoted'", "+86", "-x", "@home", "＝SUM(A1)", "a,b", 'say "so"', '"', "a;b", "a|b", "a\\;b", "\\",
    "two\nlines", "two\r\nlines", "a\rb", "tab\tbed", " space before", "space after ", "<b>&amp;</b>", "]]>", "{x}", "[a]",
    "#not a comment", "“引号”", "全角：，；", "𠮷野家", "e\u0301", "\u200b zero width", "\ufeffmark", "\x00", "\x1b[31mred", "\x7f\x85",
    "\u2028", "true", "3.0", "2024-03-05", "_x0041_", "a : b", "x" * 400,
)  # fmt: skip


def _hard(number: int, text: str) -> Concept:
    terms = [
        Term("难" + text, Language.ZH_HANS, note=text),
        Term(
            text,
            Language.EN,
            never_inside=(text, "x; " + text),
            attestations=(Attestation(LIST, quotation=text),),
        ),
    ]
    return Concept(
        f"hard-{number:02d}",
        sort_terms(terms),
        text,
        definitions=(Description(text, Language.ZH_HANT, LIST), Description(text)),
        notes=(Description(text, Language.ZH_HANS),),
        contexts=(ContextPair(text, text),),
        external_ids=(ExternalId("base", text),),
        members=(Member(text, text),),
        law=LawFacts(short_title_zh=text, short_title_en=text),
        first_use=EarliestUse(quotation=text),
    )


HARD = Glossary.of(_hard(number, text) for number, text in enumerate(HARD_TEXTS))
