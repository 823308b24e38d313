"""The sign-ins that are printed when the demo starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that is printed when the demo starts."""

    role: str
    user_name: str
    secret: str


SIGN_INS = (
    SignIn("student", "Maya Okonkwo", "480731"),
    SignIn("teacher", "Ruth Adeyemi", "harbour lane teacher"),
    SignIn("administrator", "Tomas Lindqvist", "harbour lane admin"),
)
