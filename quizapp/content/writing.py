"""Rendering the texts of one item: HTML out, the text noted for lint, slips told by file and line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quizapp.content.library import Audience, Library, Text
from quizapp.content.markdown import References, Rendered, render_block, render_inline
from quizapp.content.prose import Kind, Plain
from quizapp.content.reading import Reader
from quizapp.content.yaml_reader import Document, Path

LEFT_OVER = re.compile(r"\[\[|\]\]|\]\((?:word|line):")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the texts of one item of one file. ``teacher_fields`` are never shown to learners."""

    library: Library
    reader: Reader
    references: References
    item: str
    document: Document | None = None
    base: Path = ()
    teacher_fields: frozenset[str] = frozenset()
    audience: Audience = Audience.LEARNER
    is_made_up: bool = False

    def __call__(self, text: str, kind: Kind, path: Path) -> str:
        """Write a text of a record that stands at the path of the document."""
        line = self.document.line(path) if self.document else 1
        field = path[len(self.base) :]
        writer = self
        if field and str(field[0]) in self.teacher_fields:
            writer = replace(self, audience=Audience.TEACHER)
        return writer.write(text, kind, line, ".".join(map(str, field)))

    def made_up(self) -> Writer:
        """Return a writer of texts whose quotations quote nobody."""
        return replace(self, is_made_up=True)

    def write(self, text: str, kind: Kind, line: int, field: str, *, counts_lines: bool = False) -> str:
        """Return the text as it is stored; note it for lint."""
        html, shown = text, Rendered(text)
        if not isinstance(kind, Plain):
            shown = (
                render_block(text, self.references) if kind.is_block else render_inline(text, self.references)
            )
            html = shown.html
        noted = Text(
            item=self.item,
            file=self.reader.file,
            line=line,
            field=field,
            source=text,
            html=html,
            audience=self.audience,
            is_made_up=self.is_made_up,
            counts_lines=counts_lines,
        )
        self.library.texts.append(noted)
        for slip in shown.slips:
            self._tell(noted, slip.offset, slip.rule, slip.message, slip.remedy)
        left_over = LEFT_OVER.search(html)
        if left_over:
            remedy = "close its brackets; [[x-…]] for an excerpt, [text](word:…) for a word"
            offset = max(0, text.find(left_over[0]))
            self._tell(noted, offset, "L001", f"a mark that is not one of ours: {left_over[0]}", remedy)
        return html

    def _tell(self, text: Text, offset: int, rule: str, message: str, remedy: str) -> None:
        line = text.line_at(offset)
        self.reader.problem(rule, line, message, remedy, item=self.item, field=text.field)
