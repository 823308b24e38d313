"""A class list as a file: what a spreadsheet program saves as CSV, as the lines that a teacher would paste."""

from __future__ import annotations

import csv
from io import StringIO

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message

LARGEST_FILE = 200_000
"""Bytes."""

TOO_LARGE = Message("This file is too large for a class list: at most 200 kB.")
EMPTY = Message("This file is empty.")
A_SPREADSHEET = Message(
    "This is a spreadsheet, not a CSV file. Open it, choose “Save as”, then “CSV UTF-8”, and choose the new file here."
)
UNREADABLE = Message(
    "The letters of this file can't be read. Save it again as “CSV UTF-8”, or paste the names."
)
NOT_CLOSED = Message(
    "This file can't be read as CSV: a quotation mark in it is not closed. Mend the file, or paste the names."
)

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .ods begin, and .xls."""

HEADINGS = frozenset({"name", "names", "full name", "student", "students", "student name"})
"""What stands above a column of names; nobody is called so."""


def names_in_file(body: bytes) -> str:
    """Return the rows of a CSV file as a pasted list, row 5 as line 5: the name, and a user name after a semicolon.

    Columns are parted by semicolons where the file has any, else by commas. A heading leaves an empty line.

    Raises:
        Refusal: too large, empty, or no CSV in UTF-8 (field ``file``).
    """
    if len(body) > LARGEST_FILE:
        raise Refusal("file", TOO_LARGE)
    if body.startswith(SPREADSHEETS):
        raise Refusal("file", A_SPREADSHEET)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("file", UNREADABLE) from None
    if "\0" in text:
        raise Refusal("file", UNREADABLE)
    if not text.strip():
        raise Refusal("file", EMPTY)
    return "\n".join(_lines(text))


def _lines(text: str) -> list[str]:
    rows = csv.reader(
        StringIO(text, newline=""),
        delimiter=";" if ";" in text else ",",
        skipinitialspace=True,
        strict=True,
    )
    try:
        lines = [_line(row) for row in rows]
    except csv.Error:
        raise Refusal("file", NOT_CLOSED) from None
    if lines[0].casefold().partition(";")[0] in HEADINGS:
        lines[0] = ""
    return lines


def _line(row: list[str]) -> str:
    # A cell may hold line breaks of its own, which would count as rows.
    return "; ".join(" ".join(cell.split()) for cell in row).rstrip("; ")
