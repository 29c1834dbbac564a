"""Everything that a person reads is translated, and what programs read is not.

The catalogue of these tests writes every text in Cyrillic letters. The bank and the documents hold invented words, so that
a Latin word in an answer is either invented, the name of a file, option or key, or a text that was not translated.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from termbank.cli.app import COMMANDS, run
from termbank.model.message import use_catalogue
from termbank.services.bank_setup import create, open_bank
from termbank.tui.app import TermbankApp

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абцдефгхийклмнопщрстуввжыз"
LETTERS = str.maketrans(LATIN + LATIN.upper(), CYRILLIC + CYRILLIC.upper())

GLOSSARY = """\
schema = 1

[[source]]
id = "qdoc"
title = "Qorv dexa"
date = "2024-03-05"
kind = "official"

[[concept]]
id = "qorbit-vlem"
subject = "zarbo"

[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"

[[concept.term]]
language = "en"
text = "qorbit vlem"
status = "preferred"
since = "2023-09"
attestations = [
  { source = "qdoc", alongside = true },
]

[[concept.term]]
language = "en"
text = "qorbit drund"
status = "deprecated"
attestations = [
  { source = "qdoc" },
]
"""
CHINESE = "各地要因地制宜发展新质生产力。\n我们要推动高质量发展，加快建设现代化产业体系。\n"
ENGLISH = "Glarn smaf trell qorbit drund vosk. \nBrax dunvel hospa krimp galto, zemple fordi qorbit vlem.\n"
INVENTED = set(re.findall(r"[A-Za-z]+", GLOSSARY + ENGLISH)) - {
    "schema", "source", "id", "title", "date", "kind", "concept", "subject", "term", "language", "text", "status",
    "since", "attestations", "alongside", "true", "official", "preferred", "deprecated",
}  # fmt: skip
NAMES = {
    "termbank",
    "zh",
    "en",
    "Hans",
    "txt",
    "toml",
    "csv",
    "tester",
    "html",
    "own",
    "bank",
    "qglossary",
    "qout",
}
"""Names of the program, of languages, files and people."""


class LetterCatalogue:
    """Writes every text in other letters, and leaves the fields in braces as they are."""

    def gettext(self, message: str) -> str:
        return "".join(
            part if part.startswith(("{", "%(")) else part.translate(LETTERS)
            for part in re.split(r"(\{[^}]*\}|%\([a-z]+\)s)", message)
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def other_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Translate termbank's texts and click's own into other letters."""
    catalogue = LetterCatalogue()
    monkeypatch.setattr(gettext, "dgettext", lambda _domain, text: catalogue.gettext(text))
    monkeypatch.setattr(gettext, "dngettext", lambda _domain, one, more, n: catalogue.ngettext(one, more, n))
    restore = use_catalogue(catalogue)
    yield
    restore()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a bank of one concept and two documents, which is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERMBANK_BANK", "own.bank")
    monkeypatch.setenv("TERMBANK_WHO", "tester")
    monkeypatch.setenv("TERMBANK_DEBUG", "1")
    for name, text in (("zh.txt", CHINESE), ("en.txt", ENGLISH), ("qglossary.toml", GLOSSARY)):
        (tmp_path / name).write_text(text, "utf-8")
    create(tmp_path / "own.bank", filled=False)
    assert run(["import", "qglossary.toml"]) == 0
    return tmp_path


def untranslated(text: str, *allowed: str) -> list[str]:
    """The Latin words of a text that are no data; a dialog may hide a part of an invented word."""
    words = set(re.findall(r"[A-Za-z]{2,}", text)) - NAMES - set(allowed)
    return sorted(word for word in words if not any(word in known for known in INVENTED))


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints, remarks and errors included."""
    capsys.readouterr()
    run(list(arguments))
    captured = capsys.readouterr()
    return captured.out + captured.err


def words_of_page(page: str) -> str:
    """The text of an HTML page or a drawing, without marks, styles and scripts."""
    page = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", page)


COMMAND_LINES = (
    ("lookup", "新质生产力"),
    ("lookup", "没有"),
    ("variants", "新质生产力", "--as-of", "2024-05"),
    ("variants", "新质生产力", "--kind", "official"),
    ("scan", "zh.txt"),
    ("survey", "en.txt"),
    ("check", "en.txt", "--source", "zh.txt"),
    ("check", "en.txt", "--fix"),
    ("align", "zh.txt", "en.txt"),
    ("align", "zh.txt", "en.txt", "-o", "qout.csv"),
    ("extract", "zh.txt", "en.txt", "--queue"),
    ("review", "list"),
    ("corpus", "list"),
    ("concordance", "新质生产力"),
    ("import", "qglossary.toml", "--dry-run"),
    ("export", "qout.csv"),
    ("history", "qorbit-vlem", "--terms"),
    ("undo",),
)


@pytest.mark.parametrize("arguments", COMMAND_LINES, ids=" ".join)
def test_a_command_answers_in_the_language_of_the_interface(
    folder: Path, other_language: None, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    text = answer(capsys, *arguments)
    assert re.search("[А-Яа-я]", text), text
    # Codes of checks, and the acts and reasons of decisions, are the same in every language.
    codes = ("deprecated", "rendering", "import", "toml")
    assert untranslated(text, *codes) == [], text


@pytest.mark.parametrize("name", [entry.name for entry in COMMANDS])
def test_help_is_in_the_language_of_the_interface(
    folder: Path, other_language: None, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text = answer(capsys, name, "--help")
    lines = text.splitlines()
    prose = "\n".join(line for line in lines if not line.strip().startswith("termbank "))
    prose = re.sub(r"\[[a-z|]+\]|--?[a-z][a-z-]*|\b[A-Z]{2,}\b", " ", prose)
    commands = set(re.findall(r"^  ([a-z]+)\b", prose, re.MULTILINE)) | {name}
    assert untranslated(prose, *commands) == [], text


@pytest.mark.parametrize(
    "arguments",
    [
        ("survey", "en.txt", "--format", "html"),
        ("check", "en.txt", "--source", "zh.txt", "--format", "html"),
        ("variants", "新质生产力", "--as-of", "2024-05", "--format", "html"),
        ("variants", "新质生产力", "--as-of", "2024-05", "--format", "svg"),
    ],
    ids=" ".join,
)
def test_a_page_is_in_the_language_of_the_interface(
    folder: Path, other_language: None, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    text = words_of_page(answer(capsys, *arguments))
    assert untranslated(text, "deprecated", "rendering", "import", "toml") == [], text


@pytest.mark.parametrize(
    "arguments",
    [
        ("lookup", "新质生产力", "--json"),
        ("variants", "新质生产力", "--as-of", "2024-05", "--by", "u", "--json"),
        ("variants", "新质生产力", "--as-of", "2024-05", "--json"),
        ("scan", "zh.txt", "--format", "json"),
        ("scan", "zh.txt", "--format", "csv"),
        ("survey", "en.txt", "--format", "json"),
        ("survey", "en.txt", "--format", "csv"),
        ("check", "en.txt", "--source", "zh.txt", "--format", "json"),
        ("check", "en.txt", "--source", "zh.txt", "--format", "sarif"),
        ("check", "en.txt", "--source", "zh.txt", "--format", "github"),
        ("extract", "zh.txt", "en.txt", "--format", "json"),
        ("history", "--json"),
        ("doctor", "--json"),
    ],
    ids=" ".join,
)
def test_what_programs_read_is_the_same_in_every_language(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    def printed() -> str:
        capsys.readouterr()
        run(list(arguments))
        return capsys.readouterr().out

    english = printed()
    restore = use_catalogue(LetterCatalogue())
    try:
        assert printed() == english
    finally:
        restore()


KEYS_ON_SCREEN = (
    "Ctrl", "Esc", "Enter", "Tab", "Space", "PgUp", "PgDn", "Home", "End", "xinzhi", "xzscl", "new", "quality",
)  # fmt: skip
"""The names of keys, and the examples in the search box."""

SCREENS: dict[str, tuple[str, ...]] = {
    "lookup": (),
    "nothing found": ("9", "9"),
    "page": ("enter",),
    "timeline": ("enter", "t"),
    "history": ("enter", "h"),
    "passage": ("enter", "down", "down", "down", "enter"),
    "status": ("enter", "s"),
    "note": ("enter", "n"),
    "remove": ("enter", "x"),
    "help": ("question_mark",),
    "help of the page": ("enter", "question_mark"),
    "review": ("f2",),
    "help of the review": ("f2", "question_mark"),
}


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_a_screen_is_in_the_language_of_the_interface(
    folder: Path, other_language: None, keys: tuple[str, ...]
) -> None:
    with open_bank(folder / "own.bank") as bank:
        app: Any = TermbankApp(bank, clock=lambda: 0.0)
        async with app.run_test(size=(100, 60)) as pilot:
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()
            strips = app.screen._compositor.render_strips()
            text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
    assert re.search("[А-Яа-я]", text), text
    assert untranslated(text, *KEYS_ON_SCREEN, "import") == [], text
