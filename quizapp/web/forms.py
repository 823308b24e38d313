"""What every form shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_wtf import FlaskForm

from quizapp.core.errors import Refusal
from quizapp.web.words import say


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form at whose fields a service's refusal is shown; nothing typed is lost."""

    @contextmanager
    def problems(self) -> Iterator[None]:
        """Turn a refusal into the error of its field, or of the form where it names none that is here."""
        try:
            yield
        except Refusal as refusal:
            sentence = say(refusal.message)
            if refusal.field is not None and refusal.field in self:
                field = self[refusal.field]
                field.errors = [*field.errors, sentence]
            else:
                self.form_errors.append(sentence)


class EmptyForm(Form):
    """A button: nothing but the token that proves that the page was ours."""
