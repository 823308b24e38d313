"""A quiz is a blueprint; its questions are drawn anew for each attempt, by the attempt's seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from quizapp.core.questions import Case, Question, Use
from quizapp.core.shuffling import chosen, rank, shuffled


class QuizShort(ValueError):
    """The pool can't fill a row of the blueprint: too few questions of that kind."""

    def __init__(self, quiz_key: str, row: Row, missing: int) -> None:
        super().__init__(f"{quiz_key}: {missing} more question(s) needed for {row.in_words()}")
        self.quiz_key = quiz_key
        self.row = row
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Row:
    """So many questions of one kind, each worth ``marks``; what is None may be anything."""

    count: int
    marks: int
    skill: str | None = None
    type: str | None = None
    difficulty: str | None = None
    context: str | None = None
    cognitive: str | None = None

    def fits(self, question: Question) -> bool:
        """Say whether the question is of this kind."""
        return all(getattr(question, name) == wanted for name, wanted in self.wanted())

    def in_words(self) -> str:
        """Return the row as an author reads it: "2 × skill S2, type single_choice"."""
        return f"{self.count} × " + (", ".join(f"{n} {v}" for n, v in self.wanted()) or "any question")

    def wanted(self) -> Iterator[tuple[str, str]]:
        """Yield what the row asks for, by the name of the question's field."""
        for name in ("skill", "type", "difficulty", "context", "cognitive"):
            value: str | None = getattr(self, name)
            if value is not None:
                yield name, value


@dataclass(frozen=True, slots=True)
class Quiz:
    """One immutable version of a quiz. ``lesson`` is the key of the lesson that it belongs to, if any."""

    key: str
    title: str
    lesson: str | None
    minutes: int
    blueprint: tuple[Row, ...]

    @property
    def length(self) -> int:
        """How many questions are asked."""
        return sum(row.count for row in self.blueprint)

    def to_body(self) -> dict[str, Any]:
        """Return the quiz as JSON."""
        return {
            "key": self.key,
            "title": self.title,
            "lesson": self.lesson,
            "minutes": self.minutes,
            "blueprint": [
                {"count": row.count, "marks": row.marks, **dict(row.wanted())} for row in self.blueprint
            ],
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Return the quiz that `to_body` wrote."""
        rows = tuple(Row(**row) for row in body["blueprint"])
        return cls(body["key"], body["title"], body["lesson"], body["minutes"], rows)


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """A question that was drawn, in which variant, and what it is worth here."""

    question: Question
    variant: str | None
    marks: int


def max_marks(quiz: Quiz) -> int:
    """Return the marks that a perfect attempt earns."""
    return sum(row.count * row.marks for row in quiz.blueprint)


def draw(quiz: Quiz, pool: Sequence[Question], seed: int, case: Case) -> tuple[DrawnQuestion, ...]:
    """Return the questions of an attempt, in the order of the blueprint.

    The same seed draws the same questions, whatever the order of the pool, and the same slots for either
    case. Never two of a family, a slot counts once. Only questions with ``use: quiz`` are drawn.

    Raises:
        QuizShort: no way of filling the rows exists.
    """
    groups = _groups(_eligible(pool, case))
    places = [row for row in quiz.blueprint for _ in range(row.count)]
    candidates = {
        place: [name for name in shuffled(groups, seed, "draw") if any(map(row.fits, groups[name]))]
        for place, row in enumerate(places)
    }
    taken = _match(candidates)
    for row in quiz.blueprint:
        missing = sum(1 for place, wanted in enumerate(places) if wanted is row and place not in taken)
        if missing:
            raise QuizShort(quiz.key, row, missing)
    return tuple(_drawn(groups[taken[place]], row, seed) for place, row in enumerate(places))


def variant_of(question: Question, seed: int) -> str | None:
    """Return the variant that the seed draws, or None where the question has only one wording."""
    variants: Sequence[Mapping[str, Any]] = question.tags.get("variants", ())
    return str(chosen(variants, seed, "variant", question.key)["id"]) if variants else None


def first_variant(question: Question) -> str | None:
    """Return the variant in which a question is shown where nobody is asked it, or None where it has one wording."""
    variants: Sequence[Mapping[str, Any]] = question.tags.get("variants", ())
    return str(variants[0]["id"]) if variants else None


def _eligible(pool: Sequence[Question], case: Case) -> list[Question]:
    return [q for q in pool if q.use is Use.QUIZ and (q.slot is None or q.case is case)]


def _groups(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """Return the questions by the name under which only one of them may be asked.

    A slot whose questions stand in families joins those families.
    """
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for question in questions:
        names = sorted(find(name) for name in _names(question))
        for name in names[1:]:
            leader[name] = names[0]
    groups: dict[str, list[Question]] = {}
    for question in sorted(questions, key=lambda q: q.key):
        groups.setdefault(find(_names(question)[0]), []).append(question)
    return groups


def _names(question: Question) -> list[str]:
    names = [
        f"family {question.family}" if question.family else "",
        f"slot {question.slot}" if question.slot else "",
    ]
    return [name for name in names if name] or [f"question {question.key}"]


def _match(candidates: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Return a group for as many places as can be filled, each group once.

    A later place may move an earlier one to another group: otherwise a row that takes anything would use up
    what a row that is particular needs.
    """
    place_of: dict[str, int] = {}

    def fill(place: int, tried: set[str]) -> bool:
        for name in sorted(candidates[place], key=lambda candidate: candidate in place_of):
            if name in tried:
                continue
            tried.add(name)
            if name not in place_of or fill(place_of[name], tried):
                place_of[name] = place
                return True
        return False

    for place in candidates:
        fill(place, set())
    return {place: name for name, place in place_of.items()}


def _drawn(group: Sequence[Question], row: Row, seed: int) -> DrawnQuestion:
    fitting = sorted(filter(row.fits, group), key=lambda q: rank(seed, "member", q.key))
    return DrawnQuestion(fitting[0], variant_of(fitting[0], seed), row.marks)
