"""The folder for those who teach: every document in both editions, with its keys."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor
from quizapp.core.questions import Case
from quizapp.services.access.staff import access_staff_room
from quizapp.services.content import current_questions, folders, lessons_in_order
from quizapp.services.library import KeyedQuestion, keyed_question
from quizapp.services.runtime import Work, reading


@dataclass(frozen=True, slots=True)
class DocumentForTeachers:
    """A document in one edition; its question holds the text and the key."""

    edition: str
    question: KeyedQuestion


@dataclass(frozen=True, slots=True)
class LessonsDocument:
    """What a lesson brings: a document in each edition."""

    number: int
    lesson_number: int
    lesson_title: str
    editions: tuple[DocumentForTeachers, ...]


@dataclass(frozen=True, slots=True)
class FolderForTeachers:
    """The folder with its documents in order."""

    title: str
    lead: str
    documents: tuple[LessonsDocument, ...]


@reading
def folder_for_teachers(work: Work, actor: Actor) -> FolderForTeachers:
    """Return the folder in both editions, with its keys.

    Raises:
        NotFound: the actor is no member of staff, or the course has no folder.
    """
    access_staff_room(actor)
    folder = next(iter(folders(work)), None)
    if folder is None:
        raise NotFound
    questions = current_questions(
        work, [key for one in folder.documents for key in one.question_keys.values()]
    )
    lessons = {lesson.key: lesson for lesson in lessons_in_order(work)}
    return FolderForTeachers(
        folder.title,
        folder.lead,
        tuple(
            LessonsDocument(
                number,
                lessons[one.lesson_key].number,
                lessons[one.lesson_key].title,
                tuple(
                    DocumentForTeachers(
                        folder.editions[case].title,
                        keyed_question(work, questions[one.question_keys[case]]),
                    )
                    for case in Case
                ),
            )
            for number, one in enumerate(folder.documents, 1)
        ),
    )
