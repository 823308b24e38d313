"""Waiting after wrong tries, per account and per class code. Never per address: a school shares one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from quizapp.core.names import normal_form
from quizapp.services.runtime import Work
from quizapp.storage.tables import SignInDelay

MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Patience:
    """How many wrong tries are free, and how the wait grows after them. Silence as long as the longest wait forgives."""

    scope: str
    free_tries: int
    first_wait: timedelta
    longest_wait: timedelta


ACCOUNT = Patience("account", 5, timedelta(seconds=30), timedelta(minutes=15))

CLASS_CODE = Patience("class_code", 60, timedelta(seconds=5), timedelta(seconds=30))
"""Two slips for each of thirty phones are free; more is somebody who tries one PIN at every name."""


def account_subject(school_id: int, user_name: str) -> str:
    """Return under which name the wrong tries at an account are counted, whether it exists or not."""
    return f"{school_id}:{normal_form(user_name)[:200]}"


def seconds_to_wait(work: Work, patience: Patience, subject: str) -> int:
    """Return how long the subject still has to wait, 0 for not at all; begun seconds count."""
    delay = work.session.get(SignInDelay, (patience.scope, subject))
    if delay is None or delay.wait_until is None or delay.wait_until <= work.now:
        return 0
    return int((delay.wait_until - work.now).total_seconds()) + 1


def note_wrong_try(work: Work, patience: Patience, subject: str) -> int:
    """Count a wrong try and return how many there are."""
    delay = work.session.get(SignInDelay, (patience.scope, subject), with_for_update=True)
    if delay is None:
        delay = SignInDelay(
            scope=patience.scope, subject=subject, failures=0, wait_until=None, last_failed_at=work.now
        )
        work.session.add(delay)
    elif work.now - delay.last_failed_at > patience.longest_wait:
        delay.failures = 0
    delay.failures += 1
    delay.last_failed_at = work.now
    if delay.failures >= patience.free_tries:
        doublings = min(delay.failures - patience.free_tries, MOST_DOUBLINGS)
        delay.wait_until = work.now + min(patience.first_wait * 2**doublings, patience.longest_wait)
    return delay.failures


def forget_wrong_tries(work: Work, patience: Patience, subject: str) -> None:
    """Begin again at none."""
    delay = work.session.get(SignInDelay, (patience.scope, subject))
    if delay is not None:
        work.session.delete(delay)
