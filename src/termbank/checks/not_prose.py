"""Hides what is not prose from the checks: addresses, file names, code, link targets, placeholders, tags.

Every character of such a part is replaced by `HIDDEN`, so that offsets stay and no term, number or mark is found there. What
stands in the file is kept on the segment (`written_zh`, `written_en`), for reports and for checks of the parts themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace

from termbank.model.segment import SegmentPair

HIDDEN = "\ufffc"
"""The object replacement character: neither a letter nor a space, in no language."""

_ADDRESS = r"[^\s<>\"'“”‘’`|\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SITE = r"(?:[A-Za-z0-9-]+\.)+(?:com|org|net|gov|edu|info|int|cn|hk|tw|mo|eu|uk|us|jp|io|example)"
_FILE = (
    r"[\w.-]+\.(?:docx?|xlsx?|pptx?|pdf|html?|md|txt|csv|tsv|json|jsonl|toml|ya?ml|xml|tmx|tbx|xlf|xliff|po|png|jpe?g|gif|svg"
    r"|zip|gz|py|js|ts|css|sh|exe)"
)
_PATTERN = re.compile(
    "|".join(
        (
            r"```.*?(?:```|\Z)",
            r"``[^`].*?``",
            r"`[^`\n]+`",
            r"(?s:<(code|kbd|samp)\b[^<>]*>.*?</\1>)",
            r"(?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?(?=\))",
            r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>",
            rf"\b(?:[A-Za-z][A-Za-z+.-]*://|mailto:|www\.){_ADDRESS}+",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
            rf"\b{_SITE}\b(?:/{_ADDRESS}*)?",
            rf"(?:[\w.~-]*/)+{_FILE}\b|\b{_FILE}\b",
            r"\$?\{\{?[\w.:$ -]*\}?\}",
            r"%(?:\d+\$|\(\w+\))?[-+#0]*\d*(?:\.\d+)?[sdfioux](?![A-Za-z])",
            r"\b[a-z]+(?:_[a-z0-9]+){1,}\b",
        )
    ),
    re.DOTALL | re.ASCII,
)
_SIGNS = re.compile(r"[@`{_<]|://|\]\(|www\.|mailto:|%[\w(]|\w\.[a-z]")
"""What a text has that may have a part to hide: cheap to look for."""
_CLOSING = ".,;:!?)]}"


def hide_what_is_not_prose(segment: SegmentPair) -> SegmentPair:
    """The segment with what is no prose hidden, and its texts as they are written; itself where there is nothing to hide."""
    zh, en = _hide(segment.zh), _hide(segment.en)
    if zh is segment.zh and en is segment.en:
        return segment
    return replace(segment, zh=zh, en=en, as_written=(segment.zh, segment.en))


def _hide(text: str) -> str:
    """A text with each part that is no prose hidden.

    >>> _hide("See `x y` at a@b.example.").count(HIDDEN)
    14
    """
    if _SIGNS.search(text) is None:
        return text
    hidden = _PATTERN.sub(_cover, text)
    return text if hidden == text else hidden


def _cover(found: re.Match[str]) -> str:
    """As many hidden characters, with line ends kept; marks that close the sentence are no part of an address."""
    text = found.group()
    kept = 0
    if text[:1] not in "`<{$":
        kept = len(text) - len(text.rstrip(_CLOSING))
    inside = text[: len(text) - kept]
    return re.sub(r"[^\n]", HIDDEN, inside) + text[len(text) - kept :]
