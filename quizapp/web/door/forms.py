"""Forms at the door of a class."""

from __future__ import annotations

from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from quizapp.core.join_codes import plain_digits, read_code
from quizapp.core.messages import Message
from quizapp.web.forms import Form
from quizapp.web.words import gettext as _
from quizapp.web.words import lazy

CODE_KEYS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
PIN_KEYS = {"inputmode": "numeric", "dir": "ltr"}


class CodeForm(Form):
    """The code on the board, or on a card."""

    code = StringField(
        lazy(Message("Class code")),
        validators=[InputRequired(lazy(Message("Type the code."))), Length(max=60)],
        filters=[lambda typed: read_code(typed or "")],
        render_kw=CODE_KEYS,
    )


class CardForm(CodeForm):
    """The code on a login card."""

    code = StringField(
        lazy(Message("Code of your card")),
        validators=[InputRequired(lazy(Message("Type the code of your card."))), Length(max=60)],
        filters=[lambda typed: read_code(typed or "")],
        render_kw=CODE_KEYS,
    )


class NameForm(Form):
    """A name that is not on the list."""

    name = StringField(
        lazy(Message("Your name")),
        validators=[InputRequired(lazy(Message("Type your name.")))],
        render_kw={"autocomplete": "name", "spellcheck": "false", "dir": "auto"},
    )


class SecretForm(Form):
    """The own PIN. Digits of every script count."""

    secret = PasswordField(
        lazy(Message("Your PIN")),
        validators=[InputRequired(lazy(Message("Type your PIN."))), Length(max=200)],
        filters=[lambda typed: plain_digits(typed or "")],
        render_kw={"autocomplete": "current-password", **PIN_KEYS},
    )


class PasswordForm(SecretForm):
    """The password of a student who has one instead of a PIN."""

    secret = PasswordField(
        lazy(Message("Your password")),
        validators=[InputRequired(lazy(Message("Type your password."))), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class NewPinForm(SecretForm):
    """A PIN chosen the first time, typed twice because nobody sees it."""

    secret = PasswordField(
        lazy(Message("Your new PIN")),
        validators=[InputRequired(lazy(Message("Choose six digits."))), Length(max=200)],
        filters=[lambda typed: plain_digits(typed or "")],
        render_kw={"autocomplete": "new-password", **PIN_KEYS},
    )
    again = PasswordField(
        lazy(Message("The same six digits again")),
        filters=[lambda typed: plain_digits(typed or "")],
        render_kw={"autocomplete": "new-password", **PIN_KEYS},
    )

    def validate_again(self, field: PasswordField) -> None:
        """Refuse two PINs that differ, at the second one."""
        if field.data != self.secret.data:
            raise ValidationError(_("These are not the same digits. Type both again."))
