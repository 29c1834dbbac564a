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
from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.model.finding import Finding
from termbank.model.message import message
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


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each place, with the plain form to write."""
    for pair in checked.pairs:
        text = pair.segment.en
        if text.isascii():
            continue
        for found in _WIDE.finditer(text):
            if not _is_beside_chinese(text, *found.span()):
                span = _widen_over_spaces(text, *found.span())
                plain = halfwidth_form(text, span)
                yield context.finding(
                    CODE,
                    pair.segment,
                    message(
                        "“{found}” is a full-width form. Write “{plain}”.",
                        found=found.group(),
                        plain=plain.strip() or " ",
                    ),
                    en=span,
                    suggest=(plain,),
                )


def _is_beside_chinese(text: str, start: int, end: int) -> bool:
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return re.search(rf"[{_HAN}]", beside) is not None


def _widen_over_spaces(text: str, start: int, end: int) -> Span:
    """The span with the spaces around it, which the plain form replaces."""
    while start > 0 and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    return Span(start, end)


def halfwidth_form(text: str, span: Span) -> str:
    """The plain form of a span, with the spaces that its neighbours ask for."""
    plain = re.sub(r"\s+", " ", span.of(text).translate(_PLAIN))
    before, after = text[: span.start], text[span.end :]
    if not before or before.endswith(("\n", "(", "[", "“", "‘")):
        plain = plain.lstrip()
    if not after or after[0] in "\n,.;:?!)]”’":
        plain = plain.rstrip()
    return plain
