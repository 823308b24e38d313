"""Words in the reader's language, bound once a request: a look-up per call would cost 20 µs."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.support import NullTranslations
from flask import Flask, has_request_context
from flask_babel import Babel, format_datetime, get_translations
from flask_babel.speaklater import LazyString

from quizapp.core.messages import Message
from quizapp.core.scoring import points_in_words
from quizapp.web.runtime import viewer

LANGUAGES = ("en",)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

UNTRANSLATED = NullTranslations()

# Not in `g`: a page says three hundred words, and looking through the proxy took as long as the look-up of the word.
_bound: ContextVar[NullTranslations | None] = ContextVar("translations", default=None)


def gettext(key: str, /, **values: Any) -> str:
    """Return the sentence in the reader's language, filled with the values."""
    text: str = _translations().ugettext(key)
    return text % values if values else text


def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:
    """Return the sentence for this number in the reader's language; ``num`` fills ``%(num)d``."""
    text: str = _translations().ungettext(one, many, num)
    return text % {"num": num, **values}


def say(message: Message | str) -> str:
    """Return a message of the inner layers in the reader's language."""
    if isinstance(message, str):
        return message
    return gettext(message.key, **{name: _said(value) for name, value in message.values.items()})


def _said(value: object) -> object:
    if isinstance(value, Message):
        return say(value)
    return when(value) if isinstance(value, datetime) else value


def when(instant: datetime | None, pattern: str = "EEE d MMM, HH:mm") -> str:
    """Return an instant in the school's time zone as people write it: "Fri 4 Dec, 18:00"."""
    if instant is None:
        return ""
    return str(format_datetime(instant.astimezone(zone()).replace(tzinfo=None), pattern, rebase=False))


def shortened(text: str, most: int) -> str:
    """Return the text in ``most`` characters, cut between words: no mark of its own stands before the dots.

    >>> shortened("Who says so? Write it down.", 15)
    'Who says so …'
    """
    if len(text) <= most:
        return text
    kept, _space, _rest = text[: most - 1].rpartition(" ")
    return f"{(kept or text[: most - 2]).rstrip(' .,;:?–—-…')} …"


def zone() -> ZoneInfo:
    """Return the time zone of the reader's school."""
    who = viewer()
    return ZoneInfo(who.time_zone if who else "UTC")


def language() -> str:
    """Return the language that the page is in."""
    who = viewer()
    return who.language if who and who.language in LANGUAGES else "en"


def _translations() -> NullTranslations:
    bound = _bound.get()
    if bound is None:
        if not has_request_context():
            return UNTRANSLATED
        bound = get_translations()
        _bound.set(bound)
    return bound


def _forget_language(*_: object) -> None:
    """Bind the next words anew: a thread serves one reader after the other."""
    _bound.set(None)


def init_words(app: Flask) -> None:
    """Give templates their words."""
    Babel(app, locale_selector=language, default_translation_directories=str(app.root_path) + "/translations")
    app.before_request(_forget_language)
    app.teardown_request(_forget_language)
    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext})
    app.jinja_env.filters.update(
        {"say": say, "when": when, "points": points_in_words, "shortened": shortened}
    )

    @app.context_processor
    def direction() -> dict[str, str]:
        chosen = language()
        return {"language": chosen, "text_direction": "rtl" if chosen in RIGHT_TO_LEFT else "ltr"}


def lazy(message: Message) -> Any:
    """Return a label that is put into the reader's language when it is shown."""
    return LazyString(lambda: say(message))
