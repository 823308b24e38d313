"""Dates and rules of an assignment: what is shown when, and whether it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quizapp.core.messages import Message


class Kind(StrEnum):
    """What can be assigned."""

    LESSON = "lesson"
    QUIZ = "quiz"
    CHECKPOINT = "checkpoint"


class Counts(StrEnum):
    """Which of several tries counts."""

    HIGHEST = "highest"
    LATEST = "latest"
    FIRST = "first"


class Preset(StrEnum):
    """Three rows of the table below, named as teachers name them."""

    PRACTICE = "practice"
    HOMEWORK = "homework"
    TEST = "test"


class Moment(StrEnum):
    """When something becomes visible to the student."""

    AT_ONCE = "at_once"
    LAST_TRY = "last_try"
    DUE = "due"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class ShownWhen:
    """When the score, the *why* on the own choice, and the key are shown, counted from the submission."""

    score: Moment
    why: Moment
    key: Moment


SHOWN_WHEN = {
    Preset.PRACTICE: ShownWhen(Moment.AT_ONCE, Moment.AT_ONCE, Moment.AT_ONCE),
    Preset.HOMEWORK: ShownWhen(Moment.AT_ONCE, Moment.LAST_TRY, Moment.DUE),
    Preset.TEST: ShownWhen(Moment.RELEASE, Moment.RELEASE, Moment.RELEASE),
}


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What decides about visibility for one student at one assignment.

    ``closes_at`` is the student's own. ``tries_left`` counts tries that could still be started.
    """

    preset: Preset
    now: datetime
    due_at: datetime | None
    closes_at: datetime | None
    tries_left: int
    has_open_try: bool
    results_shown_at: datetime | None


@dataclass(frozen=True, slots=True)
class Visible:
    """What the student may see now."""

    score: bool
    why: bool
    key: bool


def visible(facts: ReleaseFacts) -> Visible:
    """Return what is visible now by the preset's row."""
    moments = SHOWN_WHEN[facts.preset]
    return Visible(
        score=_has_come(moments.score, facts),
        why=_has_come(moments.why, facts),
        key=_has_come(moments.key, facts),
    )


def _has_come(moment: Moment, facts: ReleaseFacts) -> bool:
    is_closed = facts.closes_at is not None and facts.now > facts.closes_at
    no_more_tries = (facts.tries_left == 0 or is_closed) and not facts.has_open_try
    match moment:
        case Moment.AT_ONCE:
            # An open try must not learn from the one before while the same questions may be drawn again.
            return not facts.has_open_try
        case Moment.LAST_TRY:
            return no_more_tries
        case Moment.DUE:
            # Without a Due date the key waits for the last try; never while this student can still answer.
            return no_more_tries and (facts.due_at is None or facts.now > facts.due_at)
        case Moment.RELEASE:
            ended = is_closed or (facts.closes_at is None and no_more_tries)
            return facts.results_shown_at is not None and ended and not facts.has_open_try


def withheld_until(moment: Moment, facts: ReleaseFacts) -> Message:
    """Return the sentence that says until when something is withheld."""
    match moment:
        case Moment.AT_ONCE:
            return Message("Shown when you hand in the try that you have open.")
        case Moment.LAST_TRY:
            return Message("Shown after your last try.")
        case Moment.DUE:
            return (
                Message("Shown after it is due and your tries are used.")
                if facts.due_at
                else Message("Shown after your last try.")
            )
        case Moment.RELEASE:
            return (
                Message("Shown after it closes, when your teacher shows the results.")
                if facts.closes_at
                else Message("Shown after your last try, when your teacher shows the results.")
            )


class Door(StrEnum):
    """Whether work can be begun."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


def door(now: datetime, opens_at: datetime | None, closes_at: datetime | None) -> Door:
    """Say whether an assignment with these (own) dates can be worked on at ``now``."""
    if opens_at is not None and now < opens_at:
        return Door.NOT_YET
    if closes_at is not None and now >= closes_at:
        return Door.CLOSED
    return Door.OPEN


@dataclass(frozen=True, slots=True)
class CountedTry:
    """One closed try, for choosing the one that counts."""

    attempt_id: int
    number: int
    points: int
    is_fully_scored: bool


def counting_try(counts: Counts, tries: list[CountedTry]) -> CountedTry | None:
    """Return the try that counts, or None without one. Equal points: the earlier try."""
    if not tries:
        return None
    match counts:
        case Counts.HIGHEST:
            return max(tries, key=lambda one: (one.points, -one.number))
        case Counts.LATEST:
            return max(tries, key=lambda one: one.number)
        case Counts.FIRST:
            return min(tries, key=lambda one: one.number)
