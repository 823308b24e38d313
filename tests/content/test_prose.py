"""Each text that is marked as prose is written, wherever it stands; nothing else is touched."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from quizapp.content.prose import PLAIN, rendered
from quizapp.question_types.contract import BLOCK, INLINE, SettingsModel

Line = Annotated[str, Field(min_length=1), INLINE]


class Part(SettingsModel):
    id: str
    text: Line
    feedback: dict[str, Line]
    note: Annotated[str | None, BLOCK] = None


class Everything(SettingsModel):
    title: Annotated[str, PLAIN]
    parts: tuple[Part, ...]
    choices: Literal["verdicts"] | tuple[Part, ...]
    maybe: Line | None = None
    many: list[Line] = Field(default_factory=list)
    levels: dict[int, Line] = Field(default_factory=dict)
    number: int = 1


def write(text: str, kind: object, path: tuple[str | int, ...]) -> str:
    mark = "plain" if kind is PLAIN else "block" if kind.is_block else "inline"
    return f"{mark}:{'.'.join(map(str, path))}"


PART = {"id": "a", "text": "t", "feedback": {"right": "r"}, "note": "n"}


def test_every_marked_text_is_written_and_told_its_path():
    settings = Everything.model_validate(
        {
            "title": "T",
            "parts": [PART],
            "choices": [PART | {"note": None}],
            "maybe": "m",
            "many": ["x", "y"],
            "levels": {"2": "two"},
        }
    )

    assert rendered(settings, write, ("s",)) == {
        "title": "plain:s.title",
        "parts": [
            {
                "id": "a",
                "text": "inline:s.parts.0.text",
                "feedback": {"right": "inline:s.parts.0.feedback.right"},
                "note": "block:s.parts.0.note",
            }
        ],
        "choices": [
            {
                "id": "a",
                "text": "inline:s.choices.0.text",
                "feedback": {"right": "inline:s.choices.0.feedback.right"},
                "note": None,
            }
        ],
        "maybe": "inline:s.maybe",
        "many": ["inline:s.many.0", "inline:s.many.1"],
        "levels": {"2": "inline:s.levels.2"},
        "number": 1,
    }


def test_what_is_no_prose_stays_as_it_was():
    settings = Everything.model_validate({"title": "T", "parts": [], "choices": "verdicts"})

    body = rendered(settings, write)

    assert body["choices"] == "verdicts"
    assert body["maybe"] is None
