"""Facts about a quiz as sentences."""

from __future__ import annotations

from datetime import timedelta

from quizapp.core.assignments import Counts, Moment, ShownWhen
from quizapp.core.messages import Message
from quizapp.services.attempt_views import BeforeQuiz
from quizapp.web.words import gettext as _
from quizapp.web.words import ngettext, say, when

COUNTS = {
    Counts.HIGHEST: Message("best counts"),
    Counts.LATEST: Message("the latest counts"),
    Counts.FIRST: Message("the first counts"),
}

COUNTING = {
    Counts.HIGHEST: Message("Your best try counts."),
    Counts.LATEST: Message("Your latest try counts."),
    Counts.FIRST: Message("Your first try counts."),
}

MOMENTS = {
    Moment.AT_ONCE: Message("when you hand in"),
    Moment.LAST_TRY: Message("after your last try"),
    Moment.DUE: Message("after it is due and your tries are used"),
    Moment.RELEASE: Message("after it closes, when your teacher shows the results"),
}
RELEASE_WITHOUT_END = Message("after your last try, when your teacher shows the results")


def counts_in_words(counts: str) -> str:
    """Return which try counts."""
    return say(COUNTS[Counts(counts)])


def counting_sentence(counts: str) -> str:
    """Return which try counts, as a sentence."""
    return say(COUNTING[Counts(counts)])


def shown_in_words(shown: ShownWhen, *, has_end: bool) -> list[tuple[str, str]]:
    """Return what is shown and when, in pairs; ``has_end``: the quiz closes some day."""
    moments = MOMENTS if has_end else MOMENTS | {Moment.RELEASE: RELEASE_WITHOUT_END}
    return [
        (_("Points"), say(moments[shown.score])),
        (_("Why"), say(moments[shown.why])),
        (_("The right answers"), say(moments[shown.key])),
    ]


def minutes_of(span: timedelta) -> int:
    """Return whole minutes, rounded up."""
    return -(-int(span.total_seconds()) // 60)


def short_line(page: BeforeQuiz) -> str:
    """Return the one line: "6 questions · about 12 min · 2 tries, best counts · closes Fri 4 Dec, 18:00"."""
    window = page.window
    parts = [
        ngettext("1 question", "%(num)d questions", page.questions),
        _("about %(minutes)d min", minutes=page.minutes),
    ]
    if window.limit is not None:
        parts.append(_("time limit %(minutes)d min", minutes=minutes_of(window.limit)))
    tries = ngettext("1 try", "%(num)d tries", window.attempts_allowed)
    parts.append(f"{tries}, {counts_in_words(page.counts)}" if window.attempts_allowed > 1 else tries)
    if window.due_at is not None:
        parts.append(_("due %(due)s", due=when(window.due_at)))
    if window.closes_at is not None:
        parts.append(_("closes %(closes)s", closes=when(window.closes_at)))
    return " · ".join(parts)
