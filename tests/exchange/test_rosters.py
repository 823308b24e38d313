"""Class lists that come as files, from spreadsheet programs of several countries."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.errors import Refusal
from quizapp.core.rosters import read_roster
from quizapp.exchange.rosters import LARGEST_FILE, names_in_file


def read(text, encoding="utf-8"):
    lines = read_roster(names_in_file(text.encode(encoding)))
    return [(line.number, line.name, line.user_name) for line in lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("comma", [",", ";", ", ", " ; "])
def test_rows_keep_the_numbers_of_the_spreadsheet(encoding, end, comma):
    text = end.join([f"Ana Silva{comma}ana.s", "", "李娜", f"محمد{comma}", ""])

    assert read(text, encoding) == [(1, "Ana Silva", "ana.s"), (3, "李娜", ""), (4, "محمد", "")]


def test_a_quoted_name_keeps_its_comma_and_a_line_break_in_a_cell_is_no_row():
    text = 'Name,User name\n"Silva, Ana",ana.s\n"Li\nNa",\n"Bo ""B"" Ek",\nDafna Levi\n'

    assert read(text) == [
        (2, "Silva, Ana", "ana.s"),
        (3, "Li Na", ""),
        (4, 'Bo "B" Ek', ""),
        (5, "Dafna Levi", ""),
    ]


def test_a_comma_stays_in_the_name_where_semicolons_part_the_columns():
    assert read("Silva, Ana; ana.s") == [(1, "Silva, Ana", "ana.s")]


def test_a_name_that_is_no_heading_is_read_from_the_first_row_too():
    assert read("Namea Student\nAna") == [(1, "Namea Student", ""), (2, "Ana", "")]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8 + b" \r\n", "empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a spreadsheet"),
        ("Björn".encode("latin-1"), "letters of this file"),
        ("Ana".encode("utf-16"), "letters of this file"),
        ("Ana".encode("utf-16-le"), "letters of this file"),
        (b'"Ana Silva\nBo Ek\n', "not closed"),
        (b"A" * (LARGEST_FILE + 1), "at most 200 kB"),
    ],
)
def test_any_other_file_is_refused_with_a_sentence_that_says_what_to_do(body, said):
    with pytest.raises(Refusal) as refused:
        names_in_file(body)

    assert refused.value.field == "file"
    assert said in str(refused.value.message)


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reading(body):
    try:
        lines = names_in_file(body)
    except Refusal:
        return

    assert isinstance(read_roster(lines), tuple)
