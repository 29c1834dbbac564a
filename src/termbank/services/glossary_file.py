"""A glossary in a file: which format it is in, and what it holds.

The format is the one a person names, else that of the file's suffix, or of the outermost element of an .xml. A file that
is no glossary, or from which nothing can be used, is an error that names what it is and what to do.
"""

from __future__ import annotations

from pathlib import Path

from termbank.files.archives import unpack
from termbank.files.bitext import kind_of_pairs
from termbank.files.file_kinds import kind_of_root
from termbank.files.glossaries import FORMATS, Format, GlossaryReading, format_named, format_of
from termbank.files.remarks import without_name
from termbank.model.errors import TermbankError, UnreadableError
from termbank.model.message import message
from termbank.services.file_access import read_bytes

_DOCUMENTS = frozenset((".docx", ".doc", ".pdf", ".html", ".htm", ".md", ".rtf", ".odt", ".epub"))
_ROOTS = {"tbx": "tbx", "martif": "tbx", "TBX": "tbx", "tmx": "tmx"}


def format_for(name: str, wanted: str | None = None, *, to_read: bool = False) -> Format:
    """The format named `wanted`, or else the one of the file's suffix.

    Args:
        name: The file's name.
        wanted: The name of a format, which decides where it is given.
        to_read: Whether the format must be one that can be read.

    Raises:
        TermbankError: There is no such format, or the suffix is of none; names what the file is instead.
    """
    if wanted is not None:
        return _format_called(wanted, to_read)
    chosen = format_of(Path(name).suffix)
    if chosen is not None:
        return chosen
    if kind_of_pairs(name) is not None:
        raise TermbankError(
            message("this holds translated segments, not terms."),
            file=name,
            remedy=message("Check it with `termbank check`."),
        )
    if Path(name).suffix.lower() in _DOCUMENTS:
        raise TermbankError(
            message("this is a document, not a glossary."),
            file=name,
            remedy=message("Find its terms with `termbank scan` or `extract`."),
        )
    raise TermbankError(
        message("the file's name does not tell its format."),
        file=name,
        remedy=message("Give --format: one of {names}.", names=", ".join(_names(to_read))),
    )


def _format_called(wanted: str, to_read: bool) -> Format:
    chosen = format_named(wanted)
    names = _names(to_read)
    use_one = message("Use one of: {names}.", names=", ".join(names))
    if chosen is None:
        from difflib import get_close_matches

        near = get_close_matches(wanted, names, 1)
        hint = message("Did you mean “{name}”?", name=near[0]) if near else use_one
        raise TermbankError(message("there is no format “{name}”.", name=wanted), remedy=hint)
    if chosen.name not in names:
        raise TermbankError(
            message("the format “{name}” can be written but not read.", name=chosen.name), remedy=use_one
        )
    return chosen


def _names(to_read: bool) -> list[str]:
    return [each.name for each in FORMATS if not (to_read and each.write_only)]


def _format_of_data(data: bytes, name: str, wanted: str | None) -> Format:
    """As `format_for` a file to read; one called .xml is known by its outermost element."""
    if wanted is None and Path(name).suffix.lower() == ".xml":
        return format_for("", kind_of_root(data, name, _ROOTS, "TBX nor TMX"), to_read=True)
    return format_for(name, wanted, to_read=True)


def read_glossary(path: Path | str, wanted: str | None = None) -> tuple[GlossaryReading, Format]:
    """Read a glossary file, or a folder of TOML packs together.

    Args:
        path: The file or folder, or “-” for standard input.
        wanted: The name of its format, where the suffix is not enough.

    Raises:
        UnreadableError: Nothing in it can be used; the error holds every fault.
    """
    if str(path) != "-" and Path(path).is_dir():
        reading, chosen = _read_folder(Path(path)), format_for("", "toml")
    else:
        data, name = unpack(read_bytes(path), str(path))
        if not data.strip():
            raise UnreadableError(
                message("the file is empty."), file=name, remedy=message("Give a glossary with terms in it.")
            )
        chosen = _format_of_data(data, name, wanted)
        reading = chosen.read(data, name)
    if not reading.glossary.concepts and not reading.sources and not reading.publishers:
        raise _error_for_nothing(reading, str(path))
    return reading, chosen


def _read_folder(folder: Path) -> GlossaryReading:
    from termbank.files.glossaries.toml import read_packs

    packs = sorted(folder.glob("*.toml"))
    if not packs:
        raise UnreadableError(
            message("there is no .toml pack in this folder."),
            file=str(folder),
            remedy=message("Give a file."),
        )
    return read_packs((str(pack), read_bytes(pack)) for pack in packs)


def _error_for_nothing(reading: GlossaryReading, name: str) -> UnreadableError:
    """Why a file gave no concept: its one fault, or how many there are, or its last remark."""
    if len(reading.faults) == 1:
        fault = reading.faults[0]
        return UnreadableError(
            fault.message, file=fault.file, line=fault.line, column=fault.column, remedy=fault.remedy
        )
    if reading.faults:
        return UnreadableError(
            message(
                "nothing can be used: all {count} entries have faults. The first: {fault}",
                count=reading.refused,
                fault=reading.faults[0].message,
            ),
            file=name,
            line=reading.faults[0].line,
            faults=reading.faults,
        )
    if reading.remarks:
        why = without_name(reading.remarks[-1])
        return UnreadableError(message("nothing can be used: {remark}", remark=why), file=name)
    return UnreadableError(message("no terms were found."), file=name)
