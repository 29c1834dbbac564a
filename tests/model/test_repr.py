"""Values print on one line that says what they are, so that notebooks and failing tests can be read."""

from termbank.model.concept import Concept, Status, Term
from termbank.model.concept_facts import Description
from termbank.model.document import Block, BlockKind, Document
from termbank.model.finding import Finding, Severity
from termbank.model.language import Language
from termbank.model.span import Span

ZH = Term("新质生产力", Language.ZH_HANS, Status.PREFERRED)
EN = Term("new quality productive forces", Language.EN, Status.PREFERRED)


def test_values_print_briefly() -> None:
    assert repr(ZH) == "<Term zh-Hans 新质生产力, preferred>"
    assert repr(Concept("nqpf", (ZH, EN))) == "<Concept nqpf: 新质生产力 = new quality productive forces>"
    assert repr(Concept("nqpf", (ZH,))) == "<Concept nqpf: 新质生产力>"
    document = Document("a.txt", "改革。" * 100, (Block(BlockKind.PARAGRAPH, Span(0, 300)),))
    assert repr(document) == "<Document a.txt, 300 characters>"
    finding = Finding(
        "number-mismatch", Severity.ERROR, "2030 in the Chinese.", file="a.txt", line=3, column=7
    )
    assert repr(finding) == "<Finding number-mismatch, a.txt:3:7: 2030 in the Chinese.>"


def test_equality_and_hash_are_those_of_the_fields() -> None:
    assert Term("新质生产力", Language.ZH_HANS, Status.PREFERRED) == ZH
    assert hash(Concept("nqpf", (ZH, EN))) == hash(Concept("nqpf", (ZH, EN)))
    assert Concept("nqpf", (ZH, EN)) != Concept("nqpf", (ZH, EN), notes=(Description("other"),))
