"""Forms of starting a try and of marking oneself."""

from __future__ import annotations

from wtforms import IntegerField, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quizapp.core.messages import Message
from quizapp.core.questions import Case
from quizapp.web.forms import Form
from quizapp.web.words import lazy

CASES = [
    SelectChoice(
        Case.A.value, lazy(Message("A, a report from a war (mentions deaths and sabotage; no pictures)"))
    ),
    SelectChoice(Case.B.value, lazy(Message("B, a report about a swimming pool"))),
]


class StartForm(Form):
    """What is asked before a try: the case where there are two, the password where there is one."""

    @property
    def chosen_case(self) -> Case | None:
        """The case that was chosen; the service asks again where it needs one."""
        return Case(self.case.data) if self.case.data in list(Case) else None

    case = RadioField(lazy(Message("Choose your case")), choices=CASES, validate_choice=False)
    password = PasswordField(
        lazy(Message("Password of this quiz")),
        validators=[Length(max=200)],
        render_kw={"autocomplete": "off"},
    )


class SelfMarkForm(Form):
    """Which of the three anchors is most like the own answer."""

    slot = IntegerField(validators=[InputRequired()])
    level = IntegerField(
        lazy(Message("Which is most like yours?")),
        validators=[InputRequired(lazy(Message("Choose one of the three.")))],
    )
