"""The forms of one cell: a mark that is set, and why somebody is excused."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from quizapp.core.gradebook import points_from_words
from quizapp.core.messages import Message
from quizapp.services.overrides import LONGEST_REASON
from quizapp.web.forms import Form
from quizapp.web.words import lazy, say

UNREADABLE = Message("Type the points as a number with at most two decimals, like 7 or 7.5.")


def _reason_field() -> StringField:
    return StringField(
        lazy(Message("Reason")),
        validators=[
            InputRequired(lazy(Message("Say why, for the record."))),
            Length(
                max=LONGEST_REASON,
                message=lazy(Message("At most %(most)d characters.", most=LONGEST_REASON)),
            ),
        ],
        render_kw={"autocomplete": "off"},
    )


class MarkForm(Form):
    """A mark that a teacher sets."""

    points = StringField(
        lazy(Message("Points")),
        validators=[InputRequired(lazy(UNREADABLE))],
        render_kw={"inputmode": "decimal", "autocomplete": "off", "size": "8"},
    )
    reason = _reason_field()

    def validate_points(self, field: StringField) -> None:
        """Take a number of points."""
        try:
            points_from_words(field.data or "")
        except ValueError:
            raise ValidationError(say(UNREADABLE)) from None


class ReasonForm(Form):
    """Why somebody is excused, or is not any more."""

    reason = _reason_field()
