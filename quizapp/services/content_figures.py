"""What the content holds, in counts: for authors, who see what is there before they write what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from quizapp.core.errors import NotFound
from quizapp.core.lessons import Lesson
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.questions import Question, Use
from quizapp.core.skills import Skill
from quizapp.question_types.registry import question_types
from quizapp.services.access.lessons import slug_of
from quizapp.services.access.staff import access_staff_room
from quizapp.services.content import (
    LANGUAGE,
    bodies_by_version,
    lessons_in_order,
    questions_by_version,
    quizzes_by_key,
    skills,
    the_page,
)
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import ContentItem


@dataclass(frozen=True, slots=True)
class TypeCount:
    """So many questions of one type."""

    label: Message
    count: int


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """A lesson: its minutes, what it asks in both cases, and from how many questions its quizzes draw."""

    slug: str
    number: int
    title: str
    skill: str
    minutes: int
    asks: tuple[TypeCount, ...]
    quiz_pool: int

    @property
    def questions(self) -> int:
        """How many questions it asks, both cases together."""
        return sum(one.count for one in self.asks)


@dataclass(frozen=True, slots=True)
class SkillFigures:
    """A skill: its questions by use and by type, in the order of the columns."""

    id: str
    ability: str
    by_use: tuple[int, ...]
    by_type: tuple[int, ...]

    @property
    def questions(self) -> int:
        """How many questions are filed under it."""
        return sum(self.by_use)


@dataclass(frozen=True, slots=True)
class Covered:
    """A misconception or a claim, and how many questions touch it."""

    id: str
    text: str
    questions: int


@dataclass(frozen=True, slots=True)
class ContentFigures:
    """Everything that can be counted about the content. Only what is published counts, drafts never."""

    lessons: tuple[LessonFigures, ...]
    uses: tuple[Use, ...]
    types: tuple[Message, ...]
    skills: tuple[SkillFigures, ...]
    misconceptions: tuple[Covered, ...]
    claims: tuple[Covered, ...]

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(one.questions for one in self.skills)


@reading
def content_figures(work: Work, actor: Actor) -> ContentFigures:
    """Return what the content holds; as many statements for a thousand questions as for ten.

    Raises:
        NotFound: the actor is no member of staff.
    """
    access_staff_room(actor)
    questions = _live_questions(work)
    labels = {name: kind.label for name, kind in question_types().items()}
    types = [name for name in labels if any(one.type == name for one in questions)]
    return ContentFigures(
        lessons=_lessons(work, questions, labels),
        uses=tuple(Use),
        types=tuple(labels[name] for name in types),
        skills=tuple(_skill(skill, questions, types) for skill in skills(work)),
        misconceptions=_misconceptions(work, questions),
        claims=_claims(work, questions),
    )


def _live(work: Work, kind: str) -> list[int]:
    ids = work.session.scalars(
        select(ContentItem.current_version_id)
        .where(ContentItem.kind == kind, ContentItem.retired_at.is_(None), ContentItem.language == LANGUAGE)
        .order_by(ContentItem.key)
    )
    return [one for one in ids if one is not None]


def _live_questions(work: Work) -> list[Question]:
    return list(questions_by_version(work, ((one, None) for one in _live(work, "question"))).values())


def _lessons(
    work: Work, questions: Sequence[Question], labels: Mapping[str, Message]
) -> tuple[LessonFigures, ...]:
    abilities = {skill.id: skill.ability for skill in skills(work)}
    rows = {
        key: [row for quiz in quizzes_by_key(work).values() if quiz.lesson == key for row in quiz.blueprint]
        for key in (lesson.key for lesson in lessons_in_order(work))
    }
    drawn = [one for one in questions if one.use is Use.QUIZ]
    return tuple(
        LessonFigures(
            slug=slug_of(lesson.key),
            number=lesson.number,
            title=lesson.title,
            skill=abilities.get(lesson.skill, lesson.skill),
            minutes=lesson.minutes,
            asks=_asked(lesson, questions, labels),
            quiz_pool=sum(any(row.fits(one) for row in rows[lesson.key]) for one in drawn),
        )
        for lesson in lessons_in_order(work)
    )


def _asked(
    lesson: Lesson, questions: Sequence[Question], labels: Mapping[str, Message]
) -> tuple[TypeCount, ...]:
    keys = set(lesson.all_question_keys())
    types = Counter(one.type for one in questions if one.key in keys)
    return tuple(TypeCount(labels[name], types[name]) for name in labels if types[name])


def _skill(skill: Skill, questions: Sequence[Question], types: Sequence[str]) -> SkillFigures:
    own = [one for one in questions if one.skill == skill.id]
    uses, kinds = Counter(one.use for one in own), Counter(one.type for one in own)
    return SkillFigures(
        skill.id, skill.ability, tuple(uses[use] for use in Use), tuple(kinds[name] for name in types)
    )


def _misconceptions(work: Work, questions: Sequence[Question]) -> tuple[Covered, ...]:
    touched = Counter(name for one in questions for name in set(_named(one.settings)))
    listed = [
        entry
        for body in bodies_by_version(work, _live(work, "misconceptions")).values()
        for entry in body["misconceptions"]
    ]
    return tuple(Covered(entry["id"], entry["text"], touched[entry["id"]]) for entry in listed)


def _named(value: Any) -> Iterator[str]:
    """Yield the misconceptions that a question's wrong choices name, wherever its type keeps them."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "misconception" and isinstance(inner, str):
                yield inner
            else:
                yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _claims(work: Work, questions: Sequence[Question]) -> tuple[Covered, ...]:
    try:
        claims = the_page(work).claims
    except NotFound:
        return ()
    touched = Counter(name for one in questions for name in one.claims)
    return tuple(Covered(claim.id, claim.text, touched[claim.id]) for claim in claims)
