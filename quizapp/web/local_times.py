"""Dates and times as people type them, in the time zone of their school."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wtforms import DateField, DateTimeLocalField
from wtforms.validators import StopValidation

from quizapp.core.local_times import instants_of, start_of_day
from quizapp.core.messages import Message
from quizapp.web.words import say, zone

TYPED = "%Y-%m-%dT%H:%M"
UNREADABLE = Message("This is no date that can be read. Write 2027-01-31, with a time 2027-01-31T18:00.")
YEARS = range(2000, 2100)


class LocalTimeField(DateTimeLocalField):
    """A local date and time that stands for one instant, or none when it is left empty.

    A time that the clocks skip is refused. Where a time comes twice the field offers both (``instants``), and the
    choice arrives in a second field of the same name with ``-which``: 0 or 1.
    """

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, format=[TYPED, f"{TYPED}:%S"], **kwargs)
        self.instants: tuple[datetime, ...] = ()
        self.which: str | None = None

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Take the instant that the form starts with, or what was typed."""
        super().process(formdata, *args, **kwargs)
        if formdata is not None and self.name in formdata:
            self.which = formdata.get(f"{self.name}-which")
            self.instants = instants_of(self.data, zone()) if self.data else ()

    def process_data(self, value: datetime | None) -> None:
        """Show an instant as the school's clocks do."""
        if value is None:
            super().process_data(None)
            return
        local = value.astimezone(zone())
        self.which = str(local.fold)
        self.data = local.replace(tzinfo=None, fold=0)
        self.instants = instants_of(self.data, zone())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; an empty field is no date."""
        if _is_empty(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(say(UNREADABLE)) from None
        _check_year(self)

    @property
    def instant(self) -> datetime | None:
        """The one instant that is meant, in UTC."""
        if len(self.instants) > 1:
            return self.instants[int(self.which)] if self.which in ("0", "1") else None
        return self.instants[0] if self.instants else None

    def pre_validate(self, form: Any) -> None:
        """Refuse a time that is skipped, and ask back for one that comes twice."""
        del form
        if self.data is None:
            return
        if not self.instants:
            message = Message(
                "On that day the clocks go forward, and this time is skipped. Choose one an hour later or earlier."
            )
            raise StopValidation(say(message))
        if self.instant is None:
            raise StopValidation(
                say(
                    Message(
                        "On that night the clocks go back, and this time comes twice. Choose which you mean."
                    )
                )
            )


class DayField(DateField):
    """A day, or none when it is left empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        if _is_empty(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(say(UNREADABLE)) from None
        _check_year(self)


class FirstDayField(DayField):
    """A day from whose first instant something holds."""

    @property
    def instant(self) -> datetime | None:
        """The first instant of the day in the school's time zone."""
        return start_of_day(self.data, zone()) if self.data else None


class LastDayField(DayField):
    """The last day on which something holds."""

    @property
    def instant(self) -> datetime | None:
        """The first instant after the day in the school's time zone."""
        return start_of_day(self.data + timedelta(days=1), zone()) if self.data else None


def _is_empty(valuelist: list[Any]) -> bool:
    return not valuelist or not str(valuelist[0]).strip()


def _check_year(field: DateField | DateTimeLocalField) -> None:
    if field.data is not None and field.data.year not in YEARS:
        field.data = None
        raise ValueError(say(Message("Check the year.")))
