"""Who may do what: the verdict. `quizapp.services.access` enforces it, and a view never compares roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the school. A role never grants a role above itself."""

    STUDENT = "student"
    TEACHER = "teacher"
    ADMIN = "admin"
    NOBODY = "nobody"
    OPERATOR = "operator"

    @property
    def rank(self) -> int:
        """Return how far the role reaches, for "never above itself"."""
        return {"nobody": 0, "student": 1, "teacher": 2, "admin": 3, "operator": 4}[self.value]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person of a school in one request, nobody yet, or the operator of the installation."""

    user_id: int
    school_id: int
    role: Role
    session_id: int = 0
    request_id: str = ""

    @property
    def is_staff(self) -> bool:
        """A teacher or an administrator."""
        return self.role in (Role.TEACHER, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        """An administrator of a school."""
        return self.role is Role.ADMIN


NOBODY = Actor(0, 0, Role.NOBODY)
OPERATOR = Actor(0, 0, Role.OPERATOR)


class Permission(StrEnum):
    """What can be asked of a door."""

    READ = "read"
    ANSWER = "answer"
    REVIEW = "review"
    TEACH = "teach"
    GRADE = "grade"
    ADMINISTER = "administer"
    RESET = "reset"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the actor stands to the thing behind a door; the door finds out, the verdicts read it."""

    same_school: bool
    is_self: bool = False
    teaches: bool = False
    enrolled: bool = False


def may_enter_classroom(actor: Actor, permission: Permission, standing: Standing) -> bool:
    """Say whether the actor may read, teach or administer a class."""
    if not standing.same_school:
        return False
    match permission:
        case Permission.READ:
            return standing.teaches or standing.enrolled or actor.role is Role.ADMIN
        case Permission.TEACH | Permission.GRADE:
            return standing.teaches and actor.is_staff
        case Permission.ADMINISTER:
            return actor.role is Role.ADMIN
        case Permission.ARCHIVE:
            return actor.role is Role.ADMIN or (standing.teaches and actor.is_staff)
        case _:
            return False


def may_touch_person(actor: Actor, permission: Permission, standing: Standing, their_role: Role) -> bool:
    """Say whether the actor may see, reset or administer a person.

    A teacher reaches only students of own classes; nobody reaches above the own role.
    """
    if not standing.same_school:
        return False
    match permission:
        case Permission.READ:
            return standing.is_self or actor.role is Role.ADMIN or (standing.teaches and actor.is_staff)
        case Permission.TEACH:
            return standing.teaches and actor.is_staff and their_role is Role.STUDENT
        case Permission.RESET:
            if actor.role is Role.ADMIN:
                return their_role.rank <= actor.role.rank
            return standing.teaches and actor.is_staff and their_role is Role.STUDENT
        case Permission.ADMINISTER:
            return actor.role is Role.ADMIN and their_role.rank <= actor.role.rank
        case _:
            return False


def may_use_attempt(actor: Actor, permission: Permission, standing: Standing) -> bool:
    """Say whether the actor may answer, review or grade an attempt."""
    if not standing.same_school:
        return False
    match permission:
        case Permission.ANSWER | Permission.REVIEW:
            return standing.is_self
        case Permission.READ:
            return standing.is_self or (standing.teaches and actor.is_staff)
        case Permission.GRADE | Permission.TEACH:
            return standing.teaches and actor.is_staff
        case _:
            return False


def may_study(actor: Actor) -> bool:
    """Say whether the actor takes lessons as a student, with answers and progress of one's own."""
    return actor.role is Role.STUDENT


def may_read_course(actor: Actor) -> bool:
    """Say whether the actor may read what every lesson refers to: the page, retold, and the word wall."""
    return actor.role in (Role.STUDENT, Role.TEACHER, Role.ADMIN)
