from __future__ import annotations

import pytest

from termbank.surveying.provenance import date_in, provenance


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2025-09-04", "2025-09-04"),
        ("Published at Aug 27, 2025 04:20 pm", "2025-08-27"),
        ("(8 May 2019)", "2019-05-08"),
        ("（2019年5月8日）", "2019-05-08"),
        ("September 2020", "2020-09"),
        ("2025-13-40", None),
        ("from 2027 to 2030", None),
    ],
)
def test_a_date_is_read_as_it_is_written(line: str, date: str | None) -> None:
    assert date_in(line) == date


def test_a_source_line_names_the_publisher() -> None:
    found = provenance(
        "A New Stage of Rural Vitalization\nSource: Farmers' Daily\n2024-02-05\nThe document says …"
    )
    assert (found.title, found.publisher, found.date) == (
        "A New Stage of Rural Vitalization",
        "Farmers' Daily",
        "2024-02-05",
    )


def test_the_newsroom_that_signs_at_the_foot_is_the_publisher() -> None:
    found = provenance("China Announces a Plan\n\nThe plan covers six areas.\n\nAuthor\n\n联合日报newsroom\n")
    assert found.publisher == "联合日报"


def test_a_date_of_the_news_is_not_the_date_of_the_text() -> None:
    found = provenance(
        "Explainer\nIn August 2025, China published the Opinions on the initiative, which say much."
    )
    assert found.date is None
    assert "it does not say when it was published." in found.remarks


def test_a_day_without_its_year_is_left_open_and_said() -> None:
    found = provenance(
        "The plan\n\nThis note was originally published for subscribers of Tech Daily on August 27."
    )
    assert found.publisher == "Tech Daily"
    assert found.date is None
    assert any("without a year" in remark for remark in found.remarks)


def test_whatever_was_concluded_names_its_line() -> None:
    found = provenance("2025-09-04\nPromoting the Plan\nSource:Science and Technology Daily\nThe plan …")
    assert "publisher “Science and Technology Daily” read from line 3." in found.remarks


def test_the_marks_of_a_heading_are_no_part_of_the_title() -> None:
    assert provenance("# Annual Statement of the Authority\n\nThe year began well.").title == (
        "Annual Statement of the Authority"
    )
