"""Answers that a student's page could not send, entered by the teacher from the file that the page has kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.attempts import Order, Outcome, State, takes_answers
from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.questions import Move, Value
from quizapp.core.responses import revision
from quizapp.exchange.answer_files import AnswerFile, FiledAnswer
from quizapp.services.access.attempts import AttemptAtHand, TryPlace, access_taught_try
from quizapp.services.asked import Asked, asked_in
from quizapp.services.audit import record
from quizapp.services.overrides import checked_reason
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.saving import next_lease
from quizapp.services.stored_answers import Kept, keep_history, store_newer, stored_answers
from quizapp.storage.tables import Classroom, Response, User

SOURCE = "student file"

OTHER_TRY = Message(
    "This file belongs to another try. Check the name of the file, and whose try this page is about."
)
HANDED_IN = Message("This try is handed in. Reopen it first; then enter the file.")
CHANGED = Message(
    "Answers of this try have changed since you looked. Compare them again, then enter the file."
)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One question of the file, beside what is stored.

    What would tell the student's case, and what is marked with names hidden, has no lines here.

    Attributes:
        is_blank: the file holds no answer; ``was_blank``: none is stored.
        is_private: the lines are left out.
        is_same: both are the same answer, so there is nothing to enter.
        is_older: what is stored came later than what the file holds.
    """

    slot: int
    in_file: tuple[str, ...]
    stored: tuple[str, ...]
    stored_at: datetime | None
    is_blank: bool
    was_blank: bool
    is_private: bool
    is_same: bool
    is_older: bool

    @property
    def is_suggested(self) -> bool:
        """Entering it makes the try newer."""
        return not self.is_same and not self.is_older


@dataclass(frozen=True, slots=True)
class StudentFilePage:
    """The page on which a teacher enters a student's file. ``entries`` are there once a file was read."""

    classroom_id: int
    classroom_title: str
    assignment_id: int
    title: str
    attempt_id: int
    number: int
    student_id: int
    display_name: str
    is_open: bool
    revision: str
    entries: tuple[FileEntry, ...]


@reading
def student_file_page(
    work: Work,
    actor: Actor,
    *,
    place: TryPlace,
    file: AnswerFile | None = None,
) -> StudentFilePage:
    """Return whose try it is and, with a file, what would be entered. Nothing is stored.

    Raises:
        NotFound: no such try in a class that the actor teaches.
        Refusal: the file belongs to another try, or an answer in it can't be one (``file``).
    """
    at_hand = access_taught_try(work, actor, place)
    attempt, assignment = at_hand.attempt, at_hand.assignment
    stored = stored_answers(work, attempt.id)
    entries: tuple[FileEntry, ...] = ()
    if file is not None:
        read = _read(work, at_hand, file)
        entries = tuple(_entry(asked, one, value, stored.get(one.slot)) for asked, one, value in read)
    return StudentFilePage(
        classroom_id=place.classroom_id,
        classroom_title=work.session.get_one(Classroom, place.classroom_id).title,
        assignment_id=assignment.id,
        title=assignment.title,
        attempt_id=attempt.id,
        number=attempt.number,
        student_id=attempt.student_id,
        display_name=work.session.get_one(User, attempt.student_id).display_name,
        is_open=takes_answers(State(attempt.state), attempt.deadline_at, work.now),
        revision=_revision(stored),
        entries=entries,
    )


@use_case
def enter_student_file(
    work: Work,
    actor: Actor,
    *,
    place: TryPlace,
    file: AnswerFile,
    slots: Collection[int],
    seen: str,
    reason: str,
) -> int:
    """Store the chosen answers of a student's file under a lease of their own; return how many.

    ``seen`` is the revision that the teacher compared with. The student's page, where it is still open, shows both
    texts and asks before it lays anything over what is entered here.

    Raises:
        NotFound: no such try in a class that the actor teaches.
        Refusal: the file is of another try or can't be read (``file``), the try is handed in, its answers have
            changed meanwhile, nothing is chosen (``slots``), or there is no reason (``reason``).
    """
    at_hand = access_taught_try(work, actor, place, for_update=True)
    attempt = at_hand.attempt
    chosen = [one for one in _read(work, at_hand, file) if one[1].slot in slots]
    if not takes_answers(State(attempt.state), attempt.deadline_at, work.now):
        raise Refusal(None, HANDED_IN)
    if _revision(stored_answers(work, attempt.id)) != seen:
        raise Refusal(None, CHANGED)
    if not chosen:
        raise Refusal("slots", Message("Choose at least one answer to enter."))
    given = checked_reason(reason)
    lease = next_lease(work, attempt)
    kept = [_kept(one, value, Order(lease, seq)) for seq, (_, one, value) in enumerate(chosen, 1)]
    store_newer(work, attempt, kept)
    keep_history(work, attempt, kept)
    record(
        work,
        actor,
        "attempt.student_file_entered",
        subject_kind="attempt",
        subject_id=attempt.id,
        after={"slots": sorted(one.slot for one in kept), "lease": lease},
        reason=given,
    )
    return len(kept)


def _read(work: Work, at_hand: AttemptAtHand, file: AnswerFile) -> list[tuple[Asked, FiledAnswer, Value]]:
    if file.attempt_id != at_hand.attempt.id:
        raise Refusal("file", OTHER_TRY)
    asked = {one.slot: one for one in asked_in(work, at_hand.attempt)}
    read = []
    for one in sorted(file.answers, key=lambda answer: answer.slot):
        if one.slot not in asked:
            raise Refusal("file", Message("This try has no question %(number)d.", number=one.slot))
        kind, settings = asked[one.slot].type, asked[one.slot].settings
        value = kind.read_form(settings, one.fields, asked[one.slot].name)
        for problem in kind.problems(settings, value):
            raise Refusal(
                "file", Message("Question %(number)d: %(problem)s", number=one.slot, problem=problem)
            )
        read.append((asked[one.slot], one, value))
    return read


def _entry(asked: Asked, one: FiledAnswer, value: Value, row: Response | None) -> FileEntry:
    is_private = asked.type.move is Move.WRITE or asked.question.slot is not None
    there = row.value if row else None

    def lines(given: Value) -> tuple[str, ...]:
        return () if is_private else tuple(asked.type.summary(asked.settings, given))

    return FileEntry(
        slot=one.slot,
        in_file=lines(value),
        stored=lines(there),
        stored_at=row.saved_at if row else None,
        is_blank=asked.type.is_blank(asked.settings, value),
        was_blank=asked.type.is_blank(asked.settings, there),
        is_private=is_private,
        is_same=value == there,
        is_older=row is not None and not Order(one.lease, one.seq).is_newer_than(Order(row.lease, row.seq)),
    )


def _kept(one: FiledAnswer, value: Value, order: Order) -> Kept:
    return Kept(one.slot, value, order, one.is_flagged, None, one.shown_at, Outcome.STORED, SOURCE)


def _revision(stored: Mapping[int, Response]) -> str:
    return revision({slot: Order(row.lease, row.seq) for slot, row in stored.items()})
