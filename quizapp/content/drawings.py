"""Reading the drawings of a lesson, which stand in ``drawings.yaml`` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

from quizapp.content.drawing_records import RECORDS, AnyDrawingRecord
from quizapp.content.problems import Severity
from quizapp.content.prose import rendered
from quizapp.content.reading import Reader
from quizapp.content.roots import Root
from quizapp.content.writing import Writer
from quizapp.content.yaml_reader import Document, Path
from quizapp.core.drawings.drawn import misfits
from quizapp.core.drawings.values import AnnotatedPage, Drawing

FEWEST_WORDS, MOST_WORDS = 5, 40
"""Of ``alt``, as of the words of a picture."""


@dataclass(frozen=True, slots=True)
class DrawingSource:
    """A drawing as it was written; ``record`` is None after problems were noted."""

    id: str
    path: Path
    record: AnyDrawingRecord | None


@dataclass(slots=True)
class Drawings:
    """The drawings of one lesson by their ids. They are written where a screen shows them."""

    writer: Writer
    by_id: dict[str, DrawingSource] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def has(self, drawing_id: str) -> bool:
        """Say whether the file has such a drawing, sound or not."""
        return drawing_id in self.by_id

    def drawing(self, drawing_id: str, *, is_made_up: bool) -> Drawing | None:
        """Return a drawing, its texts noted for lint; None where it can't be drawn, which was told."""
        self.shown.add(drawing_id)
        source = self.by_id[drawing_id]
        if source.record is None:
            return None
        write = self.writer.made_up() if is_made_up else self.writer
        body = rendered(source.record, write, source.path)
        drawing = source.record.drawing()
        if isinstance(drawing, AnnotatedPage):
            notes = [part["note"] or "" for part in body["parts"]]
            parts = zip(drawing.parts, notes, strict=True)
            drawing = replace(drawing, parts=tuple(replace(part, note=note) for part, note in parts))
        return drawing

    def tell_unused(self) -> None:
        """Note the drawings that no screen shows."""
        for name, source in self.by_id.items():
            if name not in self.shown:
                remedy = f"write `::: drawing {name}` on a screen, or remove it"
                self._tell("L001", source.path, "no screen shows it", remedy, Severity.WARNING)

    def _tell(self, rule: str, path: Path, message: str, remedy: str, severity: Severity) -> None:
        writer = self.writer
        line = writer.document.line(path) if writer.document else 1
        writer.reader.problem(rule, line, message, remedy, item=writer.item, severity=severity)


def read_drawings(writer: Writer, path: FilePath, root: Root) -> Drawings:
    """Return the drawings in the file, none where there is no file. ``writer`` writes the lesson's texts."""
    reader = replace(writer.reader, path=path, file=root.told(path))
    document = reader.yaml() if path.is_file() else None
    drawings = Drawings(replace(writer, reader=reader, document=document))
    if document is None:
        return drawings
    reader.only_keys(document, "drawings")
    for source in _sources(reader, document):
        if source.id in drawings.by_id:
            line, remedy = document.line(source.path), "give each its own id"
            reader.problem("L001", line, f"the id {source.id} stands twice", remedy, item=source.id)
        drawings.by_id.setdefault(source.id, source)
    return drawings


def _sources(reader: Reader, document: Document) -> Iterator[DrawingSource]:
    listed = document.value.get("drawings")
    if not isinstance(listed, list):
        remedy = "write `drawings:` and a list"
        reader.problem("L001", document.line(("drawings",)), "`drawings:` is not a list", remedy)
        return
    for index, entry in enumerate(listed):
        path: Path = ("drawings", index)
        written = entry if isinstance(entry, dict) else {}
        name, model = str(written.get("id", "")), RECORDS.get(str(written.get("kind")))
        if model is None:
            message = "a drawing of no kind that there is"
            line, limit = document.line((*path, "kind")), ", ".join(RECORDS)
            reader.problem("L001", line, message, "write `kind:` and one of these", item=name, limit=limit)
            yield DrawingSource(name, path, None)
            continue
        record = reader.record(model, document, path, item=name)
        is_sound = record is not None and _is_sound(reader, document, path, record)
        yield DrawingSource(name, path, record if is_sound else None)


def _is_sound(reader: Reader, document: Document, path: Path, record: AnyDrawingRecord) -> bool:
    count = len(record.alt.split())
    if not FEWEST_WORDS <= count <= MOST_WORDS:
        reader.problem(
            "L404",
            document.line((*path, "alt")),
            "the words for the drawing are too few or too many",
            f"say in {FEWEST_WORDS} to {MOST_WORDS} words what it shows",
            item=record.id,
            value=f"{count} words",
            limit=f"{FEWEST_WORDS} to {MOST_WORDS} words",
        )
    found = list(misfits(record.drawing()))
    for slip in found:
        line = document.line((*path, *slip.path))
        names = ".".join(map(str, slip.path))
        reader.problem("L001", line, slip.message, slip.remedy, item=record.id, field=names, limit=slip.limit)
    return not found
