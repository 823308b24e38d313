"""The forms of what is done to running tries: a reason, minutes, and how much the page knew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from quizapp.core.messages import Message
from quizapp.services.overrides import LONGEST_REASON
from quizapp.services.try_page import OFFERED_MINUTES
from quizapp.web.forms import Form
from quizapp.web.words import lazy

CHOOSE = Message("Choose how many minutes.")


class DeedForm(Form):
    """A reason. ``seen`` is how many deeds the page knew of, so that a second press changes nothing."""

    reason = StringField(
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
    seen = IntegerField(widget=HiddenInput(), default=0)

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the use cases take it."""
        return {"reason": self.reason.data or "", "seen": self.seen.data or 0}


class MinutesForm(DeedForm):
    """Minutes and a reason."""

    minutes = RadioField(
        lazy(Message("How much")),
        coerce=int,
        choices=[SelectChoice(minutes, str(minutes)) for minutes in OFFERED_MINUTES],
        validators=[InputRequired(lazy(CHOOSE))],
        validate_choice=False,
    )

    def offer(self, offers: Sequence[tuple[int, str]]) -> None:
        """Show these minutes, each with what it would lead to; a single offer is chosen already."""
        self.minutes.choices = [SelectChoice(minutes, said) for minutes, said in offers]
        if len(offers) == 1:
            self.minutes.data = offers[0][0]

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the use cases take it."""
        return {**super().values(), "minutes": self.minutes.data or 0}
