"""A question's own templates as a page sees them, and its form as a browser without script posts it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

import quizapp.question_types
import quizapp.web

TYPES = Path(quizapp.question_types.__path__[0])
_TEMPLATES = Path(quizapp.web.__path__[0]) / "templates"
_LABELLED = ("input", "select", "textarea")


def _gettext(text: str, **values: object) -> str:
    return text % values if values else text


def _ngettext(one: str, many: str, num: int, **values: object) -> str:
    return (one if num == 1 else many) % {"num": num, **values}


def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        loader=ChoiceLoader([PrefixLoader({"types": FileSystemLoader(TYPES)}), FileSystemLoader(_TEMPLATES)]),
    )
    environment.filters["when"] = lambda instant, pattern: format_datetime(instant, pattern, locale="en")
    environment.globals.update(
        _=_gettext, ngettext=_ngettext, card_url=lambda reference: f"/cards#{reference.lower()}"
    )
    return environment


ENVIRONMENT = _environment()


def rendered(type_name: str, page: str, view: Any, *, name: str = "q3", is_open: bool = True) -> str:
    template = ENVIRONMENT.get_template(f"types/{type_name}/{page}.html")
    return template.render(view=view, name=name, is_open=is_open)


class Form(HTMLParser):
    """The controls of some HTML: what they would post, and those that nobody can name."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, list[str]] = {}
        self.controls: list[dict[str, str | None]] = []
        self.labels: set[str | None] = set()
        self.legends = 0
        self.fieldsets = 0
        self._in_label = False
        self._select: str | None = None
        self._textarea: str | None = None
        self._typed = ""
        self.feed(html)
        self.close()

    @property
    def unlabelled(self) -> list[dict[str, str | None]]:
        return [
            control
            for control in self.controls
            if not (control["in_label"] or control.get("id") in self.labels or control.get("aria-label"))
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "label":
            self._in_label = True
            if "for" in given:
                self.labels.add(given["for"])
        self.legends += tag == "legend"
        self.fieldsets += tag == "fieldset"
        if tag in _LABELLED and given.get("type") != "hidden":
            self.controls.append(given | {"in_label": "yes" if self._in_label else None})
        if tag == "input" and given.get("type") in ("radio", "checkbox"):
            if "checked" in given:
                self._post(given["name"], given["value"])
        elif tag == "input":
            self._post(given["name"], given.get("value"))
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given:
            self._post(self._select, given["value"])
        elif tag == "textarea":
            self._textarea, self._typed = given["name"], ""

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label = False
        elif tag == "textarea":
            # A browser drops the first line break of a text area and posts the others as CR LF.
            self._post(self._textarea, self._typed.removeprefix("\n").replace("\n", "\r\n"))
            self._textarea = None

    def _post(self, name: str | None, value: str | None) -> None:
        assert name is not None
        self.fields.setdefault(name, []).append(value or "")
