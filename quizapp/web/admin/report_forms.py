"""What the report and the record of deeds can be asked for, in their addresses."""

from __future__ import annotations

from flask import request
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional

from quizapp.core.errors import NotFound
from quizapp.core.messages import Message
from quizapp.core.names import MAX_NAME
from quizapp.services.audit_list import AuditFilters, Group
from quizapp.services.report_filters import Choice, Choices, Filters
from quizapp.web.admin.wording import GROUPS
from quizapp.web.forms import Form
from quizapp.web.local_times import FirstDayField, LastDayField
from quizapp.web.words import gettext as _
from quizapp.web.words import lazy

LONGEST_ID = 18


class ReportForm(Form):
    """The filters of the report. An empty field is no filter."""

    class Meta:
        """An address is no deed, so it carries no token."""

        csrf = False

    classroom = SelectField(lazy(Message("Class")), validate_choice=False)
    teacher = SelectField(lazy(Message("Teacher")), validate_choice=False)
    content = SelectField(lazy(Message("Lesson or quiz")), validate_choice=False)
    skill = SelectField(lazy(Message("Ability")), validate_choice=False)
    since = FirstDayField(lazy(Message("Due from")), validators=[Optional()])
    until = LastDayField(lazy(Message("Due until")), validators=[Optional()])

    def filters(self) -> Filters:
        """Return what is asked for.

        Raises:
            NotFound: a class or a teacher is named by what is no id.
        """
        return Filters(
            classroom_id=_id(self.classroom.data),
            teacher_id=_id(self.teacher.data),
            content_key=self.content.data or None,
            skill=self.skill.data or None,
            due_from=self.since.instant,
            due_before=self.until.instant,
        )

    def offer(self, choices: Choices) -> None:
        """Fill the lists."""
        self.classroom.choices = _options(_("All classes"), choices.classrooms)
        self.teacher.choices = _options(_("All teachers"), choices.teachers)
        self.skill.choices = _options(_("All abilities"), choices.skills)
        self.content.choices = {
            _("Everything"): _options(_("All lessons and quizzes"), ()),
            _("Lessons"): _options("", choices.lessons),
            _("Quizzes"): _options("", choices.quizzes),
        }

    @property
    def is_asked(self) -> bool:
        """Something narrows the report."""
        return any(field.data for field in self)

    def address_values(self) -> dict[str, str]:
        """Return the filters as they stand in an address."""
        return {name: text for name, text in request.args.items() if name in self and text}


class AuditForm(Form):
    """The filters of the record of deeds."""

    class Meta:
        """An address is no deed, so it carries no token."""

        csrf = False

    group = SelectField(lazy(Message("What")), validate_choice=False)
    name = StringField(
        lazy(Message("Who, name contains")),
        validators=[Length(max=MAX_NAME, message=lazy(Message("A name has at most 120 characters.")))],
        render_kw={"type": "search"},
    )
    since = FirstDayField(lazy(Message("From")), validators=[Optional()])
    until = LastDayField(lazy(Message("Until")), validators=[Optional()])

    def filters(self) -> AuditFilters:
        """Return what is asked for; a group that there is not is none."""
        return AuditFilters(
            group=Group(self.group.data) if self.group.data in set(Group) else None,
            name=self.name.data or "",
            since=self.since.instant,
            before=self.until.instant,
        )

    def offer(self) -> None:
        """Fill the list."""
        groups = (Choice(group.value, _(words.key)) for group, words in GROUPS.items())
        self.group.choices = _options(_("Everything"), tuple(groups))

    def address_values(self) -> dict[str, str]:
        """Return the filters as they stand in an address."""
        return {name: text for name, text in request.args.items() if name in self and text}


def _options(all_of_them: str, choices: tuple[Choice, ...]) -> list[SelectChoice]:
    first = [SelectChoice("", all_of_them)] if all_of_them else []
    return [*first, *(SelectChoice(one.value, one.title) for one in choices)]


def _id(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID):
        raise NotFound
    return int(text)
