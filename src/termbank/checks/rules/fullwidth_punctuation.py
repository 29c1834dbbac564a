"""Chinese punctuation or full-width letters in the English.

**What it finds.** ，。；：？！（）、《》 and full-width letters, figures and spaces among English words.

**Why it matters.** They break line ends, search and sorting, and show that the text was typed with
the Chinese keyboard on.

**Spared.** Punctuation inside Chinese that is quoted, and “ ” ‘ ’ — …, which both languages share.

**Example.** 2025年，我们将…… → *In 2025，we will …*

**Use instead.** *In 2025, we will …* `--fix` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbank.checks.example_glossary import Example
from termbank.checks.pair import Desk, Reading
from termbank.model.finding import Finding
from termbank.model.span import Span

CODE = "fullwidth-punctuation"
FAULTY = (
    Example("到2027年，普及率超过70%。", "By 2027，the adoption rate will exceed 70%."),
    Example("", "The ＡＩ Plus initiative covers six areas."),
)
SOUND = (
    Example("到2027年，普及率超过70%。", "By 2027, the adoption rate will exceed 70%."),
    Example("", "The slogan “绿水青山，就是金山银山” is well known."),
)

_HAN = "㐀-鿿豈-﫿"
_WIDE = re.compile(r"[，。；：？！（）【】《》〈〉「」『』、．％＋－＝＆／＃＠～　０-９Ａ-Ｚａ-ｚ]+")
_PLAIN = str.maketrans(
    {
        "，": ", ", "。": ". ", "；": "; ", "：": ": ", "？": "? ", "！": "! ", "（": " (", "）": ") ", "、": ", ",
        "【": " [", "】": "] ", "《": "“", "》": "”", "〈": "“", "〉": "”", "「": "“", "」": "”", "『": "‘", "』": "’",
        "　": " ",
    }
    | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：？！（）"}
)  # fmt: skip


def run(pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]:
    """One finding for each place, with the plain form to write."""
    for reading in pairs:
        text = reading.pair.en
        if text.isascii():
            continue
        for found in _WIDE.finditer(text):
            if not _beside_chinese(text, *found.span()):
                span = _with_spaces(text, *found.span())
                plain = plainly(text, span)
                yield desk.finding(
                    CODE,
                    reading.pair,
                    f"“{found.group()}” is a full-width form. Write “{plain.strip() or ' '}”.",
                    en=span,
                    suggest=(plain,),
                )


def _beside_chinese(text: str, start: int, end: int) -> bool:
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return re.search(rf"[{_HAN}]", beside) is not None


def _with_spaces(text: str, start: int, end: int) -> Span:
    """The stretch with the blanks around it, which the plain form sets anew."""
    while start > 0 and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    return Span(start, end)


def plainly(text: str, span: Span) -> str:
    """The plain form that stands well between its neighbours."""
    plain = re.sub(r"\s+", " ", span.of(text).translate(_PLAIN))
    before, after = text[: span.start], text[span.end :]
    if not before or before.endswith(("\n", "(", "[", "“", "‘")):
        plain = plain.lstrip()
    if not after or after[0] in "\n,.;:?!)]”’":
        plain = plain.rstrip()
    return plain
