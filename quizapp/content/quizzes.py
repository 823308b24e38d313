"""Reading quizzes: blueprints, one a file."""

from __future__ import annotations

from quizapp.content.library import Library, Pack, QuizSource, Source
from quizapp.content.prose import rendered
from quizapp.content.reading import Reader
from quizapp.content.records import QuizRecord
from quizapp.content.roots import Root
from quizapp.content.writing import Writer
from quizapp.core.quizzes import Quiz
from quizapp.question_types.registry import question_types


def read_quizzes(library: Library, pack: Pack, root: Root) -> None:
    """Read every quiz of the pack."""
    for path in sorted((root.questions / "quizzes").glob("*.yaml")):
        _quiz(library, Reader(path, root.told(path), pack.name, library.problems))


def _quiz(library: Library, reader: Reader) -> None:
    document = reader.yaml()
    record = reader.record(QuizRecord, document) if document else None
    if document is None or record is None:
        return
    key, source = reader.key(record.id), Source(reader.file, document, ())
    for index, row in enumerate(record.blueprint):
        if row.type is not None and row.type not in question_types():
            line = document.line(("blueprint", index, "type"))
            allowed = ", ".join(question_types())
            reader.problem("L001", line, f"no type {row.type!r}", "name one", item=key, limit=allowed)
    written = rendered(record, Writer(library, reader, library.references, key, document))
    lesson = reader.key(record.lesson) if record.lesson else None
    rows = [{name: value for name, value in row.items() if value is not None} for row in written["blueprint"]]
    body = {"key": key, "title": record.title, "lesson": lesson, "minutes": record.minutes, "blueprint": rows}
    library.quizzes[key] = QuizSource(key, source, record, Quiz.from_body(body).to_body())
