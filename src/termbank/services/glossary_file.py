"""A glossary in a file: which format it is in, and what it holds.

A path comes in, with a format where the person names one; otherwise the file's suffix tells, or
the outermost element of an .xml. A file that is no glossary, or that gives nothing, is refused in
one sentence that says what it is instead and what to do.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from termbank.files.archives import unpacked
from termbank.files.bitext import kind_of_pairs
from termbank.files.glossaries import FORMATS, Format, GlossaryReading, format_named, format_of
from termbank.model.errors import TermbankError, UnreadableError
from termbank.services.file_access import read_bytes

_DOCUMENTS = frozenset((".docx", ".doc", ".pdf", ".html", ".htm", ".md", ".rtf", ".odt", ".epub"))
_ROOTS = {"tbx": "tbx", "martif": "tbx", "TBX": "tbx", "tmx": "tmx"}


def format_for(name: str, wanted: str | None = None) -> Format:
    """The format named, or the one the file's suffix tells; TermbankError where there is none."""
    if wanted is not None:
        chosen = format_named(wanted)
        if chosen is None:
            near = get_close_matches(wanted, [each.name for each in FORMATS], 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Use one of: {_names()}."
            raise TermbankError(f"there is no format “{wanted}”.", remedy=hint)
        return chosen
    chosen = format_of(Path(name).suffix)
    if chosen is not None:
        return chosen
    if kind_of_pairs(name) is not None:
        message, remedy = "this holds translated segments, not terms.", "Check it with `termbank check`."
    elif Path(name).suffix.lower() in _DOCUMENTS:
        message, remedy = (
            "this is a document, not a glossary.",
            "Find its terms with `termbank scan` or `extract`.",
        )
    else:
        message, remedy = "the file's name does not tell its format.", f"Give --format: one of {_names()}."
    raise TermbankError(message, file=name, remedy=remedy)


def _format_of_data(data: bytes, name: str, wanted: str | None) -> Format:
    """As `format_for`; a file called .xml is known by its outermost element."""
    if wanted is None and Path(name).suffix.lower() == ".xml":
        from termbank.files.xml import kind_by_root

        return format_for("", kind_by_root(data, name, _ROOTS, "TBX nor TMX"))
    return format_for(name, wanted)


def _names() -> str:
    return ", ".join(each.name for each in FORMATS)


def read_glossary(path: Path | str, wanted: str | None = None) -> tuple[GlossaryReading, Format]:
    """What a glossary file holds (or a folder of TOML packs, read together).

    UnreadableError, with every fault, where nothing in it can be used.
    """
    if str(path) != "-" and Path(path).is_dir():
        from termbank.files.glossaries.toml import read_packs

        packs = sorted(Path(path).glob("*.toml"))
        if not packs:
            raise UnreadableError(
                "there is no .toml pack in this folder.", file=str(path), remedy="Give a file."
            )
        reading, chosen = read_packs((str(pack), read_bytes(pack)) for pack in packs), format_for("", "toml")
    else:
        data, name = unpacked(read_bytes(path), str(path))
        if not data.strip():
            raise UnreadableError("the file is empty.", file=name, remedy="Give a glossary with terms in it.")
        chosen = _format_of_data(data, name, wanted)
        reading = chosen.read(data, name)
    if not reading.glossary.concepts and not reading.sources and not reading.publishers:
        raise _nothing(reading, str(path))
    return reading, chosen


def _nothing(reading: GlossaryReading, name: str) -> UnreadableError:
    """Why a file gave no concept: its one fault, or how many there are, or its last remark."""
    if len(reading.faults) == 1:
        fault = reading.faults[0]
        return UnreadableError(
            fault.message, file=fault.file, line=fault.line, column=fault.column, remedy=fault.remedy
        )
    if reading.faults:
        return UnreadableError(
            f"nothing can be used: all {reading.refused} entries are faulty, the first because: "
            f"{reading.faults[0].message}",
            file=name,
            line=reading.faults[0].line,
            faults=reading.faults,
        )
    why = reading.remarks[-1].removeprefix(f"{name}: ") if reading.remarks else "no terms were found in it."
    return UnreadableError(f"nothing can be used: {why}", file=name)
