"""Forms of classes and their lists."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quizapp.core.messages import Message
from quizapp.core.names import MAX_NAME
from quizapp.exchange.rosters import LARGEST_FILE, names_in_file
from quizapp.web.forms import Form
from quizapp.web.words import lazy


class ClassroomForm(Form):
    """The name of a class."""

    title = StringField(
        lazy(Message("Name of the class")),
        validators=[
            InputRequired(lazy(Message("Type a name for the class."))),
            Length(max=MAX_NAME, message=lazy(Message("A class name has at most 120 characters."))),
        ],
        render_kw={"autocomplete": "off"},
    )


class RosterForm(Form):
    """Names to add. ``apart`` ticks the lines that name another person of the same name."""

    names = TextAreaField(lazy(Message("Names, one a line")), render_kw={"rows": 12, "spellcheck": "false"})
    file = FileField(lazy(Message("Or a file")), render_kw={"accept": ".csv,text/csv,text/plain"})
    apart = SelectMultipleField(lazy(Message("Another person")), coerce=int, validate_choice=False)

    def read_names(self) -> str:
        """Return the names; those of a file, where one was chosen, stand in the box from then on.

        Raises:
            Refusal: the file is no class list (field ``file``).
        """
        if self.file.data:
            self.names.data = names_in_file(self.file.data.read(LARGEST_FILE + 1))
        return self.names.data or ""
