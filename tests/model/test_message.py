"""Messages keep their English text and can be shown in another language."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from termbank.model.message import Message, _, message, ngettext, plural, translate, use_catalogue


class Marked:
    """A catalogue that puts every text in brackets, and knows one plural form."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid2}]"


@pytest.fixture
def marked() -> Iterator[None]:
    restore = use_catalogue(Marked())
    yield
    restore()


def test_a_message_is_its_english_text() -> None:
    made = message("{found} in the English.", found="2031")
    assert made == "2031 in the English."
    assert hash(made) == hash("2031 in the English.")
    assert translate(made) == made


def test_a_plural_message_agrees_with_its_number() -> None:
    assert [plural("{count} cell", "{count} cells", n) for n in (0, 1, 2)] == ["0 cells", "1 cell", "2 cells"]


def test_a_message_survives_pickling() -> None:
    made = pickle.loads(pickle.dumps(plural("{count} cell", "{count} cells", 3)))
    assert isinstance(made, Message)
    assert (made, made.plural, made.number) == ("3 cells", "{count} cells", 3)


def test_braces_in_a_parameter_are_left_alone() -> None:
    assert message("no “{name}”", name="{x}") == "no “{x}”"


@pytest.mark.usefixtures("marked")
def test_a_message_is_shown_in_the_language_of_the_catalogue() -> None:
    inner = message("a {kind} file", kind="TMX")
    made = message("not {what}", what=inner)
    assert made == "not a TMX file"
    assert translate(made) == "[not [a TMX file]]"
    assert translate(plural("{count} cell", "{count} cells", 1)) == "[1 cells]"
    assert translate("a file's own text") == "a file's own text"
    assert _("Quit") == "[Quit]"
    assert ngettext("{count} hit", "{count} hits", 2) == "[2 hits]"
