"""Decoding bytes to text, with the encoding named.

A byte order mark decides; without one UTF-8 is tried first, then UTF-16 where every second byte is zero, then GB18030
against Big5 by their share of common characters, then Windows-1252. The mark is no part of the text. A file that is not
text is refused; a damaged byte becomes U+FFFD and a remark gives its line.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from termbank.files.remarks import remark_on
from termbank.model.errors import UnreadableError
from termbank.model.message import Message, message, plural

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_MAGIC = (
    (b"PK\x03\x04", message("a ZIP archive (as DOCX and XLSX are)")),
    (b"PK\x05\x06", message("an empty ZIP archive")),
    (b"%PDF-", message("a PDF")),
    (b"\x1f\x8b", message("a gzip archive")),
    (b"\xd0\xcf\x11\xe0", message("an old Office file")),
    (b"\x89PNG", message("a PNG image")),
    (b"\xff\xd8\xff", message("a JPEG image")),
    (b"GIF8", message("a GIF image")),
    (b"SQLite format 3\x00", message("an SQLite database")),
    (b"\x7fELF", message("a program")),
    (b"MZ", message("a program")),
    (b"7z\xbc\xaf", message("a 7z archive")),
    (b"Rar!", message("a RAR archive")),
    (b"{\\rtf", message("an RTF document")),
)

# Frequent characters of both scripts: a wrong decoding of Chinese gives rare ones instead.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军"
    "者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见"
    "被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处"
    "走义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直资命山"
    "金指许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思完设式色路记南品住告类求据"
    "程北边该交规万取望觉术领共确传师观清今切院让识候带导争运推深议组织经济改革创质构筑坚持党央委"
    "這個們來為國說時會對著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問應戰頭體見產話內給門"
    "東聲員論處義幾認條係氣題變總電數報結務場計資區隊決馬書則聽達強難權設類記據邊該規萬覺術領傳師觀讓識帶導"
    "爭運議組織經濟創質構築堅黨央臺灣香港澳門銀行金融監管年度"
)
_CHINESE_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕…—·　％")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 60_000


@dataclass(frozen=True)
class Decoded:
    """Text, the Python name of its encoding, and remarks for the person."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def kind_of_binary(data: bytes) -> Message | None:
    """What a file that is not text looks like (“a PDF”), or None."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    return None


def decode(data: bytes, name: str) -> Decoded:
    """The text of `data`; raises UnreadableError where it is not text."""
    if data.startswith(codecs.BOM_UTF8):
        try:
            return Decoded(data.decode("utf-8-sig"), "utf-8")  # whatever it holds: someone says it is text
        except UnicodeDecodeError:
            pass
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_damaged(data[len(mark) :], encoding, name)
    what = kind_of_binary(data)
    if what is not None:
        raise UnreadableError(
            message("this is {what}, not text.", what=what),
            file=name,
            remedy=message("Save it as UTF-8 text first."),
        )
    if b"\x00" in data:
        return _with_zero_bytes(data, name)
    try:
        return _check_text(data.decode("utf-8"), "utf-8", name)
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, name)


def _check_text(text: str, encoding: str, name: str, remarks: tuple[str, ...] = ()) -> Decoded:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 50 + 2:
        raise UnreadableError(
            message("this does not look like text: it is full of control characters."),
            file=name,
            remedy=message("Give a text file in UTF-8, UTF-16, GB18030 or Big5."),
        )
    return Decoded(text, encoding, remarks)


def _decode_damaged(data: bytes, encoding: str, name: str) -> Decoded:
    """Decode what is known to be in `encoding`, replacing damaged bytes and saying so."""
    try:
        return _check_text(data.decode(encoding), encoding, name)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        line = data[: error.start].decode(encoding, errors="replace").count("\n") + 1
        count = text.count("\ufffd")
        remark = _remark_on_damage(name, count, encoding, line)
        return _check_text(text, encoding, name, (remark,))


def _with_zero_bytes(data: bytes, name: str) -> Decoded:
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    trials = ("utf-16-le", "utf-16-be") if odd >= even else ("utf-16-be", "utf-16-le")
    for encoding in trials:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if max(even, odd) > 4 * min(even, odd) and _readable(text):
            return Decoded(
                text,
                encoding,
                (
                    remark_on(
                        name,
                        message("read as {encoding}, though it has no byte order mark.", encoding=encoding),
                    ),
                ),
            )
    if sample.count(0) <= len(sample) // 500 + 1:  # a stray NUL in text is data, not a sign of a binary file
        return decode_around_zeros(data, name)
    raise UnreadableError(
        message("this is a binary file, not text."),
        file=name,
        remedy=message("Give a text file in UTF-8, UTF-16, GB18030 or Big5."),
    )


def decode_around_zeros(data: bytes, name: str) -> Decoded:
    """Text that holds a few zero bytes: they stay in it as U+0000."""
    try:
        return _check_text(data.decode("utf-8"), "utf-8", name)
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, name)


def _not_utf8(data: bytes, error: UnicodeDecodeError, name: str) -> Decoded:
    if len(data) > 64 and error.reason == "unexpected end of data":
        text = data[: error.start].decode("utf-8")
        return _check_text(
            text, "utf-8", name, (remark_on(name, message("the file ends in the middle of a character.")),)
        )
    trials = [
        (score, encoding) for encoding in ("gb18030", "big5hkscs") if (score := _score(data, encoding)) > 0
    ]
    best = max(trials, default=(0.0, ""), key=lambda trial: trial[0])
    mostly = data.decode("utf-8", errors="replace")
    broken = mostly.count("\ufffd")
    if broken * 50 < sum(1 for character in mostly[:_SAMPLE] if character > "\x7f"):
        return _decode_damaged(data, "utf-8", name)
    if best[0] >= 0.35:
        text = data.decode(best[1], errors="replace")
        encoding = "big5" if best[1] == "big5hkscs" else best[1]
        return _check_text(text, encoding, name, (*_remarks_on_replacements(text, encoding, name),))
    if _western(data):
        text = data.decode("cp1252", errors="replace")
        return _check_text(
            text,
            "windows-1252",
            name,
            (remark_on(name, message("read as windows-1252, the likeliest for these bytes.")),),
        )
    if best[0] > 0:
        text = data.decode(best[1], errors="replace")
        encoding = "big5" if best[1] == "big5hkscs" else best[1]
        guess = message(
            "read as {encoding}, but that is only a guess; save the file as UTF-8 to be sure.",
            encoding=encoding,
        )
        remark = remark_on(name, guess)
        return _check_text(text, encoding, name, (remark, *_remarks_on_replacements(text, encoding, name)))
    raise UnreadableError(
        message("the text encoding is unknown."),
        file=name,
        remedy=message("Save the file as UTF-8 (UTF-16, GB18030 and Big5 are read too)."),
    )


def _remarks_on_replacements(text: str, encoding: str, name: str) -> tuple[str, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    line = text[: text.index("\ufffd")].count("\n") + 1
    return (_remark_on_damage(name, count, encoding, line),)


def _remark_on_damage(name: str, count: int, encoding: str, line: int) -> Message:
    return remark_on(
        name,
        plural(
            "{count} damaged character in {encoding} text on line {line}, read as \ufffd.",
            "{count} damaged characters in {encoding} text, the first on line {line}, read as \ufffd.",
            count,
            encoding=encoding,
            line=line,
        ),
    )


def _score(data: bytes, encoding: str) -> float:
    """How plausible the bytes are as Chinese text in this encoding, 0 to 1."""
    text = data[: _SAMPLE * 2].decode(encoding, errors="replace")
    return _plausible(text) if text.count("\ufffd") * 50 <= len(text) else 0.0


def _plausible(text: str) -> float:
    """Share of what is not ASCII that is a common Chinese character or Chinese punctuation."""
    foreign = [character for character in text[:_SAMPLE] if character > "\x7f"]
    if not foreign:
        return 1.0
    return sum(1 for c in foreign if c in _COMMON or c in _CHINESE_PUNCTUATION) / len(foreign)


def _readable(text: str) -> bool:
    """Whether nearly all of it is Latin, Chinese or punctuation."""
    sample = text[:_SAMPLE]
    seen = sum(
        1
        for c in sample
        if " " <= c < "\u0250" or "\u2010" <= c < "\u2040" or "\u3000" <= c <= "\u9fff" or c in "\r\n\t"
    )
    return seen >= 0.95 * len(sample)


def _western(data: bytes) -> bool:
    """Whether single high bytes stand among ASCII letters, as accents and curly quotes do."""
    sample = data[:_SAMPLE]
    high = sum(1 for byte in sample if byte > 0x7F)
    runs = len(re.findall(rb"[\x80-\xff]+", sample))
    return high * 3 < len(sample) and high < 1.5 * runs
