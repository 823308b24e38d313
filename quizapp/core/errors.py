"""What can go wrong, in three kinds that are never mixed.

The student's slip is data (a ``Problem`` in a result), the author's slip is a content problem with file and
line, ours is an exception. The exceptions here are the ones that a page turns into an answer.
"""

from __future__ import annotations

from quizapp.core.messages import Message


class Refusal(Exception):
    """A rule says no, and the person can do something about it.

    ``field`` names the form field at which the sentence is shown; None shows it above the form.
    """

    def __init__(self, field: str | None, message: Message) -> None:
        super().__init__(str(message))
        self.field = field
        self.message = message


class NotFound(Exception):
    """No such thing for this person: unknown and foreign ids answer alike."""


class Conflict(Exception):
    """Somebody, perhaps the same person in another window, was faster."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Busy(Exception):
    """The server can't do this now; nothing was stored, and trying again in a moment is right."""

    def __init__(self, message: Message, retry_after_seconds: int = 2) -> None:
        super().__init__(str(message))
        self.message = message
        self.retry_after_seconds = retry_after_seconds
