"""A lesson on paper for a class: in one case, without the keys or as the teacher's copy with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor
from quizapp.core.questions import Case
from quizapp.services.access.lessons import access_lesson_to_teach, is_fictional_only
from quizapp.services.lesson_screens import ScreenOnPage, blank_screens
from quizapp.services.library import KeyedQuestion, keyed_question
from quizapp.services.practice import asked_in_lesson
from quizapp.services.runtime import Work, reading


@dataclass(frozen=True, slots=True)
class LessonPaper:
    """All screens of a lesson, nothing filled in.

    ``keys`` by question key; empty on the students' copy. ``cases`` are those that the school uses.
    """

    slug: str
    lesson: Lesson
    case: Case
    cases: tuple[Case, ...]
    screens: tuple[ScreenOnPage, ...]
    keys: Mapping[str, KeyedQuestion]


@reading
def lesson_paper(work: Work, actor: Actor, *, slug: str, case: Case, with_keys: bool) -> LessonPaper:
    """Return a lesson for paper.

    Raises:
        NotFound: no such lesson, or the actor is no member of staff.
    """
    lesson = access_lesson_to_teach(work, actor, slug=slug)
    cases = (Case.B,) if is_fictional_only(work, actor) else tuple(Case)
    case = case if case in cases else Case.B
    # The wording that stands on the sheet: of two variants the key must be that of the one that was asked.
    keys = lesson.question_keys(case) if with_keys else ()
    questions = asked_in_lesson(work, actor.user_id, lesson.key, keys).questions if keys else {}
    return LessonPaper(
        slug=slug,
        lesson=lesson,
        case=case,
        cases=cases,
        screens=blank_screens(work, actor, lesson, case),
        keys={key: keyed_question(work, question) for key, question in questions.items()},
    )
