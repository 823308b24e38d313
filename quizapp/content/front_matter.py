"""The YAML between two lines of three hyphens on top of a Markdown file."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.content.reading import Reader
from quizapp.content.yaml_reader import Document

FENCE = "---"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter, and the Markdown below it; ``line`` is the number of its first line."""

    document: Document
    text: str
    line: int


def read_front_matter(reader: Reader) -> FrontMatter | None:
    """Return front matter and text of a Markdown file; None after a problem was noted."""
    text = reader.text()
    if text is None:
        return None
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:
        remedy = "start the file with a line `---`, the keys, and another line `---`"
        reader.problem("L001", 1, "no front matter", remedy)
        return None
    document = reader.document("\n".join(lines[1 : ends[1]]), first_line=2)
    if document is None:
        return None
    return FrontMatter(document, "\n".join(lines[ends[1] + 1 :]), ends[1] + 2)
