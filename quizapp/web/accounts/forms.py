"""Forms of signing in and of the own account."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from quizapp.core.messages import Message
from quizapp.web.forms import Form
from quizapp.web.words import lazy


class SignInForm(Form):
    """Name and password or PIN. The school is asked only where there are several."""

    school_id = SelectField(lazy(Message("School")), coerce=int)
    user_name = StringField(
        lazy(Message("Your name or user name")),
        validators=[InputRequired(lazy(Message("Type your name."))), Length(max=120)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    secret = PasswordField(
        lazy(Message("Password or PIN")),
        validators=[InputRequired(lazy(Message("Type your password or PIN."))), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class NewSecretForm(Form):
    """A new password, or for students a new PIN."""

    current = PasswordField(
        lazy(Message("Your password or PIN now")),
        validators=[InputRequired(lazy(Message("Type the one that you use now.")))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        lazy(Message("The new one")),
        validators=[InputRequired(lazy(Message("Type the new one."))), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
