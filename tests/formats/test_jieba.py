"""The user dictionary makes jieba cut the bank's terms whole."""

from __future__ import annotations

import io

import pytest

from formats.samples import HARD, WHOLE
from termbank.files.glossaries import format_named, jieba
from termbank.files.glossaries.losses import list_losses
from termbank.model.concept import Concept, Grammar, Status, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language

Tokenizer = pytest.importorskip("jieba").Tokenizer
HANS, HANT = Language.ZH_HANS, Language.ZH_HANT


def _glossary(*terms: Term) -> Glossary:
    return Glossary.of(Concept(f"c-{number}", (term,)) for number, term in enumerate(terms))


def _tokenizer(data: bytes = b""):  # type: ignore[no-untyped-def]
    """jieba with its own dictionary and these words; its cache is not written."""
    tokenizer = jieba._plain_tokenizer()
    tokenizer.load_userdict(io.BytesIO(data))
    return tokenizer


def test_a_line_holds_a_term_its_frequency_and_its_tag() -> None:
    data = jieba.write(
        _glossary(Term("新质生产力", HANS), Term("扩大内需", HANS, grammar=Grammar.VERB_PHRASE))
    )
    lines = [line.split(" ") for line in data.decode("utf-8").splitlines()]
    assert [(word, tag) for word, _, tag in lines] == [("扩大内需", "v"), ("新质生产力", "n")]
    assert all(int(frequency) >= 1 for _, frequency, _ in lines)


@pytest.mark.parametrize(
    ("term", "sentence", "language"),
    [
        ("新质生产力", "加快发展新质生产力，扎实推进高质量发展。", HANS),
        ("经济发展", "我国的经济发展取得成就。", HANS),  # two common words: jieba parts them by itself
        ("新質生產力", "發展新質生產力是必然要求。", HANT),
    ],
)
def test_jieba_cuts_a_term_whole_that_it_parts_without_the_dictionary(
    term: str, sentence: str, language: Language
) -> None:
    assert term not in list(_tokenizer().cut(sentence))
    assert term in list(_tokenizer(jieba.write(_glossary(Term(term, language)))).cut(sentence))


def test_a_long_term_stays_whole_beside_the_shorter_terms_inside_it() -> None:
    texts = ["经济", "发展", "经济发展", "发展方式", "经济发展方式", "转变经济发展方式"]
    tokenizer = _tokenizer(jieba.write(_glossary(*(Term(text, HANS) for text in texts))))
    for text in texts:
        assert list(tokenizer.cut(text)) == [text]
    assert "发展方式" in list(tokenizer.cut("这种发展方式不可取。"))


def test_superseded_terms_are_words_too_and_english_ones_are_not() -> None:
    terms = (Term("旧称谓", HANS, Status.SUPERSEDED), Term("old name", Language.EN))
    assert jieba.write(Glossary.of([Concept("old", terms)])).decode().startswith("旧称谓 ")
    assert b"old name" not in jieba.write(Glossary.of([Concept("old", terms)]))


def test_every_line_of_hard_terms_is_one_word_for_jieba() -> None:
    data = jieba.write(HARD)
    words = [line.split(" ") for line in data.decode("utf-8").split("\n")[:-1]]
    assert all(len(word) == 3 for word in words)
    tokenizer = _tokenizer(data)
    assert all(tokenizer.FREQ[word] == int(frequency) for word, frequency, _ in words)


def test_an_empty_glossary_is_an_empty_file() -> None:
    assert jieba.write(Glossary()) == b""


def test_what_the_dictionary_loses_is_named() -> None:
    format = format_named("jieba")
    assert format is not None
    lost = list_losses(WHOLE, format)
    assert "English terms (of " in " ".join(lost)
    assert not any(line.startswith("superseded") for line in lost)
