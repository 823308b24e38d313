"""Forms of starting a try and of marking oneself."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from quizapp.core.messages import Message
from quizapp.core.questions import Case
from quizapp.web.forms import Form
from quizapp.web.words import gettext as _
from quizapp.web.words import lazy


def case_choices(case_b: str) -> list[Any]:
    """Return the two cases as the start page names them; ``case_b`` is what the made-up one is about."""
    topic = case_b or _("a made-up report from everyday life")
    return [
        SelectChoice(Case.A.value, _("A, a report from a war (mentions deaths and sabotage; no pictures)")),
        SelectChoice(Case.B.value, _("B, %(topic)s (made up, nobody is hurt; no pictures)", topic=topic)),
    ]


class StartForm(Form):
    """What is asked before a try: the case where there are two, the password where there is one."""

    @property
    def chosen_case(self) -> Case | None:
        """The case that was chosen; the service asks again where it needs one."""
        return Case(self.case.data) if self.case.data in list(Case) else None

    case = RadioField(lazy(Message("Choose your case")), choices=[], validate_choice=False)
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
