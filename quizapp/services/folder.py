"""The folder of a student: which documents have come, and how the verdicts changed with them.

A document comes when its lesson is finished; none is ever late. The verdicts on it are answers like those in a
lesson, and never count. The edition is that of the case which the student chose last: it stands in no address, title
or notice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.errors import NotFound
from quizapp.core.folder import Edition, Folder, FolderDocument, Judged, Trail, changes_of_mind
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor
from quizapp.core.practice import Changes, Purpose
from quizapp.core.questions import Case, Question, Verdict
from quizapp.question_types.contract import FormFields
from quizapp.services.access.lessons import access_lesson, require_student, slug_of
from quizapp.services.content import folders, lessons_in_order
from quizapp.services.lesson_answers import Answered, Asking, take_answer
from quizapp.services.lesson_questions import (
    LessonQuestion,
    MadeUpText,
    Reader,
    Rejected,
    lesson_question,
    made_up_text,
)
from quizapp.services.lessons import own_progress
from quizapp.services.own_case import last_case
from quizapp.services.practice import AskedInLesson, Given, asked_in_lesson
from quizapp.services.runtime import Work, reading, use_case
from quizapp.storage.tables import LessonProgress


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A document in its place. ``came_at`` None: it waits for its lesson, and its title is not told yet."""

    id: str
    number: int
    lesson_slug: str
    lesson_number: int
    lesson_title: str
    came_at: datetime | None
    title: str
    kind: str
    is_judged: bool


@dataclass(frozen=True, slots=True)
class FolderPage:
    """What is in the folder, what waits, and the verdict page."""

    title: str
    lead: str
    edition: Edition
    entries: tuple[FolderEntry, ...]
    trails: tuple[Trail, ...]
    changes: Changes

    @property
    def next_entry(self) -> FolderEntry | None:
        """The first document that came and has no verdicts yet."""
        return _next(self.entries)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document that asks for verdicts, and those that came before it."""

    folder_title: str
    entry: FolderEntry
    question: LessonQuestion
    earlier: tuple[MadeUpText, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class _OpenFolder:
    """The folder of one student at one instant."""

    folder: Folder
    case: Case
    entries: tuple[FolderEntry, ...]
    asked: AskedInLesson

    def answers_to(self, document: FolderDocument) -> list[Given]:
        return self.asked.answers_to(document.question_keys[self.case], Purpose.PRACTICE)

    def place_of(self, document_id: str) -> int:
        """Return the place of a document that has come.

        Raises:
            NotFound: there is none of that id, or it waits.
        """
        for place, entry in enumerate(self.entries):
            if entry.id == document_id and entry.came_at is not None:
                return place
        raise NotFound


@reading
def folder_page(work: Work, actor: Actor) -> FolderPage:
    """Return the actor's folder.

    Raises:
        NotFound: the actor is no student, or the course has no folder.
    """
    mine = _opened(work, actor)
    trails = _trails(mine)
    return FolderPage(
        title=mine.folder.title,
        lead=mine.folder.lead,
        edition=mine.folder.editions[mine.case],
        entries=mine.entries,
        trails=trails,
        changes=changes_of_mind(trails),
    )


@reading
def document_page(
    work: Work, actor: Actor, *, document_id: str, rejected: Rejected | None = None
) -> DocumentPage:
    """Return a document that has come, with the actor's verdicts so far.

    Raises:
        NotFound: the actor is no student, or no such document is in the folder yet.
    """
    mine = _opened(work, actor)
    place = mine.place_of(document_id)
    question = mine.asked.questions[mine.folder.documents[place].question_keys[mine.case]]
    here = [one.came_at is not None for one in mine.entries]
    before = [one for one, came in zip(mine.folder.documents[:place], here, strict=False) if came]
    texts = [made_up_text(mine.asked.questions[one.question_keys[mine.case]].vignette) for one in before]
    return DocumentPage(
        folder_title=mine.folder.title,
        entry=mine.entries[place],
        question=lesson_question(
            work,
            Reader(actor.user_id, mine.folder.key),
            question=question,
            number=1,
            asked=mine.asked,
            purpose=Purpose.PRACTICE,
            rejected=rejected,
        ),
        earlier=tuple(text for text in texts if text is not None),
        now=work.now,
    )


@use_case
def judge_document(
    work: Work, actor: Actor, *, document_id: str, fields: FormFields, shown_at: datetime | None
) -> Answered:
    """Store the actor's verdicts on a document. The same verdicts sent twice are stored once.

    Raises:
        NotFound: the actor is no student, or no such document is in the folder yet.
    """
    require_student(actor)
    document = next((one for one in _folder(work).documents if one.id == document_id), None)
    if document is None:
        raise NotFound
    # Two windows of one student take turns.
    access_lesson(work, actor, slug=slug_of(document.lesson_key), for_update=True)
    mine = _opened(work, actor)
    place = mine.place_of(document_id)
    asking = Asking(mine.folder.key, mine.folder.documents[place].question_keys[mine.case], Purpose.PRACTICE)
    return take_answer(work, actor, asking, asked=mine.asked, fields=fields, shown_at=shown_at)


@reading
def brings_document(work: Work, actor: Actor, *, slug: str) -> bool:
    """Say whether finishing that lesson puts a document into the actor's folder.

    Raises:
        NotFound: the actor is no student.
    """
    require_student(actor)
    return any(slug_of(one.lesson_key) == slug for folder in folders(work) for one in folder.documents)


def next_in_folder(work: Work, actor: Actor, progress: Mapping[str, LessonProgress]) -> FolderEntry | None:
    """Return the first document that came and has no verdicts yet, for the actor's home; None where there is none."""
    if not any(row.finished_at for row in progress.values()) or not folders(work):
        return None
    mine = _opened(work, actor, progress)
    return _next(mine.entries)


def _next(entries: Sequence[FolderEntry]) -> FolderEntry | None:
    return next((one for one in entries if one.came_at and not one.is_judged), None)


def _folder(work: Work) -> Folder:
    for folder in folders(work):
        return folder
    raise NotFound


def _opened(work: Work, actor: Actor, progress: Mapping[str, LessonProgress] | None = None) -> _OpenFolder:
    require_student(actor)
    folder = _folder(work)
    progress = own_progress(work, actor) if progress is None else progress
    case = last_case(work, actor, progress.values())
    keys = [one.question_keys[case] for one in folder.documents]
    asked = asked_in_lesson(work, actor.user_id, folder.key, keys)
    lessons = {lesson.key: lesson for lesson in lessons_in_order(work)}
    entries = tuple(
        _entry(
            number,
            one.id,
            lessons[one.lesson_key],
            progress.get(one.lesson_key),
            asked.questions[key],
            is_judged=bool(asked.answers_to(key, Purpose.PRACTICE)),
        )
        for number, (one, key) in enumerate(zip(folder.documents, keys, strict=True), 1)
    )
    return _OpenFolder(folder, case, entries, asked)


def _entry(
    number: int,
    document_id: str,
    lesson: Lesson,
    row: LessonProgress | None,
    question: Question,
    *,
    is_judged: bool,
) -> FolderEntry:
    came_at = row.finished_at if row else None
    text = made_up_text(question.vignette) if came_at else None
    return FolderEntry(
        id=document_id,
        number=number,
        lesson_slug=slug_of(lesson.key),
        lesson_number=lesson.number,
        lesson_title=lesson.title,
        came_at=came_at,
        title=text.title if text else "",
        kind=text.kind if text else "",
        is_judged=is_judged,
    )


def _trails(mine: _OpenFolder) -> tuple[Trail, ...]:
    texts: dict[str, str] = {}
    verdicts: dict[str, list[Judged]] = {}
    for entry, document in zip(mine.entries, mine.folder.documents, strict=True):
        answers = mine.answers_to(document) if entry.came_at else []
        if not answers:
            continue
        newest = answers[-1]
        for line in newest.question.settings["lines"]:
            given = newest.value.get(line["id"]) if isinstance(newest.value, Mapping) else None
            if given is not None:
                texts[line["id"]] = line["text"]
                judged = Judged(entry.number, Verdict(given), given == line["key"])
                verdicts.setdefault(line["id"], []).append(judged)
    return tuple(Trail(claim, texts[claim], tuple(said)) for claim, said in verdicts.items())
