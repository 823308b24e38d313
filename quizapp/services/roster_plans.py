"""What confirming a pasted class list would do, line by line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import case, false, func, or_, select

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor, Permission
from quizapp.core.rosters import MAX_LINES, RosterLine, distinct_name, read_roster
from quizapp.services.access.classrooms import access_classroom, classrooms_taught_by
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import Classroom, Enrolment, User

PREFIX = 100
"""A name that gets a number may lose a few characters at its end, never as many as this leaves."""


class Deed(StrEnum):
    """What confirming does with a line."""

    CREATE = "create"
    ENROL = "enrol"
    HERE = "here"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the preview. ``student_id`` is the person who is there already, or None."""

    number: int
    name: str
    user_name: str
    deed: Deed
    problem: Message | None = None
    student_id: int | None = None
    is_apart: bool = False
    """The teacher said: another person with the same name."""


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What confirming a pasted list would do."""

    lines: tuple[PlannedLine, ...]

    @property
    def problems(self) -> int:
        """How many lines can't be used."""
        return self.count(Deed.PROBLEM)

    def count(self, deed: Deed) -> int:
        """Return how many lines come to this."""
        return sum(1 for line in self.lines if line.deed is deed)


@dataclass(frozen=True, slots=True)
class _Known:
    student_id: int
    name: str
    user_name: str
    name_key: str
    user_name_key: str
    is_here: bool


@reading
def plan_roster(
    work: Work, actor: Actor, *, classroom_id: int, text: str, apart: Collection[int] = ()
) -> RosterPlan:
    """Return what each line of a pasted list would do to the class; nothing is stored.

    A student of the actor's, now or before, is recognised by user name, or by name where the line gives no user
    name. Anybody else in the school stays unseen: a name that is taken there gets a number. ``apart`` holds the
    numbers of lines that name another person of the same name.

    Raises:
        NotFound: the actor does not teach this class.
        Refusal: nothing is there to read, or too much (field ``names``).
    """
    access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    return make_plan(work, actor, classroom_id, text, apart)


def make_plan(work: Work, actor: Actor, classroom_id: int, text: str, apart: Collection[int]) -> RosterPlan:
    """Return the plan inside the running transaction; see `plan_roster`."""
    lines = read_roster(text)
    if not lines:
        raise Refusal("names", Message("Paste at least one name, a name a line."))
    if len(lines) > MAX_LINES:
        raise Refusal(
            "names",
            Message(
                "These are %(count)d names; at most %(most)d can be added at once.",
                count=len(lines),
                most=MAX_LINES,
            ),
        )
    readable = [line for line in lines if line.problem is None]
    meant = _recognised(
        [line for line in readable if line.number not in apart],
        _known_students(work, actor, classroom_id, readable),
    )
    taken = _taken_names(work, actor, readable)
    return RosterPlan(
        tuple(_planned(line, meant.get(line.number), taken, is_apart=line.number in apart) for line in lines)
    )


def _planned(line: RosterLine, meant: _Known | None, taken: set[str], *, is_apart: bool) -> PlannedLine:
    """Return what becomes of a line; the user name of a new student is taken from then on."""
    if line.problem is not None:
        return PlannedLine(line.number, line.name, line.user_name, Deed.PROBLEM, line.problem)
    if meant is not None:
        deed = Deed.HERE if meant.is_here else Deed.ENROL
        return PlannedLine(line.number, meant.name, meant.user_name, deed, student_id=meant.student_id)
    if line.user_name and line.key in taken:
        problem = Message("This user name is taken: %(name)s. Choose another.", name=line.user_name)
        return PlannedLine(line.number, line.name, line.user_name, Deed.PROBLEM, problem, is_apart=is_apart)
    user_name = line.user_name or distinct_name(line.name, taken)
    taken.add(normal_form(user_name))
    return PlannedLine(line.number, line.name, user_name, Deed.CREATE, is_apart=is_apart)


def _recognised(lines: Sequence[RosterLine], known: Sequence[_Known]) -> dict[int, _Known]:
    """Return the student whom each line means, each student once.

    A user name that was typed decides first. A bare name means somebody in this class before somebody elsewhere,
    and a user name before a name: so a list that was added once finds the same people again.
    """
    meant: dict[int, _Known] = {}
    free = list(known)
    for line in sorted(lines, key=lambda one: not one.user_name):
        fits = [
            one
            for one in free
            if one.user_name_key == line.key or (not line.user_name and one.name_key == line.key)
        ]
        if fits:
            best = min(fits, key=lambda one: (not one.is_here, one.user_name_key != line.key))
            meant[line.number] = best
            free.remove(best)
    return meant


def _known_students(work: Work, actor: Actor, classroom_id: int, lines: Sequence[RosterLine]) -> list[_Known]:
    """Return the students of the actor's classes, now or before, who have one of these names."""
    keys = [line.key for line in lines]
    is_here = func.max(
        case(((Enrolment.classroom_id == classroom_id) & Enrolment.left_at.is_(None), 1), else_=0)
    )
    rows = work.session.execute(
        select(User.id, User.display_name, User.user_name, User.display_key, User.user_name_key, is_here)
        .join(Enrolment, Enrolment.student_id == User.id)
        .join(Classroom, Classroom.id == Enrolment.classroom_id)
        .where(
            classrooms_taught_by(actor),
            User.erased_at.is_(None),
            or_(User.user_name_key.in_(keys), User.display_key.in_(keys)),
        )
        .group_by(User.id)
        .order_by(User.id)
    )
    return [_Known(row[0], row[1], row[2], row[3], row[4], is_here=bool(row[5])) for row in rows]


def _taken_names(work: Work, actor: Actor, lines: Sequence[RosterLine]) -> set[str]:
    """Return the normal forms of user names in the school that begin with one of these names."""
    begins = [User.user_name_key.startswith(line.key[:PREFIX], autoescape=True) for line in lines]
    return set(
        work.session.scalars(
            select(User.user_name_key).where(User.school_id == actor.school_id, or_(false(), *begins))
        )
    )
