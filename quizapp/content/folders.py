"""Reading ``lessons/folder.yaml``: the made-up case that runs through a course, a document a lesson."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from quizapp.content.library import Library, Pack, QuestionSource, Source
from quizapp.content.prose import rendered
from quizapp.content.reading import Key, Reader, Record
from quizapp.content.records import InlineText, PlainText
from quizapp.content.roots import Root
from quizapp.content.writing import Writer
from quizapp.core.folder import Edition, Folder, FolderDocument
from quizapp.core.questions import Case

VERDICTS = "verdicts"


class EditionRecord(Record):
    """The folder for readers of one case."""

    title: PlainText
    about: PlainText


class EditionsRecord(Record):
    """Both editions."""

    A: EditionRecord
    B: EditionRecord


class DocumentRecord(Record):
    """A document, the lesson that brings it, and the two questions that ask for verdicts on it."""

    id: Key
    lesson: Key
    slot: Key


class FolderRecord(Record):
    """``lessons/folder.yaml``."""

    title: PlainText
    lead: InlineText
    editions: EditionsRecord
    documents: Annotated[tuple[DocumentRecord, ...], Field(min_length=1, max_length=40)]


def read_folder(library: Library, pack: Pack, root: Root) -> None:
    """Read the folder of the pack, if it has one, after its questions and lessons."""
    path = root.lessons / "folder.yaml"
    if not path.is_file():
        return
    reader = Reader(path, root.told(path), pack.name, library.problems)
    document = reader.yaml()
    record = reader.record(FolderRecord, document) if document else None
    if document is None or record is None:
        return
    key, source = f"{pack.name}:folder", Source(reader.file, document, ())
    body = rendered(record, Writer(library, reader, library.references, key, document))
    documents = [_document(library, reader, source, index, one) for index, one in enumerate(record.documents)]
    _once(reader, source, record)
    folder = Folder(
        key=key,
        title=record.title,
        lead=body["lead"],
        editions={
            case: Edition(said.title, said.about)
            for case, said in ((Case.A, record.editions.A), (Case.B, record.editions.B))
        },
        documents=tuple(one for one in documents if one is not None),
    )
    place = next(index for index, one in enumerate(library.packs) if one.name == pack.name)
    library.packs[place] = replace(library.packs[place], folder=folder, folder_source=source)


def _document(
    library: Library, reader: Reader, source: Source, index: int, record: DocumentRecord
) -> FolderDocument | None:
    def tell(step: str, message: str, remedy: str) -> None:
        line = source.line("documents", index, step)
        reader.problem("L001", line, message, remedy, item=record.id, field=f"documents.{index}.{step}")

    lesson = reader.key(record.lesson)
    if lesson not in library.lessons:
        tell("lesson", f"no lesson {lesson}", "name the key of a lesson.md")
        return None
    slot = reader.key(record.slot)
    found = {q.record.case: q for q in library.published if q.body["slot"] == slot}
    if not {Case.A, Case.B} <= set(found):
        remedy = f"write two questions with `slot: {record.slot}`, one of each case, no drafts"
        tell("slot", f"the slot {record.slot!r} lacks a case", remedy)
        return None
    for question in found.values():
        if not _asks_for_verdicts(question):
            tell("slot", f"{question.key} does not ask for verdicts on a document", "see content-formats.md")
            return None
    return FolderDocument(record.id, lesson, {case: found[case].key for case in (Case.A, Case.B)})


def _asks_for_verdicts(question: QuestionSource) -> bool:
    is_list = question.type.name == "decide_lines" and question.written.get("choices") == VERDICTS
    return is_list and question.body["vignette"] is not None


def _once(reader: Reader, source: Source, record: FolderRecord) -> None:
    """Tell of a document or a lesson that stands twice: a lesson brings one document."""
    for step in ("id", "lesson"):
        seen: set[str] = set()
        for index, one in enumerate(record.documents):
            name = getattr(one, step)
            if name in seen:
                line = source.line("documents", index, step)
                reader.problem("L001", line, f"{name} stands twice", "name each once", item=one.id)
            seen.add(name)
