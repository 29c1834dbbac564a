"""What kind a file is: by its suffix, and by the outermost element of an XML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from termbank.model.errors import UnreadableError
from termbank.model.message import message


class FileKind(NamedTuple):
    """One kind of file that can be read; `module` is the name of its reader within the package that lists it."""

    name: str
    suffixes: tuple[str, ...]
    module: str


def suffix_of(name: str) -> str:
    """The last suffix of a file's name in lower case with its dot, or an empty text.

    >>> suffix_of("texts/Report.DOCX"), suffix_of(".profile")
    ('.docx', '')
    """
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "." + stem.rsplit(".", 1)[1].lower() if "." in stem.lstrip(".") else ""


def suffix_when_unpacked(name: str) -> str:
    """The suffix of a file's name without .gz or .zip.

    >>> suffix_when_unpacked("memory.tmx.gz")
    '.tmx'
    """
    lower = name.lower()
    for packed in (".gz", ".zip"):
        lower = lower.removesuffix(packed)
    return suffix_of(lower)


def kind_of_suffix(suffix: str, kinds: Iterable[FileKind]) -> str | None:
    """The name of the kind whose files have this suffix, or None."""
    return next((kind.name for kind in kinds if suffix in kind.suffixes), None)


def kind_of_root(data: bytes, name: str, kinds: Mapping[str, str], readable: str) -> str:
    """The kind of an XML file, by the name of its outermost element.

    Args:
        data: The file.
        name: What the file is called in a message.
        kinds: Kind by element name.
        readable: The formats that `kinds` stands for, as “TMX nor XLIFF”.

    Raises:
        UnreadableError: The file is not XML, or of none of these kinds.
    """
    from termbank.files.xml import root_of

    root = root_of(data, name).name
    if root not in kinds:
        raise UnreadableError(
            message(
                "this XML is neither {readable}: its outermost element is <{root}>.",
                readable=readable,
                root=root,
            ),
            file=name,
            remedy=message("Check that it is the right file."),
        )
    return kinds[root]
