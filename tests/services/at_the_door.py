"""A phone at the door, and a teacher who holds it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from quizapp.core.permissions import NOBODY
from quizapp.services.door_claims import (
    AtTheDoor,
    ask_for_a_new_start,
    ask_to_come_in,
    at_the_door,
    claim_name,
    door_names,
    let_go,
)
from quizapp.services.door_entry import come_in
from quizapp.services.door_list import ListLine, live_list
from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import SignedIn, find_session
from quizapp.storage.tables import ClassDoor


@dataclass
class Phone:
    """A browser of its own."""

    runtime: Runtime
    browser: str
    code: str

    def names(self) -> dict[str, bool]:
        """Return the names that it sees, and whether each is taken."""
        found = door_names(self.runtime, NOBODY, code=self.code, browser=self.browser)
        return {one.name: one.is_taken for one in found.names}

    def claim(self, student: Any) -> None:
        claim_name(self.runtime, NOBODY, code=self.code, browser=self.browser, student_id=student.id)

    def ask(self, name: str) -> None:
        ask_to_come_in(self.runtime, NOBODY, code=self.code, browser=self.browser, name=name)

    def has_no_pin(self) -> None:
        ask_for_a_new_start(self.runtime, NOBODY, code=self.code, browser=self.browser)

    def let_go(self) -> None:
        let_go(self.runtime, NOBODY, code=self.code, browser=self.browser)

    def stands(self) -> AtTheDoor | None:
        return at_the_door(self.runtime, NOBODY, code=self.code, browser=self.browser)

    def enter(self, secret: str) -> SignedIn | None:
        """Come in and return who is in."""
        token = come_in(
            self.runtime, NOBODY, code=self.code, browser=self.browser, secret=secret, device="Phone"
        )
        return find_session(self.runtime, NOBODY, token=token)


def code_of(runtime: Runtime, classroom_id: int) -> str:
    with runtime.database.reading() as session:
        return session.scalars(select(ClassDoor.code).where(ClassDoor.classroom_id == classroom_id)).one()


def line_of(runtime: Runtime, teacher: Any, classroom_id: int, name: str) -> ListLine:
    found = live_list(runtime, teacher.actor, classroom_id=classroom_id)
    return next(line for line in found.lines if line.name == name)
