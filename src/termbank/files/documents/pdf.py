"""The text layer of a PDF, its lines joined to paragraphs, one on each line.

A PDF has no paragraphs: a line that is full continues on the next. Page numbers on a line of their own are left out. A
PDF of page images is refused with a message.
"""

from __future__ import annotations

import logging
import re

from termbank.files.documents.text import blocks
from termbank.files.remarks import remark_on
from termbank.model.document import Document
from termbank.model.errors import UnreadableError
from termbank.model.message import message, plural

_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?\d{1,4}(?:\s*[-–—/]\s*\d{0,4})?\s*$|\s*第\s*\d+\s*页\s*$")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
_END = re.compile(r"[。！？；…!?.:：;][”’」』）)\]\"']*\s*$")
_NEW = re.compile(
    r"\s{2,}\S|　|[-*•●]\s|[（(]?[一二三四五六七八九十\d]{1,3}[、.)）]|第[一二三四五六七八九十百\d]+[章节条]"
)
_HYPHEN = re.compile(r"([A-Za-z]+)-$")


def read(data: bytes, name: str) -> Document:
    """The text of all pages, a paragraph on each line."""
    pages = _pages(data, name)
    lines = [line.rstrip() for page in pages for line in page.splitlines() if not _PAGE_NUMBER.match(line)]
    text = "\n".join(_paragraphs([line for line in lines if line.strip()]))
    if not text.strip():
        raise UnreadableError(
            plural(
                "the PDF has no text layer: its page is a picture.",
                "the PDF has no text layer: its {count} pages are pictures.",
                len(pages),
            ),
            file=name,
            remedy=message("Run character recognition (OCR) on it first."),
        )
    empty = sum(1 for page in pages if not page.strip())
    remarks = (
        (
            remark_on(
                name,
                plural(
                    "{count} of {all} pages has no text.",
                    "{count} of {all} pages have no text.",
                    empty,
                    all=len(pages),
                ),
            ),
        )
        if empty
        else ()
    )
    return Document(name, text, blocks(text), "pdf", None, remarks)


def _pages(data: bytes, name: str) -> list[str]:
    from io import BytesIO

    import pypdf

    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(
                message("the PDF is protected by a password."),
                file=name,
                remedy=message("Save it without one."),
            )
        return [page.extract_text() for page in reader.pages]
    except UnreadableError:
        raise
    except Exception as error:  # a damaged PDF fails in as many ways as there are keys in it
        encrypted = "crypt" in str(error).lower()
        raise UnreadableError(
            message("the PDF is encrypted in a way that cannot be read.")
            if encrypted
            else message("the PDF is damaged or cut short."),
            file=name,
            remedy=message("Save it again, or as plain text."),
        ) from error
    finally:
        logger.setLevel(before)


def _cells(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines joined where one runs on into the next."""
    widths = sorted(_cells(line) for line in lines)
    full = widths[int(len(widths) * 0.9)] if widths else 0
    seen = set(re.findall(r"[A-Za-z-]+", "\n".join(lines)))
    made: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and not _NEW.match(line):
            made[-1] = _join_lines(made[-1], line.strip(), seen)
        else:
            made.append(line.strip())
        width = _cells(line)
        runs_on = width >= 0.75 * full and not (_END.search(line) and width < 0.93 * full)
    return made


def _join_lines(before: str, line: str, seen: set[str]) -> str:
    """Two lines as one: no space beside Chinese; a word split by a hyphen as it is written elsewhere."""
    if _WIDE.match(before[-1:]) or _WIDE.match(line[:1]):
        return before + line
    hyphen = _HYPHEN.search(before)
    if hyphen and line[:1].islower():
        rest = re.match(r"[a-z]+", line)
        whole = hyphen[1] + (rest.group() if rest else "")
        kept = f"{hyphen[1]}-{rest.group() if rest else ''}"
        return (before if kept in seen and whole not in seen else before[:-1]) + line
    return f"{before} {line}"
