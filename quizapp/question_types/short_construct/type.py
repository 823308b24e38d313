"""*Write*: a short text that a person marks by a rubric; three anchors to compare with.

The machine never judges it. All it says is how many words there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.rubrics import LEVEL_NAMES, LEVELS, Criterion
from quizapp.core.scoring import Decision
from quizapp.question_types.answers import MOST_CHARACTERS, WRONG_SHAPE, first_of, plain_text
from quizapp.question_types.contract import Cardinality, Feedback, FormFields, QuestionType, Shown
from quizapp.question_types.short_construct.settings import Length, ShortConstructSettings

ROWS = {Length.LINE: 2, Length.SHORT: 6, Length.LONG: 14}
"""Lines of the text area. One line of attribution may still wrap on a small screen."""


class ShortConstruct(QuestionType[ShortConstructSettings]):
    """A text; its levels ÷ all that they could be."""

    name = "short_construct"
    label = Message("Write")
    move = Move.WRITE
    cardinality = Cardinality.SINGLE
    scripts = ("js/word-count.js",)
    settings_model = ShortConstructSettings

    def part_ids(self, settings: ShortConstructSettings) -> tuple[str, ...]:
        """Return the ids of the criteria."""
        return tuple(criterion.id for criterion in settings.criteria)

    def read_form(self, settings: ShortConstructSettings, fields: FormFields, name: str) -> Value:
        """Return the text in the field ``name`` as it was typed, line breaks as LF."""
        del settings
        text = first_of(fields.get(name, ()))
        if not isinstance(text, str):
            return text
        return text.replace("\r\n", "\n").replace("\r", "\n") if text.strip() else None

    def problems(self, settings: ShortConstructSettings, value: object) -> list[Message]:
        """Refuse what is no text, is too long, or can't be stored."""
        del settings
        if value is None:
            return []
        if not isinstance(value, str):
            return [WRONG_SHAPE]
        if len(value) > MOST_CHARACTERS:
            return [
                Message(
                    "Your answer has %(count)d characters; at most %(most)d can be kept. Shorten it.",
                    count=len(value),
                    most=MOST_CHARACTERS,
                )
            ]
        return [] if _can_be_stored(value) else [Message("Your answer holds a character that can't be kept.")]

    def is_blank(self, settings: ShortConstructSettings, value: Value) -> bool:
        """Say whether there is nothing but white space."""
        del settings
        return not (isinstance(value, str) and value.strip())

    def is_complete(self, settings: ShortConstructSettings, value: Value) -> bool:
        """Say whether there are as many words as asked for at least."""
        return word_count(value) >= settings.words.least

    def decisions(self, settings: ShortConstructSettings, value: Value) -> tuple[Decision, ...]:
        """Return nothing: a person decides."""
        del settings, value
        return ()

    def correct_value(self, settings: ShortConstructSettings) -> Value:
        """Return the anchor of the highest level as somebody would have typed it."""
        return plain_text(settings.best_anchor.text)

    def feedback(self, settings: ShortConstructSettings, value: Value) -> tuple[Feedback, ...]:
        """Return nothing: the teacher's comment and the sentences of the levels are the feedback."""
        del settings, value
        return ()

    def criteria(self, settings: ShortConstructSettings) -> tuple[Criterion, ...]:
        """Return the rubric."""
        return tuple(
            Criterion(criterion.id, criterion.title, criterion.levels) for criterion in settings.criteria
        )

    def student_view(self, settings: ShortConstructSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the text so far, the length asked for and the checklist."""
        del seed
        text = value if isinstance(value, str) else ""
        return {
            "text": text,
            "words": word_count(text),
            "least": settings.words.least,
            "most": settings.words.most,
            "checklist": list(settings.checklist),
            "starters": list(settings.starters),
            "rows": ROWS[settings.length],
        }

    def review_view(
        self, settings: ShortConstructSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the text, and with the key the rubric and the three anchors to compare it with."""
        asked = self.student_view(settings, value, seed=seed)
        return {
            **asked,
            "is_blank": self.is_blank(settings, value),
            "paragraphs": [line for line in asked["text"].splitlines() if line.strip()],
            "anchors": _anchors(settings) if shown.key else None,
            "criteria": _criteria(settings) if shown.key else None,
        }


def word_count(value: Value) -> int:
    """Return how many words a text has, counted as ``word-count.js`` counts them."""
    return len(value.split()) if isinstance(value, str) else 0


def _can_be_stored(text: str) -> bool:
    """Say whether both databases take the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _anchors(settings: ShortConstructSettings) -> list[dict[str, Any]]:
    by_level = {anchor.level: anchor for anchor in settings.anchors}
    return [
        {"name": LEVEL_NAMES[level].key, "html": by_level[level].text, "why": by_level[level].why}
        for level in LEVELS
    ]


def _criteria(settings: ShortConstructSettings) -> list[dict[str, Any]]:
    return [
        {
            "title": criterion.title,
            "levels": [{"name": LEVEL_NAMES[level].key, "html": criterion.levels[level]} for level in LEVELS],
        }
        for criterion in settings.criteria
    ]


TYPE = ShortConstruct()
