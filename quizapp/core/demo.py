"""The people behind the doors of the demo school. Their secrets are printed when it starts and keep nothing safe."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.permissions import Role

SCHOOL = "Harbour Lane School (demo)"

EXERCISE = "second-source:l2-page-b"
"""What can be tried without a sign-in: a task of a lesson about something made up, never a question of a quiz."""


class DemoDoor(StrEnum):
    """What one click opens."""

    STUDENT = "student"
    TEACHER = "teacher"
    ADMIN = "admin"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in of the demo school. An author is a teacher whose door leads to the content."""

    door: DemoDoor
    role: Role
    user_name: str
    secret: str


SIGN_INS = (
    SignIn(DemoDoor.STUDENT, Role.STUDENT, "Maya Okonkwo", "480731"),
    SignIn(DemoDoor.TEACHER, Role.TEACHER, "Ruth Adeyemi", "harbour lane teacher"),
    SignIn(DemoDoor.ADMIN, Role.ADMIN, "Tomas Lindqvist", "harbour lane admin"),
    SignIn(DemoDoor.AUTHOR, Role.TEACHER, "Ines Halvorsen", "harbour lane author"),
)
