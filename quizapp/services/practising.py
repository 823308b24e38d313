"""Practising a skill by oneself: one question at a time, for as long as one likes, and nothing counts.

Only questions for practice are asked, never one of a quiz or checkpoint. Which task comes next follows from what was
given so far (`quizapp.core.practising`), so that looking stores nothing and two windows show the same one. The case
is the one that the student chose last: it stands in no address, title or notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from quizapp.core.errors import NotFound
from quizapp.core.mastery import is_right
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.practice import Purpose
from quizapp.core.practising import (
    PREFIX,
    Met,
    Task,
    key_of_turn,
    keys_of_turns,
    next_task,
    turn_of_key,
    wrong_longest_ago,
)
from quizapp.core.questions import Question
from quizapp.core.shuffling import rank
from quizapp.core.skills import Skill, Strand
from quizapp.question_types.contract import FormFields
from quizapp.services.access.lessons import require_student
from quizapp.services.access.practice import hold_own_practice, own_practice
from quizapp.services.content import practice_pool, questions_by_version, skills
from quizapp.services.lesson_answers import Answered, Asking, given_so_far, take_answer
from quizapp.services.lesson_questions import LessonQuestion, Reader, Rejected, lesson_question
from quizapp.services.lessons import own_progress
from quizapp.services.own_case import last_case
from quizapp.services.practice import Given, asked_in_lesson, put_together
from quizapp.services.progress import Count, count_right
from quizapp.services.runtime import Work, reading, use_case
from quizapp.storage.tables import PracticeAnswer

NOT_ASKED_HERE = Message("Meanwhile another question stands here, so that answer was not stored.")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is with a skill: tasks there are, those never met, those that come back, and right ones."""

    tasks: int
    fresh: int
    again: int
    count: Count


@dataclass(frozen=True, slots=True)
class ListedSkill:
    """A skill that can be practised."""

    skill: Skill
    standing: Standing


@dataclass(frozen=True, slots=True)
class PracticePage:
    """One turn on a skill. ``question`` None: there is nothing to ask."""

    skill: Skill
    standing: Standing
    number: int
    question: LessonQuestion | None
    now: datetime


@dataclass(frozen=True, slots=True)
class _Practice:
    """What one student can be asked on one skill, and the turns so far, each with its answers, oldest first."""

    skill: Skill
    student_id: int
    tasks: Mapping[str, Question]
    pool: Mapping[str, Question]
    turns: Sequence[Sequence[Given]]

    @property
    def met(self) -> list[Met]:
        return [
            Met(
                _task_name(first.question),
                first.question.family,
                is_right(first.score) if first.score else None,
            )
            for first, *_ in self.turns
        ]

    @property
    def standing(self) -> Standing:
        met = self.met
        seen = {one.task for one in met}
        return Standing(
            tasks=len(self.tasks),
            fresh=sum(name not in seen for name in self.tasks),
            again=sum(name in self.tasks for name in wrong_longest_ago(met)),
            count=count_right(given for turn in self.turns for given in turn),
        )

    def asked_at(self, number: int) -> Question | None:
        """Return the question of a turn: as it was answered, or what comes next; None when nothing is left.

        Raises:
            NotFound: that turn is not due yet.
        """
        if not 1 <= number <= len(self.turns) + 1:
            raise NotFound
        if number <= len(self.turns):
            return self.turns[number - 1][0].question
        tasks = [Task(name, one.difficulty, one.family) for name, one in self.tasks.items()]
        task = next_task(tasks, self.met, rank(self.student_id, "practise", self.skill.id))
        return self.tasks[task.name] if task else None

    def takes(self, number: int, question_key: str) -> bool:
        """Say whether that turn is about this question; a first answer may be to the other case of its task."""
        due = self.asked_at(number)
        if due is None or question_key not in self.pool:
            return False
        is_first = number > len(self.turns)
        return question_key == due.key or (
            is_first and _task_name(self.pool[question_key]) == _task_name(due)
        )

    def key(self, number: int) -> str:
        return key_of_turn(self.skill.id, number)


@reading
def practice_list(work: Work, actor: Actor) -> Mapping[Strand, Sequence[ListedSkill]]:
    """Return the skills that have questions for practice, by strand; as many statements for one as for fifteen.

    Raises:
        NotFound: the actor is no student.
    """
    require_student(actor)
    listed: dict[Strand, list[ListedSkill]] = {}
    for mine in _opened(work, actor, skills(work), PREFIX):
        if mine.tasks:
            listed.setdefault(mine.skill.strand, []).append(ListedSkill(mine.skill, mine.standing))
    return listed


@reading
def practice_page(
    work: Work, actor: Actor, *, skill_id: str, number: int | None = None, rejected: Rejected | None = None
) -> PracticePage:
    """Return one turn of the actor on a skill, by default the one that is due.

    Raises:
        NotFound: the actor is no student, there is no such skill, or that turn is not due yet.
    """
    mine = _practice_of(work, actor, skill_id)
    number = len(mine.turns) + 1 if number is None else number
    due = mine.asked_at(number)
    return PracticePage(
        skill=mine.skill,
        standing=mine.standing,
        number=number,
        question=_shown(work, mine, due, number, rejected) if due else None,
        now=work.now,
    )


@use_case
def answer_practice(
    work: Work,
    actor: Actor,
    *,
    skill_id: str,
    number: int,
    question_key: str,
    fields: FormFields,
    shown_at: datetime | None,
) -> Answered:
    """Store an answer to the question of a turn. The same answer sent twice is stored once.

    Raises:
        NotFound: the actor is no student, there is no such skill, or that turn is not due yet.
    """
    require_student(actor)
    hold_own_practice(work, actor)
    mine = _practice_of(work, actor, skill_id)
    if not mine.takes(number, question_key):
        return Answered(number, note=NOT_ASKED_HERE)
    asked = asked_in_lesson(work, actor.user_id, mine.key(number), [question_key])
    asking = Asking(mine.key(number), question_key, Purpose.PRACTICE, number)
    return take_answer(work, actor, asking, asked=asked, fields=fields, shown_at=shown_at)


@reading
def unfinished_practice(
    work: Work, actor: Actor, *, skill_id: str, number: int, question_key: str, fields: FormFields
) -> Rejected:
    """Return what is given so far, for a page that draws it anew. It is not an answer yet, and nothing is stored.

    Raises:
        NotFound: the actor is no student, or that question is not asked there.
    """
    mine = _practice_of(work, actor, skill_id)
    if not mine.takes(number, question_key):
        raise NotFound
    asked = asked_in_lesson(work, actor.user_id, mine.key(number), [question_key])
    return given_so_far(work, asked.questions[question_key], fields)


def _shown(
    work: Work, mine: _Practice, due: Question, number: int, rejected: Rejected | None
) -> LessonQuestion:
    asked = asked_in_lesson(work, mine.student_id, mine.key(number), [due.key])
    shown = lesson_question(
        work,
        Reader(mine.student_id, mine.key(number)),
        question=asked.questions[due.key],
        number=number,
        asked=asked,
        purpose=Purpose.PRACTICE,
        rejected=rejected,
    )
    # What was for practice once may be asked in a quiz by now: the answer stays, a further one is not taken.
    return shown if due.key in mine.pool else replace(shown, form=None)


def _practice_of(work: Work, actor: Actor, skill_id: str) -> _Practice:
    """Return the actor's practice of the skill with that id in lower case.

    Raises:
        NotFound: the actor is no student, or there is no such skill.
    """
    require_student(actor)
    for skill in skills(work):
        if skill.id.lower() == skill_id:
            [mine] = _opened(work, actor, [skill], keys_of_turns(skill.id))
            return mine
    raise NotFound


def _opened(work: Work, actor: Actor, wanted: Iterable[Skill], keys_begin_with: str) -> list[_Practice]:
    case = last_case(work, actor, own_progress(work, actor).values())
    pool = practice_pool(work)
    turns = _turns(work, actor, keys_begin_with)
    return [
        _Practice(
            skill=skill,
            student_id=actor.user_id,
            tasks={
                _task_name(one): one for one in pool if one.skill == skill.id and one.case in (None, case)
            },
            pool={one.key: one for one in pool if one.skill == skill.id},
            turns=turns.get(skill.id, ()),
        )
        for skill in wanted
    ]


def _turns(work: Work, actor: Actor, keys_begin_with: str) -> dict[str, list[list[Given]]]:
    """Return the answers of every turn in the order of the turns, by skill."""
    rows = work.session.scalars(
        select(PracticeAnswer).where(own_practice(actor, keys_begin_with)).order_by(PracticeAnswer.id)
    ).all()
    # Fetched for all turns at once.
    questions_by_version(work, [(row.question_version_id, row.variant) for row in rows])
    by_turn: dict[tuple[str, int], list[PracticeAnswer]] = {}
    for row in rows:
        turn = turn_of_key(row.lesson_key)
        assert turn is not None, "the filter lets no other key pass"
        by_turn.setdefault(turn, []).append(row)
    turns: dict[str, list[list[Given]]] = {}
    for (skill, _), given in sorted(by_turn.items(), key=lambda one: one[0]):
        turns.setdefault(skill, []).append(put_together(work, given))
    return turns


def _task_name(question: Question) -> str:
    return question.slot or question.key
