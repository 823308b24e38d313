"""Tables as XLSX. No text becomes a formula, a link or a number."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter import Workbook

from quizapp.exchange.tables_out import Table, neutral_rows

LONGEST_SHEET_NAME = 31
NOT_IN_A_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_xlsx(table: Table) -> bytes:
    """Return the table as a file with one sheet, its head and first column held in place."""
    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(sheet_name(table.name))
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(neutral_rows(table)):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value, None if number else bold)
                elif value is not None:
                    sheet.write_number(number, place, float(value))
    return file.getvalue()


def sheet_name(name: str) -> str:
    """Return the name as spreadsheets allow it.

    >>> sheet_name("10A: marks")
    '10A  marks'
    """
    return name.translate(NOT_IN_A_SHEET_NAME)[:LONGEST_SHEET_NAME].strip() or "Table"
