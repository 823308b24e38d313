"""What a page's script may send. Unknown keys are refused; one message says what is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from flask import request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictInt, ValidationError
from werkzeug.exceptions import BadRequest

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.services.saving import Arrived

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


BodyT = TypeVar("BodyT", bound=_Body)


def read_body(schema: type[BodyT]) -> BodyT:
    """Return the body of the request.

    Raises:
        BadRequest: it is no JSON.
        Refusal: it is JSON of another shape; the message names the place.
    """
    try:
        return schema.model_validate_json(request.get_data())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise BadRequest from None
        place = ".".join(map(str, first["loc"])) or "body"
        raise Refusal(
            None, Message("This can't be read: %(place)s: %(why)s.", place=place, why=first["msg"])
        ) from None
