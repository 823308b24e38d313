"""Tables as CSV and XLSX: what people typed is never a formula, and figures stay figures."""

from __future__ import annotations

import csv
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO

import pytest

from quizapp.exchange.csv_out import write_csv
from quizapp.exchange.tables_out import Table, neutral
from quizapp.exchange.xlsx_out import sheet_name, write_xlsx
from tests.support.sheets import read_sheet

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")']


def a_table(*cells, name="Marks"):
    return Table(name, tuple(f"c{place}" for place, _ in enumerate(cells)), (tuple(cells),))


def csv_rows(table):
    return list(csv.reader(StringIO(write_csv(table).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("typed", DANGEROUS)
def test_a_text_that_begins_like_a_formula_is_written_as_text(typed):
    assert csv_rows(a_table(typed))[1] == ["'" + typed]
    assert read_sheet(write_xlsx(a_table(typed)))[1] == ["'" + typed]


def test_a_title_in_the_head_is_written_as_text_too():
    table = Table("x", ("=cmd()",), ())

    assert csv_rows(table)[0] == ["'=cmd()"]
    assert read_sheet(write_xlsx(table))[0] == ["'=cmd()"]


@pytest.mark.parametrize(
    "text", ["李娜", "فاطمة الزهراء", "O'Neil", 'a "quoted" name', "a,b", "two\nlines", "1e5"]
)
def test_other_texts_come_back_as_they_were(text):
    assert csv_rows(a_table(text))[1] == [text]
    assert read_sheet(write_xlsx(a_table(text)))[1] == [text]


def test_figures_are_numbers_and_nothing_is_empty():
    table = a_table(7, Decimal("7.5"), None)

    assert csv_rows(table)[1] == ["7", "7.5", ""]
    assert read_sheet(write_xlsx(table))[1] == [7.0, 7.5]


def test_a_sheet_holds_no_formula_and_no_link():
    with zipfile.ZipFile(BytesIO(write_xlsx(a_table(*DANGEROUS, "https://example.org")))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_numbers_are_never_touched():
    assert neutral(-3) == -3


def test_a_row_as_long_as_its_head_is_asked_for():
    with pytest.raises(ValueError, match="2 cells"):
        Table("x", ("one",), ((1, 2),))


@pytest.mark.parametrize(
    ("name", "shown"), [("10A: marks", "10A  marks"), ("x" * 40, "x" * 31), ("'?'", "Table")]
)
def test_the_name_of_a_sheet_is_one_that_spreadsheets_allow(name, shown):
    assert sheet_name(name) == shown
    write_xlsx(a_table(1, name=name))
