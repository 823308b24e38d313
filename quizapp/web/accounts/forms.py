"""Forms of signing in and of the own account."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from quizapp.core.join_codes import plain_digits
from quizapp.core.messages import Message
from quizapp.web.forms import Form
from quizapp.web.words import gettext as _
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


class OwnSecretForm(Form):
    """The own password in place of a temporary one, typed twice because nobody sees it."""

    new = PasswordField(
        lazy(Message("Your new password")),
        validators=[InputRequired(lazy(Message("Choose a password."))), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy(Message("The same password again")), render_kw={"autocomplete": "new-password"}
    )

    def validate_again(self, field: PasswordField) -> None:
        """Refuse two that differ, at the second one."""
        if field.data != self.new.data:
            raise ValidationError(_("These are not the same. Type both again."))


class OwnPinForm(OwnSecretForm):
    """The same for a student's PIN. Digits of every script count."""

    new = PasswordField(
        lazy(Message("Your new PIN")),
        validators=[InputRequired(lazy(Message("Choose six digits."))), Length(max=200)],
        filters=[lambda typed: plain_digits(typed or "")],
        render_kw={"autocomplete": "new-password", "inputmode": "numeric", "dir": "ltr"},
    )
    again = PasswordField(
        lazy(Message("The same six digits again")),
        filters=[lambda typed: plain_digits(typed or "")],
        render_kw={"autocomplete": "new-password", "inputmode": "numeric", "dir": "ltr"},
    )
