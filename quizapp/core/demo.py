"""The people behind the doors of the demo school. Their secrets are printed when it starts and keep nothing safe."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.permissions import Role


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in of the demo school, and the role that it shows."""

    role: Role
    user_name: str
    secret: str


SIGN_INS = (
    SignIn(Role.STUDENT, "Maya Okonkwo", "480731"),
    SignIn(Role.TEACHER, "Ruth Adeyemi", "harbour lane teacher"),
    SignIn(Role.ADMIN, "Tomas Lindqvist", "harbour lane admin"),
)
