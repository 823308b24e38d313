"""A lesson: eight short screens in one fixed order, and what its teacher reads beside them.

Texts are safe HTML, rendered when content is synchronised. Keys carry their pack: ``second-source:who-says-so``.
`Lesson.to_body` gives the JSON that is stored and hashed, `Lesson.from_body` reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from quizapp.core.questions import Case
from quizapp.core.screens import Screen, ScreenKind, screen_from_body, screen_to_body

CORE_MINUTES = 25
"""A lesson without its extension, changing screens included."""


@dataclass(frozen=True, slots=True)
class TeacherSection:
    """One part of the teacher's page."""

    title: str
    html: str


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a statement on newsroom rules or research rests on; ``label`` V is verified, R recalled."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One immutable version of a lesson. ``words`` and ``holds_up_claims`` are ids of word wall and page.

    ``refutes`` names the misconceptions that its second screen tests.

    ``case_b`` says what its fictional case is about: "a report about a swimming pool".
    """

    key: str
    number: int
    title: str
    skill: str
    summary: str
    case_b: str
    objectives: tuple[str, ...]
    words: tuple[str, ...]
    try_tonight: str
    provenance: str
    screens: tuple[Screen, ...]
    teacher: tuple[TeacherSection, ...] = ()
    also: tuple[str, ...] = ()
    holds_up_claims: tuple[str, ...] = ()
    source_notes: tuple[SourceNote, ...] = ()
    read_by: tuple[str, ...] = ()
    refutes: tuple[str, ...] = ()
    minutes: int = CORE_MINUTES

    def screen(self, number: int) -> Screen:
        """Return the screen with that number.

        Raises:
            KeyError: there are eight, counted from 1.
        """
        if not 1 <= number <= len(self.screens):
            raise KeyError(number)
        return self.screens[number - 1]

    def screen_of(self, kind: ScreenKind) -> Screen:
        """Return the screen of that kind."""
        return self.screens[kind.number - 1]

    def question_keys(self, case: Case) -> tuple[str, ...]:
        """Return every question that a reader of that case answers, each once, in reading order."""
        return tuple(dict.fromkeys(key for screen in self.screens for key in screen.question_keys(case)))

    def all_question_keys(self) -> tuple[str, ...]:
        """Return every question of either case."""
        return tuple(dict.fromkeys(key for case in Case for key in self.question_keys(case)))

    def compared_keys(self, case: Case) -> tuple[str, ...]:
        """Return the questions of the first guess that are asked again before the end."""
        again = set(self.screen_of(ScreenKind.GUESS_AGAIN).question_keys(case))
        return tuple(k for k in self.screen_of(ScreenKind.FIRST_GUESS).question_keys(case) if k in again)

    def minutes_left_after(self, number: int) -> int:
        """Return the minutes of the core that follow the screen with that number; 0 is "before the first".

        The extension is extra time and is never counted.
        """
        if number == 0:
            return self.minutes
        later = [s for s in self.screens if s.number > number and s.kind is not ScreenKind.EXTENSION]
        return sum(screen.minutes for screen in later)

    def to_body(self) -> dict[str, Any]:
        """Return the lesson as JSON."""
        return {
            "key": self.key,
            "number": self.number,
            "title": self.title,
            "skill": self.skill,
            "also": list(self.also),
            "summary": self.summary,
            "case_b": self.case_b,
            "minutes": self.minutes,
            "objectives": list(self.objectives),
            "words": list(self.words),
            "try_tonight": self.try_tonight,
            "holds_up_claims": list(self.holds_up_claims),
            "provenance": self.provenance,
            "source_notes": [{"text": note.text, "label": note.label} for note in self.source_notes],
            "read_by": list(self.read_by),
            "refutes": list(self.refutes),
            "screens": [screen_to_body(screen) for screen in self.screens],
            "teacher": [{"title": part.title, "html": part.html} for part in self.teacher],
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Return the lesson that `to_body` wrote."""
        return cls(
            key=body["key"],
            number=body["number"],
            title=body["title"],
            skill=body["skill"],
            also=tuple(body["also"]),
            summary=body["summary"],
            case_b=body["case_b"],
            minutes=body["minutes"],
            objectives=tuple(body["objectives"]),
            words=tuple(body["words"]),
            try_tonight=body["try_tonight"],
            holds_up_claims=tuple(body["holds_up_claims"]),
            provenance=body["provenance"],
            source_notes=tuple(SourceNote(**note) for note in body["source_notes"]),
            read_by=tuple(body["read_by"]),
            # Lessons that were stored before misconceptions were named have none.
            refutes=tuple(body.get("refutes", ())),
            screens=tuple(screen_from_body(screen) for screen in body["screens"]),
            teacher=tuple(TeacherSection(**part) for part in body["teacher"]),
        )


@dataclass(frozen=True, slots=True)
class Course:
    """The lessons of a pack in order, where a student begins, and the sentence that the course page says once."""

    key: str
    title: str
    note: str
    lesson_keys: tuple[str, ...]
    start_key: str | None = None

    @property
    def begins_with(self) -> str | None:
        """The lesson for a student's first day."""
        return self.start_key or next(iter(self.lesson_keys), None)

    def to_body(self) -> dict[str, Any]:
        """Return the course as JSON."""
        return {
            "key": self.key,
            "title": self.title,
            "note": self.note,
            "lesson_keys": list(self.lesson_keys),
            "start_key": self.start_key,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Return the course that `to_body` wrote."""
        lessons = tuple(body["lesson_keys"])
        return cls(body["key"], body["title"], body["note"], lessons, body.get("start_key"))
