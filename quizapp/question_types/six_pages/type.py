"""*Six pages. How many sources?*: say of each page where it got its story, and see pages of one origin join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.answers import WRONG_SHAPE, no_choice, plain_text
from quizapp.question_types.contract import Shown
from quizapp.question_types.decide_each import DecideEach, asked_line, choice_of, evidence_view, reviewed_line
from quizapp.question_types.six_pages.map import height, origins
from quizapp.question_types.six_pages.settings import GUESS, OWN, PAGES, UNCLEAR, AskedPage, SixPagesSettings

GUESSES = tuple(str(number) for number in range(1, PAGES + 1))


class SixPages(DecideEach[SixPagesSettings]):
    """One choice a page. The guess stands in the value beside them and never counts."""

    name = "six_pages"
    label = Message("Six pages. How many sources?")
    whole_page = True
    scripts = ("js/six-pages.js",)
    settings_model = SixPagesSettings

    def lines(self, settings: SixPagesSettings) -> Sequence[AskedPage]:
        """Return the pages as they stand."""
        return settings.asked

    def choice_ids(self, settings: SixPagesSettings) -> Sequence[str]:
        """Return its own reporter, every page, and cannot tell."""
        return (OWN, *settings.page_ids, UNCLEAR)

    def choices_of(self, settings: SixPagesSettings, line_id: str) -> Sequence[str]:
        """Return what one page can have got its story from."""
        return settings.choices_of(line_id)

    def choice_label(self, settings: SixPagesSettings, choice: str) -> str:
        """Return where a page got it in words."""
        if choice == OWN:
            return "its own reporter"
        return "cannot tell" if choice == UNCLEAR else f"page {settings.page_ids.index(choice) + 1}"

    def problems(self, settings: SixPagesSettings, value: object) -> list[Message]:
        """Refuse unknown pages and choices, and a guess that is no number from 1 to 6."""
        if value is None:
            return []
        if not isinstance(value, dict):
            return [WRONG_SHAPE]
        guess = value.get(GUESS)
        found = [] if GUESS not in value or guess in GUESSES else [no_choice(guess)]
        return found + super().problems(settings, _pages_of(value))

    def is_blank(self, settings: SixPagesSettings, value: Value) -> bool:
        """Say whether no page was decided; a guess alone is no answer."""
        return super().is_blank(settings, _pages_of(value))

    def student_view(self, settings: SixPagesSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the six pages with the map that the choices so far draw."""
        del seed
        given = value if isinstance(value, dict) else {}
        guess = given.get(GUESS) if given.get(GUESS) in GUESSES else None
        return {
            "guess": guess,
            "guesses": list(GUESSES),
            # A guess is locked in as soon as the first page is decided.
            "is_locked": guess is not None and bool(_pages_of(given)),
            "choices": [{"id": choice} for choice in self.choice_ids(settings)],
            "lines": [
                asked_line(asked, number, value)
                | {
                    "kind": page.kind,
                    "date": page.date,
                    "body": page.body,
                    "credit": page.credit,
                    "choices": [_choice(settings, choice) for choice in settings.choices_of(page.id)],
                }
                for number, (page, asked) in enumerate(zip(settings.pages, settings.asked, strict=True), 1)
            ],
            "map": _map(
                settings, {line.id: choice for line in settings.asked if (choice := choice_of(value, line))}
            ),
        }

    def review_view(
        self, settings: SixPagesSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the map as it was drawn, each page marked and explained, and the closing sentence with the key."""
        asked = self.student_view(settings, value, seed=seed)
        reviewed = [
            line
            | reviewed_line(page, value, shown)
            | {
                "given_choice": _choice(settings, line["given"]) if line["given"] else None,
                "key_choice": _choice(settings, page.key) if shown.key else None,
                "evidence": evidence_view(page.evidence) if shown.why else None,
            }
            for line, page in zip(asked["lines"], settings.asked, strict=True)
        ]
        wrong = {line["id"] for line in reviewed if line["mark"] == "wrong"}
        lines = [line | {"is_wrong": line["id"] in wrong} for line in asked["map"]["lines"]]
        return {
            "guess": asked["guess"],
            "lines": reviewed,
            "map": asked["map"] | {"lines": lines},
            "right_map": _map(settings, settings.keys) if shown.key else None,
            "origins": [plain_text(page.origin) for page in settings.pages if page.origin]
            if shown.key
            else None,
            "holds_up": settings.holds_up if shown.key else None,
        }

    def summary(self, settings: SixPagesSettings, value: Value) -> Sequence[str]:
        """Return the guess, and where each page got it."""
        guess = (value or {}).get(GUESS)
        decided = [
            f"Page {number}: {self.choice_label(settings, value[page_id])}"
            for number, page_id in enumerate(settings.page_ids, 1)
            if page_id in (value or {})
        ]
        return [f"Guess: {guess}", *decided] if guess else decided


def _pages_of(value: Any) -> dict[str, Any]:
    """Return the value without the guess."""
    given = value if isinstance(value, dict) else {}
    return {part: choice for part, choice in given.items() if part != GUESS}


def _choice(settings: SixPagesSettings, choice: str) -> dict[str, Any]:
    number = settings.page_ids.index(choice) + 1 if choice in settings.page_ids else None
    return {"id": choice, "number": number, "is_own": choice == OWN}


def _map(settings: SixPagesSettings, choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the drawing: a line a page, from its place on the left to that of its origin on the right."""
    beside = origins(settings.page_ids, choices)
    places = {page_id: height(place) for place, page_id in enumerate(settings.page_ids)}
    return {
        "sources": len(set(beside.values())),
        "height": height(len(places) - 1) + height(0),
        "lines": [
            {
                "id": page_id,
                "number": number,
                "from": places[page_id],
                "to": places[beside[page_id]],
                "to_number": settings.page_ids.index(beside[page_id]) + 1,
                "is_origin": page_id in beside.values(),
                "is_wrong": False,
            }
            for number, page_id in enumerate(settings.page_ids, 1)
        ],
    }


TYPE = SixPages()
