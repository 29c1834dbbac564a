"""Which documents are meant by folders and patterns, and which Chinese and English files belong together.

Two files are versions of one document where their names differ in the language alone: `x.zh.txt` and `x.en.txt`, or `zh/x.txt`
and `en/x.txt`. A Chinese file may have several English versions: `x.official.en.txt` belongs to `x.zh.txt` too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from glob import glob
from pathlib import Path

from termbank.files.bitext import PAIR_KINDS
from termbank.files.documents import DOCUMENT_KINDS
from termbank.model.errors import TermbankError, UnreadableError
from termbank.model.message import message
from termbank.services.document_files import DocumentFiles, is_pattern, is_several

DOCUMENT_SUFFIXES = frozenset(suffix for kind in DOCUMENT_KINDS for suffix in kind.suffixes if suffix)
PAIR_SUFFIXES = frozenset(suffix for kind in PAIR_KINDS for suffix in kind.suffixes)

_ZH = r"(?P<zh>(?:zh|zho|chi|cn|chs|cht|chinese)(?:[-_](?:hans|hant|cn|tw|hk|sg|mo))*)"
_EN = r"(?P<en>(?:en|eng|english)(?:[-_](?:us|gb|uk|au|ca))?)"
_LANGUAGE = re.compile(f"{_ZH}|{_EN}", re.IGNORECASE)
_STEM = re.compile(f"(?:(?P<stem>.*)[._-])?(?:{_ZH}|{_EN})", re.IGNORECASE)

Key = tuple[str, ...]
"""A path in its parts, without what says its language, and without its suffix."""


def find_files(paths: Iterable[Path], suffixes: frozenset[str]) -> tuple[Path, ...]:
    """The files that are named, that match a pattern, or that lie in a folder with one of the suffixes; each once, by path.

    Raises:
        UnreadableError: nothing matches a pattern, or a folder holds no such file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if is_pattern(path):
            some = [
                each for match in glob(str(path), recursive=True) for each in _files(Path(match), suffixes)
            ]
            fault = message("no file matches this pattern.")
        else:
            some = list(_files(path, suffixes))
            fault = message("there is no document in this folder.")
        if not some:
            raise UnreadableError(fault, file=str(path), remedy=message("Check the spelling."))
        found.update(dict.fromkeys(some))
    return tuple(sorted(found))


def _files(path: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    """The file itself, or the files in a folder and the folders in it; hidden ones are left out."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if Path(name).suffix.lower() in suffixes and not name.startswith("."):
                yield Path(folder, name)


def pair_files(zh: Path, en: Path | None) -> tuple[tuple[DocumentFiles, ...], tuple[UnreadableError, ...]]:
    """The pairs of two folders (or patterns), or those in one, by their names; and an error for each file without a partner.

    In one folder only files whose names say their language count.

    Raises:
        TermbankError: a folder and a file are given, or a folder holds no document.
    """
    if en is not None and is_several([zh]) is not is_several([en]):
        raise TermbankError(
            message("a folder and a file were given."),
            file=str(en),
            remedy=message("Give two files, or two folders."),
        )
    if en is None:
        files = find_files([zh], DOCUMENT_SUFFIXES)
        chinese = [file for file in files if language_of(file) == "zh"]
        english = [file for file in files if language_of(file) == "en"]
        if not chinese and not english:
            raise UnreadableError(
                message("no file in it has a language in its name."),
                file=str(zh),
                remedy=message("Name them like x.zh.txt and x.en.txt, or give two folders."),
            )
    else:
        chinese = list(find_files([zh], DOCUMENT_SUFFIXES))
        english = list(find_files([en], DOCUMENT_SUFFIXES))
    return match_files(chinese, english, zh, en or zh)


def match_files(
    chinese: Sequence[Path], english: Sequence[Path], zh_root: Path, en_root: Path
) -> tuple[tuple[DocumentFiles, ...], tuple[UnreadableError, ...]]:
    """The English files with the Chinese ones they belong to, by path; and an error for each file left over."""
    by_key = {key_of(file, zh_root): file for file in chinese}
    pairs: list[DocumentFiles] = []
    errors: list[UnreadableError] = []
    for file in english:
        original = _original(key_of(file, en_root), by_key)
        if original is None:
            errors.append(_left_over(file, message("no Chinese file has this name.")))
        else:
            pairs.append(DocumentFiles(original, file))
    used = {pair.zh for pair in pairs}
    errors += [
        _left_over(file, message("no English file has this name.")) for file in chinese if file not in used
    ]
    return tuple(sorted(pairs)), tuple(errors)


def _left_over(file: Path, fault: str) -> UnreadableError:
    remedy = message("Give both files the same name but for the language, as x.zh.txt and x.en.txt.")
    return UnreadableError(fault, file=str(file), remedy=remedy)


def _original(key: Key, by_key: dict[Key, Path]) -> Path | None:
    """The Chinese file of an English one's key: of the same name, else of the longest part of it before a dot."""
    *folders, name = key
    while (found := by_key.get((*folders, name))) is None and "." in name:
        name = name.rsplit(".", 1)[0]
    return found


def language_of(path: Path) -> str | None:
    """The language, `zh` or `en`, that the name of a file or of its nearest folder says.

    >>> language_of(Path("x.zh-Hans.txt")), language_of(Path("en/x.txt")), language_of(Path("x.txt"))
    ('zh', 'en', None)
    """
    found = _STEM.fullmatch(path.stem)
    folders = (found for part in reversed(path.parts[:-1]) if (found := _LANGUAGE.fullmatch(part)))
    found = found or next(folders, None)
    return None if found is None else "zh" if found["zh"] else "en"


def key_of(path: Path, root: Path) -> Key:
    """What the versions of a document have in common: the path below the folder given, without language and suffix.

    >>> key_of(Path("texts/a/x.zh.txt"), Path("texts")), key_of(Path("texts/en/a/x.docx"), Path("texts"))
    (('a', 'x'), ('a', 'x'))
    """
    parts = path.relative_to(root).parts if root.is_dir() and path.is_relative_to(root) else path.parts
    folders = [part for part in parts[:-1] if not _LANGUAGE.fullmatch(part)]
    marked = _STEM.fullmatch(path.stem)
    return (*folders, (marked["stem"] or "") if marked else path.stem)
