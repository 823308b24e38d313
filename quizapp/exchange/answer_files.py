"""The file in which a student's page keeps the answers that it could not send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message

FORMAT = "second-source-unsent-answers"
LARGEST_FILE = 200_000
"""Bytes."""

LARGEST_NUMBER = 2**53 - 1
MOST_ANSWERS = 200

NOT_OURS = Message(
    "This is not a file of unsent answers. Choose the file that the student's page has made; its name begins "
    "with “answers-of-try”."
)
TOO_LARGE = Message("This file is too large for a file of unsent answers: at most 200 kB.")
NEWER = Message(
    "This file was made by a newer release than this server. Ask for the server to be brought up to date."
)

Number = Annotated[StrictInt, Field(ge=0, le=LARGEST_NUMBER)]


@dataclass(frozen=True, slots=True)
class FiledAnswer:
    """One answer of the file: the fields of its question as they stood in the form.

    ``lease`` and ``seq`` are its place in the order of saves; lease 0 was never given by the server.
    """

    slot: int
    lease: int
    seq: int
    fields: dict[str, list[str]]
    is_flagged: bool
    shown_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """What a page kept. ``kept_at`` is by the clock of the student's device."""

    attempt_id: int
    kept_at: datetime
    answers: tuple[FiledAnswer, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Answer(_Part):
    slot: Annotated[StrictInt, Field(ge=1, le=9_999)]
    lease: Number
    seq: Number
    fields: dict[str, list[str]]
    flagged: StrictBool = False
    shown_at: AwareDatetime | None = None


class _File(_Part):
    format: Literal["second-source-unsent-answers"]
    v: Literal[1]
    attempt: Annotated[StrictInt, Field(ge=1, le=LARGEST_NUMBER)]
    kept_at: AwareDatetime
    answers: Annotated[list[_Answer], Field(min_length=1, max_length=MOST_ANSWERS)]


class _AnyFile(BaseModel):
    format: Literal["second-source-unsent-answers"]
    v: StrictInt
    answers: list[object] = Field(default_factory=list)


def read_answer_file(body: bytes) -> AnswerFile:
    """Return what a page kept.

    Raises:
        Refusal: it is no such file, or an answer in it can't be read; the message names the question (``file``).
    """
    if len(body) > LARGEST_FILE:
        raise Refusal("file", TOO_LARGE)
    try:
        read = _File.model_validate_json(body)
    except ValidationError as error:
        raise Refusal("file", _what_is_wrong(body, error)) from None
    slots = [one.slot for one in read.answers]
    twice = next((slot for slot in slots if slots.count(slot) > 1), None)
    if twice is not None:
        raise Refusal("file", Message("Question %(number)d stands in this file twice.", number=twice))
    answers = (
        FiledAnswer(one.slot, one.lease, one.seq, one.fields, one.flagged, one.shown_at)
        for one in read.answers
    )
    return AnswerFile(read.attempt, read.kept_at, tuple(answers))


def _what_is_wrong(body: bytes, error: ValidationError) -> Message:
    try:
        known = _AnyFile.model_validate_json(body)
    except ValidationError:
        return NOT_OURS
    if known.v > 1:
        return NEWER
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = first["loc"]
    if len(place) > 1 and place[0] == "answers" and isinstance(place[1], int):
        answer = known.answers[place[1]]
        number = answer.get("slot") if isinstance(answer, dict) else None
        if isinstance(number, int):
            return Message("The answer to question %(number)d can't be read in this file.", number=number)
        return Message("Answer %(place)d of this file names no question.", place=place[1] + 1)
    return Message(
        "This file of unsent answers is damaged: %(place)s can't be read.", place=".".join(map(str, place))
    )
