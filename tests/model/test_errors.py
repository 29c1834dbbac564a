import pickle

from termbank.model.errors import Fault, UnreadableError, sentence
from termbank.model.message import message, use_catalogue


class Chinese:
    """A catalogue with a few translations."""

    def gettext(self, text: str) -> str:
        return {
            "“{word}” is missing.": "缺少“{word}”。",
            "Add it.": "请补上。",
            "line {line}": "第 {line} 行",
        }.get(text, text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


def test_a_fault_reads_as_english_and_is_translated_by_sentence() -> None:
    fault = Fault(message("“{word}” is missing.", word="id"), line=3, remedy=message("Add it."))
    restore = use_catalogue(Chinese())
    try:
        assert str(fault) == "line 3: “id” is missing. Add it."
        assert sentence(fault) == "第 3 行: 缺少“id”。 请补上。"
    finally:
        restore()
    assert sentence(fault) == str(fault)


def test_the_place_of_a_fault_is_a_line_and_column_or_a_cell() -> None:
    assert str(Fault("wrong.", "a.csv", 3, 4)) == "a.csv:3:4: wrong."
    assert str(Fault("wrong.", "a.xlsx", place="row 3")) == "a.xlsx (row 3): wrong."
    assert str(Fault("wrong.", place="row 3", remedy="Correct it.")) == "row 3: wrong. Correct it."


def test_an_error_keeps_its_parts_when_it_passes_between_processes() -> None:
    error = pickle.loads(
        pickle.dumps(UnreadableError(message("“{word}” is missing.", word="id"), file="a.csv"))
    )
    assert error.fault.message.template == "“{word}” is missing."
    assert str(error) == "a.csv: “id” is missing."
