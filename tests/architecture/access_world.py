"""One school with everybody that the access table knows, and a second school beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask.testing import FlaskClient
from sqlalchemy import Connection, select

from quizapp.core.deadlines import Factor
from quizapp.core.permissions import NOBODY, OPERATOR
from quizapp.core.questions import Case
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.attempts import start_attempt
from quizapp.services.door import open_door
from quizapp.services.door_claims import claim_name
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.services.login_cards import issue_cards
from quizapp.services.rehearsal import questions_of_attempt
from quizapp.services.runtime import Runtime
from quizapp.services.saving import Arrived, save_responses, take_lease
from quizapp.services.submitting import submit_attempt
from quizapp.storage.tables import Accommodation, Asset, ClassDoor, DoorClaim, User
from tests.builders.folder import SECOND, folder_items
from tests.builders.practising import SKILL, practice_items
from tests.builders.world import A, World

if TYPE_CHECKING:
    from tests.architecture.access_table import Row

ACTORS = (
    "anonymous",
    "owner",
    "classmate",
    "other_class",
    "suspended",
    "teacher",
    "co_teacher",
    "other_teacher",
    "admin",
    "other_admin",
)
PICTURE = "a" * 64
SLUG = "who-says"


class AccessWorld:
    """A class whose student ``owner`` has one try handed in and one open; ids for every address."""

    def __init__(self, runtime: Runtime, connection: Connection) -> None:
        self.runtime = runtime
        self.connection = connection
        self.world = World(runtime)
        # The one question for practice, so that everybody is asked the same.
        asked = next(item for item in practice_items() if item.key == "sample:crossing")
        self.world.content((*folder_items(), asked))
        self.world.add(Asset(sha256=PICTURE, media_type="image/png", bytes=b"x", created_at=self.world.now))
        self.people = self._people()
        self.values = self._values()

    def _people(self) -> dict[str, A]:
        world = self.world
        teacher, co_teacher, other_teacher = world.teacher(), world.teacher(), world.teacher()
        self.classroom = world.classroom(teacher)
        self.other_classroom = world.classroom(other_teacher, "11C")
        world.co_teacher(co_teacher, self.classroom)
        people = {
            "teacher": teacher,
            "co_teacher": co_teacher,
            "other_teacher": other_teacher,
            "owner": world.student("Owner", classroom=self.classroom),
            "classmate": world.student("Classmate", classroom=self.classroom),
            "other_class": world.student("Other class", classroom=self.other_classroom),
            "suspended": world.student("Suspended", classroom=self.classroom),
            "admin": world.admin(),
            "other_admin": world.admin(school_id=world.school("Other school")),
        }
        with self.runtime.database.writing() as session:
            session.get_one(User, people["suspended"].id).suspended_at = world.now
        return people

    def _values(self) -> dict[str, object]:
        owner = self.people["owner"].actor
        quiz = self.world.assignment(self.classroom, attempts_allowed=3)
        lesson = self.world.assignment(
            self.classroom, kind="lesson", content_key=f"sample:{SLUG}", title="Who says", attempts_allowed=1
        )
        start_lesson(self.runtime, owner, slug=SLUG, case=Case.B)
        start_lesson(self.runtime, owner, slug=SECOND, case=Case.B)
        leave_screen(self.runtime, owner, slug=SECOND, number=7)
        closed = start_attempt(self.runtime, owner, assignment_id=quiz, case=Case.B).attempt_id
        lease = take_lease(self.runtime, owner, attempt_id=closed).lease
        asked = questions_of_attempt(self.runtime, OPERATOR, attempt_id=closed)
        answers = [
            Arrived(one.slot, place, one.type.correct_value(one.settings)) for place, one in enumerate(asked)
        ]
        save_responses(self.runtime, owner, attempt_id=closed, lease=lease, responses=answers)
        submit_attempt(self.runtime, owner, attempt_id=closed)
        written = next(one for one in asked if one.type.name == "short_construct")
        return {
            "classroom_id": self.classroom,
            "assignment_id": quiz,
            "lesson_assignment_id": lesson,
            "attempt_id": start_attempt(self.runtime, owner, assignment_id=quiz, case=Case.B).attempt_id,
            "closed_attempt_id": closed,
            "written_slot": written.slot,
            "question_version_id": written.question.version_id,
            "student_id": self.people["owner"].id,
            "user_id": self.people["owner"].id,
            "accommodation_id": self._accommodation(),
            **self._door(),
            "slug": SLUG,
            "document_id": "d2",
            "skill_id": SKILL,
            "number": 1,
            "sha256": PICTURE,
        }

    def _door(self) -> dict[str, object]:
        """Open the door of the class; the classmate stands before it, and the owner has a card."""
        teacher = self.people["teacher"].actor
        open_door(self.runtime, teacher, classroom_id=self.classroom)
        with self.runtime.database.reading() as session:
            code = session.scalars(select(ClassDoor.code)).one()
        claim_name(
            self.runtime, NOBODY, code=code, browser="classmate", student_id=self.people["classmate"].id
        )
        with self.runtime.database.reading() as session:
            claim_id = session.scalars(select(DoorClaim.id)).one()
        owner = [self.people["owner"].id]
        (card,) = issue_cards(self.runtime, teacher, classroom_id=self.classroom, student_ids=owner)
        return {"door_code": code, "claim_id": claim_id, "card_code": card.code}

    def _accommodation(self) -> int:
        set_accommodation(
            self.runtime,
            self.people["teacher"].actor,
            student_id=self.people["owner"].id,
            allowance=Allowance(factor=Factor.HALF_MORE),
        )
        with self.runtime.database.reading() as session:
            return session.scalars(select(Accommodation.id)).one()

    def address(self, row: Row) -> str:
        """Return the row's address with the ids of this world in it."""
        return row.address.format(**self.values)

    def sign_in(self, client: FlaskClient, actor: str) -> None:
        """Sign the client in as one of the actors; suspended is signed in, too, by a session made before."""
        if actor == "anonymous":
            return
        person = self.people[actor]
        if actor != "suspended":
            self.world.sign_in(client, person)
            return
        with self.runtime.database.writing() as session:
            session.get_one(User, person.id).suspended_at = None
        self.world.sign_in(client, person)
        with self.runtime.database.writing() as session:
            session.get_one(User, person.id).suspended_at = self.world.now

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Take back whatever happens inside."""
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()
