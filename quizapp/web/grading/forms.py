"""The form of a mark: a level for each criterion, and a comment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import Length, Optional

from quizapp.core.messages import Message
from quizapp.core.rubrics import LEVEL_NAMES, Criterion
from quizapp.services.grading import AnswerToMark
from quizapp.services.marking import LONGEST_COMMENT
from quizapp.web.choices import choices
from quizapp.web.forms import Form
from quizapp.web.words import lazy


class MarkForm(Form):
    """What every mark has; `mark_form` adds a field for each criterion."""

    seen = HiddenField(default="0")
    comment = TextAreaField(
        lazy(Message("Comment for the student")),
        validators=[Optional(), Length(max=LONGEST_COMMENT)],
        render_kw={"rows": 3},
    )


def mark_form(answer: AnswerToMark) -> MarkForm:
    """Return the form for an answer, filled with the mark that it has."""
    fields: dict[str, Any] = {
        level_field(one): RadioField(
            one.title,
            choices=choices(LEVEL_NAMES),
            validate_choice=False,
        )
        for one in answer.criteria
    }
    form_class = type("MarkFormOfRubric", (MarkForm,), fields)
    given = {f"level-{name}": str(level) for name, level in (answer.mark.levels or {}).items()}
    form: MarkForm = form_class(data={"seen": str(answer.mark.id), "comment": answer.mark.comment, **given})
    return form


def level_field(criterion: Criterion) -> str:
    """Return the name of the field of a criterion."""
    return f"level-{criterion.id}"


def levels_in(form: MarkForm, criteria: Sequence[Criterion]) -> dict[str, int | None]:
    """Return the level that was chosen for each criterion, None where none was."""
    chosen = {one.id: form[level_field(one)].data for one in criteria}
    return {name: int(level) if level in ("0", "1", "2") else None for name, level in chosen.items()}


def seen_in(form: MarkForm) -> int:
    """Return the id of the mark that the teacher saw; what can't be one is 0."""
    seen = str(form.seen.data or "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
