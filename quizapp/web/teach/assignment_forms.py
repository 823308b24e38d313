"""Forms that give work to a class and change its dates."""

from __future__ import annotations

from wtforms import BooleanField, IntegerField, PasswordField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from quizapp.core.assignments import Counts, Preset
from quizapp.core.messages import Message
from quizapp.services.assignments import LONGEST_LIMIT_MINUTES, MOST_ATTEMPTS, Dates, Rules
from quizapp.web.choices import choices
from quizapp.web.forms import Form
from quizapp.web.local_times import LocalTimeField
from quizapp.web.teach.wording import COUNTS, PRESETS
from quizapp.web.words import lazy


class DatesForm(Form):
    """Opens, Due, Closes, and the rules that may change while work goes on."""

    opens_at = LocalTimeField(lazy(Message("Opens")), validators=[Optional()])
    due_at = LocalTimeField(lazy(Message("Due")), validators=[Optional()])
    closes_at = LocalTimeField(lazy(Message("Closes")), validators=[Optional()])
    attempts_allowed = IntegerField(
        lazy(Message("Tries")),
        default=2,
        validators=[
            InputRequired(lazy(Message("Type how many tries there are."))),
            NumberRange(1, MOST_ATTEMPTS, lazy(Message("From 1 to 20 tries."))),
        ],
        render_kw={"inputmode": "numeric"},
    )
    limit_minutes = IntegerField(
        lazy(Message("Time limit in minutes")),
        validators=[
            Optional(),
            NumberRange(1, LONGEST_LIMIT_MINUTES, lazy(Message("From 1 to 1440 minutes, or nothing."))),
        ],
        render_kw={"inputmode": "numeric"},
    )

    def dates(self) -> Dates:
        """Return the dates as instants."""
        return Dates(self.opens_at.instant, self.due_at.instant, self.closes_at.instant)


class AssignForm(DatesForm):
    """What is given to the class, when, and by which rules."""

    what = SelectField(lazy(Message("Lesson or quiz")))
    with_quiz = BooleanField(lazy(Message("And the lesson's quiz, with the same dates")), default=True)
    preset = RadioField(
        lazy(Message("What is it?")),
        choices=choices(PRESETS),
        default=Preset.HOMEWORK.value,
    )
    counts = SelectField(
        lazy(Message("Which try counts")),
        choices=choices(COUNTS),
        default=Counts.HIGHEST.value,
    )
    password = PasswordField(
        lazy(Message("Password to begin")),
        validators=[Optional(), Length(max=100)],
        render_kw={"autocomplete": "new-password"},
    )

    def rules(self) -> Rules:
        """Return the rules of the quiz."""
        return Rules(
            Preset(self.preset.data),
            self.attempts_allowed.data or 1,
            Counts(self.counts.data),
            self.limit_minutes.data,
        )
