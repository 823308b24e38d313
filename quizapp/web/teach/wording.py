"""The words of classes and assignments, once for all pages of this part."""

from __future__ import annotations

from quizapp.core.assignments import SHOWN_WHEN, Counts, Kind, Moment, Preset
from quizapp.core.deadlines import Factor
from quizapp.core.messages import Message
from quizapp.services.standings import Standing

KINDS = {
    Kind.LESSON: Message("Lesson"),
    Kind.QUIZ: Message("Quiz"),
    Kind.CHECKPOINT: Message("Checkpoint"),
}

PRESETS = {
    Preset.PRACTICE: Message("Practice"),
    Preset.HOMEWORK: Message("Homework"),
    Preset.TEST: Message("Test"),
}

COUNTS = {
    Counts.HIGHEST: Message("The highest try"),
    Counts.LATEST: Message("The last try"),
    Counts.FIRST: Message("The first try"),
}

MOMENTS = {
    Moment.AT_ONCE: Message("when handed in"),
    Moment.LAST_TRY: Message("after the last try"),
    Moment.DUE: Message("after Due"),
    Moment.RELEASE: Message("after Closes, when you show the results"),
}
RELEASE_WITHOUT_END = Message("after the last try, when you show the results")

FACTORS = {
    Factor.NORMAL: Message("As everybody"),
    Factor.QUARTER_MORE: Message("1.25 times"),
    Factor.HALF_MORE: Message("1.5 times"),
    Factor.DOUBLE: Message("2 times"),
}
UNTIMED = Message("No time limit")


STANDINGS = {
    Standing.NOT_STARTED: Message("Not started"),
    Standing.IN_PROGRESS: Message("In progress"),
    Standing.WAITING: Message("Handed in, waits for a mark"),
    Standing.GRADED: Message("Graded"),
    Standing.OVERDUE: Message("Past Due, nothing handed in"),
    Standing.MISSED: Message("Closed, nothing handed in"),
    Standing.EXCUSED: Message("Excused"),
}


def shown_when_rows() -> list[tuple[Message, Message, Message, Message]]:
    """Return the table of what students see when: preset, score, why, key."""
    return [
        (PRESETS[preset], MOMENTS[when.score], MOMENTS[when.why], MOMENTS[when.key])
        for preset, when in SHOWN_WHEN.items()
    ]


def shown_when_words(preset: Preset, *, has_end: bool) -> tuple[Message, Message, Message]:
    """Return when students see their score, why, and the key; ``has_end``: the quiz closes some day."""
    when = SHOWN_WHEN[preset]
    moments = MOMENTS if has_end else MOMENTS | {Moment.RELEASE: RELEASE_WITHOUT_END}
    return moments[when.score], moments[when.why], moments[when.key]
