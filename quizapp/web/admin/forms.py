"""Forms of people."""

from __future__ import annotations

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from quizapp.core.messages import Message
from quizapp.core.names import MAX_NAME
from quizapp.core.permissions import Role
from quizapp.web.choices import choices
from quizapp.web.forms import Form
from quizapp.web.words import lazy

ROLES = {
    Role.STUDENT: Message("Student"),
    Role.TEACHER: Message("Teacher"),
    Role.ADMIN: Message("Administrator"),
}

TOO_LONG = lazy(Message("A name has at most 120 characters."))


class PersonForm(Form):
    """A new person. Without a user name the name is used."""

    display_name = StringField(
        lazy(Message("Name")),
        validators=[InputRequired(lazy(Message("Type a name."))), Length(max=MAX_NAME, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    user_name = StringField(
        lazy(Message("User name")),
        validators=[Optional(), Length(max=MAX_NAME, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    role = RadioField(
        lazy(Message("Role")),
        choices=choices(ROLES),
        default=Role.TEACHER.value,
    )


class SuspendForm(Form):
    """Why a person is kept out."""

    reason = StringField(
        lazy(Message("Reason")),
        validators=[
            InputRequired(lazy(Message("Say why, for the record."))),
            Length(max=500, message=lazy(Message("At most 500 characters."))),
        ],
    )
