"""ZIP and gzip archives, unpacked within limits: one that would swell beyond reason is refused before it is read.

DOCX and XLSX files are ZIP archives; glossaries and memories travel in .gz and .zip. Sizes are taken from the archive's
directory, to which zipfile holds the data.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from termbank.model.errors import UnreadableError
from termbank.model.message import message, plural

LARGEST = 256 * 1024 * 1024
_SWOLLEN = 400
_SMALL = 4 * 1024 * 1024
_MEMBERS = 20_000
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError,
    OSError, ValueError, OverflowError,
)  # fmt: skip
"""What zipfile raises for one thing, a damaged archive."""


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive, if its members are of reasonable size together."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _DAMAGE:
        raise UnreadableError(
            message("the archive is damaged or cut short."),
            file=name,
            remedy=message("Get the file again, or save it again."),
        ) from None
    total = sum(member.file_size for member in members)
    swollen = total > _SMALL and total > _SWOLLEN * max(len(data), 1)
    if total > LARGEST or swollen or len(members) > _MEMBERS:
        raise UnreadableError(
            message(
                "the archive would unpack to {size} MB; it is refused as a ZIP bomb.",
                size=total // 1024 // 1024,
            ),
            file=name,
            remedy=message("Unpack it yourself if you trust it."),
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableError(
            message("the archive is protected by a password."),
            file=name,
            remedy=message("Save it without the password."),
        )
    return archive


def member(archive: zipfile.ZipFile, path: str, name: str) -> bytes | None:
    """One member's bytes, or None where it is not there."""
    try:
        if path not in archive.NameToInfo:
            return None
        return archive.read(path)
    except _DAMAGE:
        raise UnreadableError(
            message("“{path}” in the archive is damaged.", path=path)
            if path.isprintable()
            else message("the archive is damaged."),
            file=name,
            remedy=message("Get the file again, or save it again."),
        ) from None


def unpack(data: bytes, name: str) -> tuple[bytes, str]:
    """The file inside a .gz or a .zip of one file, and its name; anything else as it is."""
    if data.startswith(b"\x1f\x8b"):
        inner = name[:-3] if name.lower().endswith(".gz") else name
        return _gunzip(data, name), inner
    if data.startswith(b"PK\x03\x04") and name.lower().endswith(".zip"):
        archive = open_zip(data, name)
        files = [
            each
            for each in archive.infolist()
            if not each.is_dir() and not each.filename.startswith("__MACOSX/")
        ]
        if len(files) != 1:
            raise UnreadableError(
                plural("the archive holds {count} file.", "the archive holds {count} files.", len(files)),
                file=name,
                remedy=message("Unpack it and give the files one by one."),
            )
        return member(archive, files[0].filename, name) or b"", f"{name}/{files[0].filename}"
    return data, name


def _gunzip(data: bytes, name: str) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(data, LARGEST + 1)
    except zlib.error:
        content, unpacker = b"", zlib.decompressobj()
    if len(content) > LARGEST:
        raise UnreadableError(
            message("the gzip archive unpacks to more than 256 MB; it is refused."),
            file=name,
            remedy=message("Unpack it yourself."),
        )
    if not unpacker.eof:
        raise UnreadableError(
            message("the archive is damaged or cut short."),
            file=name,
            remedy=message("Get the file again, or save it again."),
        )
    return content
