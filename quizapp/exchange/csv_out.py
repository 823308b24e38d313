"""Tables as CSV: UTF-8 with a mark at the start, by which spreadsheets know it."""

from __future__ import annotations

import csv
from io import StringIO

from quizapp.exchange.tables_out import Table, neutral_rows


def write_csv(table: Table) -> bytes:
    """Return the table as a file."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    for row in neutral_rows(table):
        writer.writerow("" if value is None else str(value) for value in row)
    return text.getvalue().encode("utf-8-sig")
