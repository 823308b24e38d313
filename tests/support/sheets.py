"""Reading back what was written as XLSX."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

ESCAPED_CR = "_x000D_"
"""How the format writes a carriage return."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_sheet(file: bytes) -> list[list[str | float]]:
    """Return the filled cells of the first sheet, row by row: texts as strings, numbers as floats."""
    with zipfile.ZipFile(BytesIO(file)) as parts:
        texts = (
            [
                "".join(piece.text or "" for piece in item.iter(f"{MAIN}t")).replace(ESCAPED_CR, "\r")
                for item in ET.fromstring(parts.read("xl/sharedStrings.xml"))
            ]
            if "xl/sharedStrings.xml" in parts.namelist()
            else []
        )
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    return [
        [
            texts[int(cell.findtext(f"{MAIN}v", ""))]
            if cell.get("t") == "s"
            else float(cell.findtext(f"{MAIN}v", ""))
            for cell in row.iter(f"{MAIN}c")
            if cell.find(f"{MAIN}v") is not None
        ]
        for row in sheet.iter(f"{MAIN}row")
    ]
