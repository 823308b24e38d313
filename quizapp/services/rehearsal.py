"""What somebody who rehearses a school needs to know: the questions of an attempt, keys included.

The demo school and load tests play students who know more or less. Only the operator may ask.
"""

from __future__ import annotations

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor, Role
from quizapp.services.asked import Asked, asked_in
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import Attempt


@reading
def questions_of_attempt(work: Work, actor: Actor, *, attempt_id: int) -> tuple[Asked, ...]:
    """Return the questions of an attempt in order.

    Raises:
        NotFound: there is no such attempt, or the actor is not the operator.
    """
    attempt = work.session.get(Attempt, attempt_id)
    if attempt is None or actor.role is not Role.OPERATOR:
        raise NotFound
    return asked_in(work, attempt)
