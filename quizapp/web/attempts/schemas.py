"""What a page's script may send. Unknown keys are refused; one message says what is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from flask import request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictInt, ValidationError
from werkzeug.exceptions import BadRequest

from quizapp.core.attempts import Order
from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.services.saving import Arrived
from quizapp.services.unread_saves import Unread

VERSION = 1
"""The newest shape of a save. Each shape that a release has published stays readable: its pages are still open."""

MOST_ANSWERS = 200
LARGEST = 2**53 - 1
"""The largest whole number that a script counts exactly."""

Number = Annotated[StrictInt, Field(ge=0, le=LARGEST)]
Slot = Annotated[StrictInt, Field(ge=1, le=9_999)]
FieldTexts = dict[str, list[str]]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ResponseBody(_Body):
    """One answer: its ``value``, or the ``fields`` of its question as they stand in the form."""

    slot: Slot
    seq: Number
    value: Any = None
    fields: FieldTexts | None = None
    flagged: bool = False
    sure: bool | None = None
    shown_at: AwareDatetime | None = None

    def arrived(self) -> Arrived:
        """Return the answer as the service takes it."""
        shown_at: datetime | None = self.shown_at
        return Arrived(
            slot=self.slot,
            seq=self.seq,
            value=self.value,
            fields=self.fields,
            is_flagged=self.flagged,
            sure=self.sure,
            shown_at=shown_at,
        )


class SaveBody(_Body):
    """A save, or a submit with everything that the page still holds."""

    v: Literal[1]
    lease: Number
    responses: Annotated[list[ResponseBody], Field(max_length=MOST_ANSWERS)]

    def arrived(self) -> list[Arrived]:
        """Return the answers as the service takes them."""
        return [one.arrived() for one in self.responses]


def read_save() -> SaveBody | list[Unread]:
    """Return the save in the body of the request; of a page newer than this server its answers as they came.

    Raises:
        BadRequest: it is no JSON.
        Refusal: it is JSON of another shape; the message names the place.
    """
    try:
        return SaveBody.model_validate_json(request.get_data())
    except ValidationError as error:
        unread = _answers_of_newer_page()
        if unread is not None:
            return unread
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise BadRequest from None
        place = ".".join(map(str, first["loc"])) or "body"
        raise Refusal(
            None, Message("This can't be read: %(place)s: %(why)s.", place=place, why=first["msg"])
        ) from None


class _NewerBody(BaseModel):
    """What a save of every release has: its version, and answers of whatever shape."""

    v: Annotated[StrictInt, Field(gt=VERSION)]
    lease: Any = 0
    responses: Annotated[list[Any], Field(max_length=MOST_ANSWERS)] = Field(default_factory=list)


def _answers_of_newer_page() -> list[Unread] | None:
    try:
        body = _NewerBody.model_validate_json(request.get_data())
    except ValidationError:
        return None
    lease = _whole(body.lease, LARGEST)
    return [
        Unread(_whole(_part(one, "slot"), 9_999), Order(lease, _whole(_part(one, "seq"), LARGEST)), one)
        for one in body.responses
    ]


def _part(answer: Any, name: str) -> Any:
    return answer.get(name) if isinstance(answer, dict) else None


def _whole(given: Any, largest: int) -> int:
    is_number = isinstance(given, int) and not isinstance(given, bool)
    return given if is_number and 0 <= given <= largest else 0
