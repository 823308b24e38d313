"""What happens to a try, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizapp.core.attempts import State
from quizapp.core.messages import Message
from quizapp.core.permissions import Role
from quizapp.services.try_history import HistoryLine
from quizapp.services.try_page import TryPage
from quizapp.web.words import gettext as _
from quizapp.web.words import ngettext, say, when

STATES = {
    State.IN_PROGRESS: Message("In progress"),
    State.SUBMITTED: Message("Handed in"),
    State.GRADED: Message("Handed in and graded"),
    State.VOIDED: Message("Set aside: it counts nowhere"),
}

HAPPENED = {
    "attempt.started": Message("Begun"),
    "attempt.submitted": Message("Handed in"),
    "attempt.expired": Message("Handed in with what was saved, because the time was over"),
    "attempt.graded": Message("Every answer has its mark"),
    "attempt.deadline_moved": Message(
        "Ends at another time, because dates, limit or what is allowed changed"
    ),
    "attempt.student_file_entered": Message("Answers entered from the student's file"),
    "attempt.extended": Message("More time given"),
    "attempt.extension_taken_back": Message("The time that was given last taken back"),
    "attempt.reopened": Message("Opened again"),
    "attempt.ended": Message("Ended and handed in with what was saved"),
    "attempt.voided": Message("Set aside"),
}

HOUR, DAY = 60, 24 * 60


def span_in_words(minutes: int) -> str:
    """Return a span in the largest unit that it fills: "5 minutes", "1 hour", "3 days"."""
    if minutes % DAY == 0:
        return ngettext("%(num)d day", "%(num)d days", minutes // DAY)
    if minutes % HOUR == 0:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // HOUR)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)


def until(instant: datetime | None, now: datetime) -> str:
    """Return when something ends, "10:42" today and with its day otherwise."""
    if instant is None:
        return _("no end")
    day = "yyyy-MM-dd"
    return when(instant, "HH:mm") if when(instant, day) == when(now, day) else when(instant)


def offers_of(page: TryPage) -> list[tuple[int, str]]:
    """Return each offer of minutes with what it leads to: "5 minutes: until 10:42"."""
    return [
        (minutes, _offer_in_words(page, minutes, ends_at, is_first=place == 0))
        for place, (minutes, ends_at) in enumerate(page.ends)
    ]


def _offer_in_words(page: TryPage, minutes: int, ends_at: datetime | None, *, is_first: bool) -> str:
    span = _("No extra time") if is_first and page.rules_leave_enough else span_in_words(minutes)
    return _("%(span)s: until %(end)s", span=span, end=until(ends_at, page.now)) if ends_at else span


def left_in_words(page: TryPage) -> str:
    """Return what the rules leave of a closed try, or nothing where every offer gives more."""
    if not page.rules_leave_enough:
        return ""
    if page.rules_end_at is None:
        return _("This try has no end, so it needs no extra time.")
    return _(
        "Opened again, this try goes on until %(end)s as it is. Extra time is offered only where it ends later.",
        end=until(page.rules_end_at, page.now),
    )


def included_in_words(page: TryPage) -> str:
    """Return what the deadline of a try follows from, or nothing where it has none."""
    if page.deadline_at is None:
        return ""
    limit, closes_at = page.window.limit, page.window.closes_at
    if limit is None:
        parts = [_("Closes")]
    elif closes_at is None:
        parts = [_("%(limit)s from the start", limit=_minutes(limit))]
    else:
        parts = [_("%(limit)s from the start or Closes, whichever is first", limit=_minutes(limit))]
    if page.window.includes_extra_time:
        parts.append(_("with this student's own extra time"))
    if page.extra:
        parts.append(_("plus %(extra)s that a teacher gave", extra=_minutes(page.extra)))
    return ", ".join(parts)


def _minutes(span: timedelta) -> str:
    return span_in_words(-(-int(span.total_seconds()) // 60))


def happened_in_words(line: HistoryLine) -> str:
    """Return what happened, and by whom where that was not the student or the clock."""
    what = say(HAPPENED[line.action])
    if line.actor_role not in (Role.TEACHER, Role.ADMIN):
        return what
    return _("%(what)s, by %(who)s", what=what, who=line.actor_name or _("a teacher whose name was erased"))
