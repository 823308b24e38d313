"""What a school sets for itself, and what the first run asks."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from wtforms import PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.core.messages import Message
from quizapp.core.names import MAX_NAME
from quizapp.core.settings import CASES, TEACHING_DAYS, Cases, Weekday
from quizapp.services.first_run import NewAdmin, NewSchool
from quizapp.services.school_settings import SchoolValues
from quizapp.web.admin.forms import TOO_LONG
from quizapp.web.admin.wording import CASES as CASE_WORDS
from quizapp.web.admin.wording import LANGUAGE_NAMES, WEEKDAYS
from quizapp.web.choices import choices
from quizapp.web.forms import Form
from quizapp.web.words import LANGUAGES, lazy
from quizapp.web.words import gettext as _

NOT_OFFERED = ("Etc", "SystemV", "US", "Canada", "Brazil", "Mexico", "Chile")
"""Regions of the list whose zones stand under a continent as well, or are no place."""


def time_zones() -> dict[str, list[Any]]:
    """Return the time zones of the world by continent, and UTC."""
    by_region: dict[str, list[Any]] = {"UTC": [SelectChoice("UTC", "UTC")]}
    for name in sorted(available_timezones()):
        region, _, place = name.partition("/")
        if place and region not in NOT_OFFERED:
            by_region.setdefault(region, []).append(SelectChoice(name, place.replace("_", " ")))
    return by_region


class SchoolForm(Form):
    """The school's name, clock, language, teaching days, and which cases may be used."""

    school_name = StringField(
        lazy(Message("Name of the school")),
        validators=[
            InputRequired(lazy(Message("Type the name of the school."))),
            Length(max=MAX_NAME, message=TOO_LONG),
        ],
        render_kw={"autocomplete": "organization"},
    )
    time_zone = SelectField(
        lazy(Message("Time zone")),
        choices=lambda: {_("Choose one"): [SelectChoice("", "")], **time_zones()},
        validators=[InputRequired(lazy(Message("Choose the time zone of the school.")))],
    )
    language = SelectField(
        lazy(Message("Language of the pages")),
        choices=[SelectChoice(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
    )
    teaching_days = SelectMultipleField(
        lazy(Message("Days on which you teach")),
        choices=choices({int(day): words for day, words in WEEKDAYS.items()}),
        coerce=int,
        default=sorted(TEACHING_DAYS.default),
        validators=[InputRequired(lazy(Message("Choose one day at least.")))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    cases = RadioField(
        lazy(Message("Which cases may be used here")),
        choices=choices(CASE_WORDS),
        default=CASES.default.value,
    )

    @property
    def days(self) -> frozenset[Weekday]:
        """The chosen days."""
        return frozenset(Weekday(day) for day in self.teaching_days.data or ())

    def values(self) -> SchoolValues:
        """Return what was filled in."""
        return SchoolValues(
            name=self.school_name.data or "",
            time_zone=self.time_zone.data or "",
            language=self.language.data,
            teaching_days=self.days,
            cases=Cases(self.cases.data),
        )


class FirstRunForm(SchoolForm):
    """The school, and the person who looks after it."""

    display_name = StringField(
        lazy(Message("Your name")),
        validators=[InputRequired(lazy(Message("Type your name."))), Length(max=MAX_NAME, message=TOO_LONG)],
        render_kw={"autocomplete": "name"},
    )
    user_name = StringField(
        lazy(Message("Name to sign in with")),
        validators=[Optional(), Length(max=MAX_NAME, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        lazy(Message("Password")),
        validators=[InputRequired(lazy(Message("Type a password."))), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )

    def school(self) -> NewSchool:
        """Return what was filled in about the school."""
        return NewSchool(
            name=self.school_name.data or "",
            time_zone=self.time_zone.data or "",
            language=self.language.data,
            teaching_days=self.days,
            cases=Cases(self.cases.data),
        )

    def admin(self) -> NewAdmin:
        """Return what was filled in about the administrator."""
        return NewAdmin(self.display_name.data or "", self.user_name.data or "", self.password.data or "")
