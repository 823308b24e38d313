"""Forms of lessons. What is answered in them is read by the question types."""

from __future__ import annotations

from wtforms import IntegerField, StringField
from wtforms.validators import Optional

from quizapp.core.questions import Case
from quizapp.web.forms import Form


class CaseForm(Form):
    """The choice of a case, and the screen to open with it."""

    case = StringField()
    screen = IntegerField(validators=[Optional()])

    def chosen(self) -> Case | None:
        """Return the case that was chosen, or None."""
        return Case(self.case.data) if self.case.data in set(Case) else None
