"""*Put in order*: 4 to 6 elements, ties allowed; every pair that is no tie counts.

The value is the list of all element ids, first place first. While places are open it has None in them, so that
somebody without script finds the places that he or she chose: ``["b", None, "a", None]``. A pair is decided once
both its elements have a place. Two elements at one place are a slip, named and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.scoring import Decision, Outcome
from quizapp.core.shuffling import shuffled
from quizapp.question_types.answers import WRONG_SHAPE, no_choice, no_part, part_fields, plain_text
from quizapp.question_types.authoring import RIGHT, WRONG
from quizapp.question_types.contract import Cardinality, Feedback, FormFields, QuestionType, Shown
from quizapp.question_types.order.settings import Element, OrderSettings

Places = Mapping[str, int]
"""Element id to its place, 1 for the first; elements without a place are not in it."""


class Order(QuestionType[OrderSettings]):
    """Pairs in the right order ÷ pairs that matter."""

    name = "order"
    label = Message("Put in order")
    move = Move.PUT_IN_ORDER
    cardinality = Cardinality.ORDERED
    scripts = ("js/order-list.js",)
    settings_model = OrderSettings

    def part_ids(self, settings: OrderSettings) -> tuple[str, ...]:
        """Return the element ids; what is decided about them are their pairs."""
        return tuple(element.id for element in settings.elements)

    def read_form(self, settings: OrderSettings, fields: FormFields, name: str) -> Value:
        """Return the elements by the places in ``name.element``; the fields themselves when they collide."""
        given = part_fields(fields, name)
        if not given:
            return None
        ids, count = self.part_ids(settings), len(settings.elements)
        places = {part: _place(place, count) for part, place in given.items()}
        if set(places) - set(ids) or None in places.values() or len(set(places.values())) < len(places):
            return given
        at_place = {place: part for part, place in places.items()}
        return [at_place.get(place) for place in range(1, count + 1)]

    def problems(self, settings: OrderSettings, value: object) -> list[Message]:
        """Refuse what is no list of places, and name places given twice."""
        if value is None:
            return []
        if isinstance(value, dict):
            return self._place_problems(settings, value)
        ids = self.part_ids(settings)
        if not isinstance(value, list) or len(value) != len(ids):
            return [WRONG_SHAPE]
        placed = [part for part in value if part is not None]
        found = [no_part(part) for part in placed if part not in ids]
        if not found and len(set(placed)) < len(placed):
            found.append(WRONG_SHAPE)
        return found

    def _place_problems(self, settings: OrderSettings, given: Mapping[str, object]) -> list[Message]:
        ids, count = self.part_ids(settings), len(settings.elements)
        found = [no_part(part) for part in given if part not in ids]
        found += [no_choice(place) for place in given.values() if _place(place, count) is None]
        taken = [place for place in given.values() if _place(place, count) is not None]
        found += [
            Message("More than one has place %(place)s. Give each a place of its own.", place=place)
            for place in sorted({str(place) for place in taken if taken.count(place) > 1})
        ]
        return found or [WRONG_SHAPE]

    def is_blank(self, settings: OrderSettings, value: Value) -> bool:
        """Say whether nothing has a place."""
        del settings
        return not any(value or [])

    def is_complete(self, settings: OrderSettings, value: Value) -> bool:
        """Say whether everything has a place."""
        del settings
        return bool(value) and all(value)

    def decisions(self, settings: OrderSettings, value: Value) -> tuple[Decision, ...]:
        """Return a decision for every pair that is no tie; ``given`` is the element that was put first."""
        places = _places(value)
        return tuple(_decided(one, other, places) for one, other in _pairs(settings))

    def correct_value(self, settings: OrderSettings) -> Value:
        """Return the elements by rank."""
        return [element.id for element in settings.by_rank]

    def feedback(self, settings: OrderSettings, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback of each element that stands in a decided pair."""
        marks = self._marks(settings, value)
        return tuple(
            Feedback(element.id, element.feedback[marks[element.id]])
            for element in settings.elements
            if element.id in marks
        )

    def student_view(self, settings: OrderSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return placed elements in their order, then the others in the order of the seed."""
        texts = {element.id: element.text for element in settings.elements}
        places = _places(value, texts)
        arranged = sorted(
            shuffled(texts, seed, "elements"), key=lambda part: places.get(part, len(texts) + 1)
        )
        return {
            "direction": settings.direction.model_dump(),
            "count": len(texts),
            "elements": [{"id": part, "html": texts[part], "place": places.get(part)} for part in arranged],
        }

    def review_view(
        self, settings: OrderSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the student's order, its elements marked and explained, and the key, as far as allowed."""
        asked = self.student_view(settings, value, seed=seed)
        marks = self._marks(settings, value)
        told = {part.part: part.html for part in self.feedback(settings, value)}
        elements = [
            row
            | {
                "mark": marks.get(row["id"]) if shown.score else None,
                "feedback": told.get(row["id"]) if shown.why else None,
            }
            for row in asked["elements"]
        ]
        key = [{"html": element.text, "rank": settings.place_of(element)} for element in settings.by_rank]
        is_blank = self.is_blank(settings, value)
        return {**asked, "is_blank": is_blank, "elements": elements, "key": key if shown.key else None}

    def summary(self, settings: OrderSettings, value: Value) -> Sequence[str]:
        """Return the placed elements with their places."""
        texts = {element.id: element.text for element in settings.elements}
        return [f"{place}. {plain_text(texts[part])}" for part, place in _places(value).items()]

    def _marks(self, settings: OrderSettings, value: Value) -> dict[str, str]:
        """Return right or wrong for each element that stands in a decided pair: one wrong pair makes it wrong."""
        marks: dict[str, str] = {}
        for decision, pair in zip(self.decisions(settings, value), _pairs(settings), strict=True):
            if decision.outcome is Outcome.BLANK:
                continue
            for element in pair:
                is_wrong = decision.outcome is Outcome.WRONG or marks.get(element.id) == WRONG
                marks[element.id] = WRONG if is_wrong else RIGHT
        return marks


def _place(given: object, count: int) -> int | None:
    """Return a place as a number, or None for what is none."""
    allowed = {str(place): place for place in range(1, count + 1)}
    return allowed.get(given) if isinstance(given, str) else None


def _places(value: Value, known: Mapping[str, object] | None = None) -> dict[str, int]:
    """Return the places in a value; with ``known`` also those that can be made out in one that has problems."""
    if isinstance(value, dict):
        count = len(known or ())
        found = ((part, _place(place, count)) for part, place in value.items())
        return {part: place for part, place in found if place is not None}
    parts = value if isinstance(value, list) else []
    return {part: place for place, part in enumerate(parts, 1) if isinstance(part, str)}


def _pairs(settings: OrderSettings) -> Iterator[tuple[Element, Element]]:
    """Yield each pair that matters; by id, so that its name does not give the key away."""
    for one, other in combinations(sorted(settings.elements, key=lambda element: element.id), 2):
        if one.rank != other.rank:
            yield one, other


def _decided(one: Element, other: Element, places: Places) -> Decision:
    part = f"{one.id}/{other.id}"
    if one.id not in places or other.id not in places:
        return Decision(part, None, Outcome.BLANK)
    first, second = sorted((one, other), key=lambda element: places[element.id])
    return Decision(part, first.id, Outcome.RIGHT if first.rank < second.rank else Outcome.WRONG)


TYPE = Order()
