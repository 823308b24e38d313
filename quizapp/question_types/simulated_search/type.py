"""*Simulated search*: open pages, cite two that do not go back to the claim's own origin, and judge the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value, Verdict
from quizapp.core.scoring import Decision, Outcome
from quizapp.core.verdicts import VERDICT_LABELS
from quizapp.question_types.answers import WRONG_SHAPE, no_choice, no_part, part_fields, plain_text
from quizapp.question_types.authoring import RIGHT, WRONG
from quizapp.question_types.contract import Cardinality, Feedback, FormFields, QuestionType, Shown
from quizapp.question_types.decide_each import evidence_view, reviewed_line
from quizapp.question_types.simulated_search.settings import (
    AGAIN,
    BESIDE,
    FIRST,
    OPENED,
    SAME,
    SECOND,
    VERDICT,
    Result,
    SimulatedSearchSettings,
)

PARTS = (VERDICT, FIRST, SECOND)
LONGEST_TRAIL = 40
"""Openings of pages that an answer keeps."""


class SimulatedSearch(QuestionType[SimulatedSearchSettings]):
    """What is cited is scored. Which pages were opened stands in the value beside it and never counts."""

    name = "simulated_search"
    label = Message("Simulated search")
    move = Move.DECIDE_EACH
    cardinality = Cardinality.RECORD
    scripts = ("js/simulated-search.js",)
    settings_model = SimulatedSearchSettings

    def part_ids(self, settings: SimulatedSearchSettings) -> tuple[str, ...]:
        """Return the verdict and the two pages that are named."""
        del settings
        return PARTS

    def choices_of(self, settings: SimulatedSearchSettings, part: str) -> Sequence[str]:
        """Return the verdicts, or the results."""
        return settings.verdict.choice_ids if part == VERDICT else settings.result_ids

    def read_form(self, settings: SimulatedSearchSettings, fields: FormFields, name: str) -> Value:
        """Return what is given; a page that a button opens is added to those that were opened."""
        given: dict[str, Any] = part_fields(fields, name)
        opened = given.pop(OPENED, "")
        trail = opened.split() if isinstance(opened, str) else opened
        trail += [
            asked.removeprefix(f"{name}.open.")
            for asked in fields.get("draw", ())
            if asked.startswith(f"{name}.open.")
            and asked.removeprefix(f"{name}.open.") in settings.result_ids
        ]
        is_longer = isinstance(opened, str) and len(opened.split()) <= LONGEST_TRAIL < len(trail)
        if trail:
            given[OPENED] = trail[:LONGEST_TRAIL] if is_longer else trail
        return given or None

    def problems(self, settings: SimulatedSearchSettings, value: object) -> list[Message]:
        """Refuse unknown parts, choices and pages, and a trail that is too long."""
        if value is None:
            return []
        if not isinstance(value, dict) or not isinstance(value.get(OPENED, []), list):
            return [WRONG_SHAPE]
        found = [no_part(part) for part in value if part not in (*PARTS, OPENED)]
        found += [
            no_choice(value[part])
            for part in PARTS
            if part in value and value[part] not in self.choices_of(settings, part)
        ]
        found += [no_choice(page) for page in value.get(OPENED, []) if page not in settings.result_ids]
        if len(value.get(OPENED, [])) > LONGEST_TRAIL:
            found.append(Message("An answer keeps at most %(most)d openings of pages.", most=LONGEST_TRAIL))
        return found

    def is_blank(self, settings: SimulatedSearchSettings, value: Value) -> bool:
        """Say whether nothing was decided; opening pages alone is no answer."""
        del settings
        return not any(part in (value or {}) for part in PARTS)

    def is_complete(self, settings: SimulatedSearchSettings, value: Value) -> bool:
        """Say whether the claim was judged and two pages named."""
        del settings
        return all(part in (value or {}) for part in PARTS)

    def decisions(self, settings: SimulatedSearchSettings, value: Value) -> tuple[Decision, ...]:
        """Return the verdict, which counts twice, and the two pages."""
        given = value or {}
        verdict = _decision(VERDICT, given.get(VERDICT), is_right=given.get(VERDICT) == settings.verdict.key)
        pages = [
            _decision(part, given.get(part), is_right=_said_of(settings, given, part) == RIGHT)
            for part in (FIRST, SECOND)
        ]
        return (verdict, verdict, *pages)

    def correct_value(self, settings: SimulatedSearchSettings) -> Value:
        """Return the verdict with the first pages of two other origins, in the order in which they stand."""
        first, second = [page for page in settings.result_ids if page in settings.independent.values()][:2]
        return {VERDICT: settings.verdict.key, FIRST: first, SECOND: second}

    def feedback(self, settings: SimulatedSearchSettings, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback on the verdict and on each page that was named."""
        given = value or {}
        found = []
        if VERDICT in given:
            found.append(Feedback(VERDICT, settings.verdict.line.feedback_on(given[VERDICT])))
        return (
            *found,
            *(
                Feedback(part, _feedback_on_page(settings, given, part))
                for part in (FIRST, SECOND)
                if part in given
            ),
        )

    def student_view(
        self, settings: SimulatedSearchSettings, value: Value, *, seed: int
    ) -> Mapping[str, Any]:
        """Return the results with their pages, of which the one that was opened last is shown."""
        del seed
        trail = _trail(settings, value)
        return {
            "searched": settings.searched,
            "claim": settings.verdict.text,
            "choices": _choices(settings),
            "given": _given(value),
            "trail": " ".join(trail),
            "results": [
                _result(result, number)
                | {"was_opened": result.id in trail, "is_shown": trail[-1:] == [result.id]}
                for number, result in enumerate(settings.results, 1)
            ],
        }

    def review_view(
        self, settings: SimulatedSearchSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return what was judged and cited, marked and explained as far as allowed, and the trail."""
        del seed
        given = _given(value)
        line = settings.verdict.line
        reviewed = {"given": given[VERDICT]} | reviewed_line(line, value, shown)
        results = {result.id: _result(result, number) for number, result in enumerate(settings.results, 1)}
        return {
            "claim": settings.verdict.text,
            "choices": {choice["id"]: choice for choice in _choices(settings)},
            "verdict": reviewed
            | {"evidence": evidence_view(settings.verdict.evidence) if shown.why else None},
            "pages": [_reviewed_page(settings, given, part, results, shown) for part in (FIRST, SECOND)],
            "trail": [results[page] for page in _trail(settings, value)],
            "results": list(results.values()),
            "origins": _origins(settings) if shown.key else None,
        }

    def summary(self, settings: SimulatedSearchSettings, value: Value) -> Sequence[str]:
        """Return the verdict, the pages that were named and those that were opened."""
        given = value or {}
        numbers = {page: number for number, page in enumerate(settings.result_ids, 1)}
        lines = [f"Verdict: {_label(settings, given[VERDICT])}"] if VERDICT in given else []
        lines += [
            f"{title}: {numbers[given[part]]}, {plain_text(settings.results[numbers[given[part]] - 1].headline)}"
            for part, title in ((FIRST, "First page"), (SECOND, "Second page"))
            if part in given
        ]
        opened = ", ".join(str(numbers[page]) for page in given.get(OPENED, []))
        return [*lines, f"Opened: {opened}"] if opened else lines


def _decision(part: str, given: str | None, *, is_right: bool) -> Decision:
    if given is None:
        return Decision(part, None, Outcome.BLANK)
    return Decision(part, given, Outcome.RIGHT if is_right else Outcome.WRONG)


def _given(value: Any) -> dict[str, str | None]:
    """Return the three parts, also out of a value that has problems."""
    given = value if isinstance(value, dict) else {}
    return {part: given[part] if isinstance(given.get(part), str) else None for part in PARTS}


def _trail(settings: SimulatedSearchSettings, value: Any) -> list[str]:
    """Return the pages that were opened, in order, also out of a value that has problems."""
    opened = value.get(OPENED) if isinstance(value, dict) else None
    return [page for page in opened if page in settings.result_ids] if isinstance(opened, list) else []


def _said_of(settings: SimulatedSearchSettings, given: Mapping[str, Any], part: str) -> str:
    """Return what a page that was named is: right, wrong, or of the same origin as the first."""
    origin = settings.origin_of.get(given.get(part) or "")
    if origin in (SAME, BESIDE, None):
        return WRONG
    if part == SECOND and origin == settings.origin_of.get(given.get(FIRST) or ""):
        return AGAIN
    return RIGHT


def _feedback_on_page(settings: SimulatedSearchSettings, given: Mapping[str, Any], part: str) -> str:
    said, texts = _said_of(settings, given, part), settings.cited.feedback
    return texts[AGAIN] if said == AGAIN else texts.get(given[part]) or texts[said]


def _label(settings: SimulatedSearchSettings, choice: str) -> str:
    return next(
        one["text"] or str(VERDICT_LABELS[Verdict(choice)])
        for one in _choices(settings)
        if one["id"] == choice
    )


def _choices(settings: SimulatedSearchSettings) -> list[dict[str, str]]:
    """Return what the claim can be judged as; the five verdicts have no text of their own."""
    asked = settings.verdict
    if asked.choices == "verdicts":
        return [{"id": choice, "html": "", "text": ""} for choice in asked.choice_ids]
    return [{"id": one.id, "html": one.text, "text": plain_text(one.text)} for one in asked.choices]


def _result(result: Result, number: int) -> dict[str, Any]:
    return {
        "id": result.id,
        "number": number,
        "html": result.headline,
        "text": plain_text(result.headline),
        "address": result.address,
        "snippet": result.snippet,
        "body": result.body,
        "credit": result.credit,
    }


def _reviewed_page(
    settings: SimulatedSearchSettings,
    given: Mapping[str, str | None],
    part: str,
    results: Mapping[str, dict[str, Any]],
    shown: Shown,
) -> dict[str, Any]:
    page = given[part]
    said = _said_of(settings, given, part)
    mark = "blank" if page is None else RIGHT if said == RIGHT else WRONG
    return {
        "part": part,
        "page": results.get(page or ""),
        "mark": mark if shown.score or page is None else None,
        "feedback": _feedback_on_page(settings, given, part) if shown.why and page is not None else None,
        "key_feedback": None,
        "evidence": None,
    }


def _origins(settings: SimulatedSearchSettings) -> list[dict[str, Any]]:
    """Return where each page got its story; None where it tells another one."""
    texts = {origin.id: origin.text for origin in settings.origins}
    return [
        {
            "number": number,
            "html": result.headline,
            "origin": texts.get(result.key),
            "is_claims_own": result.key == SAME,
        }
        for number, result in enumerate(settings.results, 1)
    ]


TYPE = SimulatedSearch()
