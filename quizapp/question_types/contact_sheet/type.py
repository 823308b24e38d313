"""*The contact sheet*: choose the two left-out frames that would most change what a viewer concludes.

Four decisions: the first frame, the belief that it changes, the second frame, its belief. The question asked
before and after is kept beside them, so that a changed mind can be seen; it never counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.scoring import Decision, Outcome
from quizapp.question_types.answers import (
    WRONG_SHAPE,
    no_choice,
    no_part,
    part_fields,
    plain_text,
    without_nod,
)
from quizapp.question_types.contact_sheet.settings import (
    AFTER,
    BEFORE,
    BELIEF,
    CHOSEN,
    ContactSheetSettings,
    Frame,
    LeftOutFrame,
)
from quizapp.question_types.contract import Cardinality, Feedback, FormFields, QuestionType, Shown
from quizapp.question_types.decide_each import Choice, asked_choices

PICKS = ("first", "second")
MOST = len(PICKS)
"""Frames that may be put in."""


class ContactSheet(QuestionType[ContactSheetSettings]):
    """Two checkboxes of six, each with the belief that its frame changes. The frames lie as they were filmed."""

    name = "contact_sheet"
    label = Message("The contact sheet")
    move = Move.DECIDE_EACH
    cardinality = Cardinality.RECORD
    scripts = ("js/contact-sheet.js",)
    settings_model = ContactSheetSettings

    def part_ids(self, settings: ContactSheetSettings) -> tuple[str, ...]:
        """Return each frame to choose, and its belief."""
        del settings
        return tuple(part for pick in PICKS for part in (pick, f"{pick}-{BELIEF}"))

    def read_form(self, settings: ContactSheetSettings, fields: FormFields, name: str) -> Value:
        """Return the answers before and after, the frames that are ticked, and the belief beside each frame."""
        del settings
        record: dict[str, Any] = dict(part_fields(fields, name))
        if isinstance(record.get(CHOSEN), str):
            record[CHOSEN] = [record[CHOSEN]]
        return record or None

    def problems(self, settings: ContactSheetSettings, value: object) -> list[Message]:
        """Refuse unknown parts and choices, and a third frame."""
        if value is None:
            return []
        if not isinstance(value, dict):
            return [WRONG_SHAPE]
        offered = settings.offered
        found = [no_part(part) for part in value if part != CHOSEN and part not in offered]
        found += [
            no_choice(choice)
            for part, choice in value.items()
            if part in offered and choice not in offered[part]
        ]
        return found + _problems_of_chosen(settings, value.get(CHOSEN, []))

    def is_blank(self, settings: ContactSheetSettings, value: Value) -> bool:
        """Say whether no frame was chosen; an answer before or after alone is none."""
        return not _picks(settings, value)

    def is_complete(self, settings: ContactSheetSettings, value: Value) -> bool:
        """Say whether two frames were chosen, each with its belief."""
        picks = _picks(settings, value)
        return len(picks) == MOST and all(belief is not None for _frame, belief in picks)

    def decisions(self, settings: ContactSheetSettings, value: Value) -> tuple[Decision, ...]:
        """Return four decisions; a belief counts for the frame that it was named for, whichever that is."""
        return tuple(_decided(settings, value))

    def correct_value(self, settings: ContactSheetSettings) -> Value:
        """Return the first two frames that change most, each with its belief."""
        frames = [frame for frame in settings.left_out if frame.changes_most][:MOST]
        return {CHOSEN: [frame.id for frame in frames]} | {
            f"{BELIEF}.{frame.id}": frame.key for frame in frames
        }

    def feedback(self, settings: ContactSheetSettings, value: Value) -> tuple[Feedback, ...]:
        """Return what is said of each chosen frame, and of the belief named for it."""
        found: list[Feedback] = []
        for pick, (frame, belief) in zip(PICKS, _picks(settings, value), strict=False):
            found.append(Feedback(pick, frame.why))
            if belief is not None:
                found.append(Feedback(f"{pick}-{BELIEF}", frame.feedback_on(belief)))
        return tuple(found)

    def student_view(self, settings: ContactSheetSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the reel, the sheet with what is chosen on it, and the reel with those frames put in."""
        del seed
        given = value if isinstance(value, dict) else {}
        chosen = _chosen(settings, given)
        sheet = [_on_sheet(settings, frame, given, chosen) for frame in settings.sheet]
        return {
            "question": settings.question,
            "answers": asked_choices(settings.answers),
            "before": _one_of(settings.answers, given.get(BEFORE)),
            "after": _one_of(settings.answers, given.get(AFTER)),
            "beliefs": _lettered(settings.beliefs),
            "reel": [frame for frame in sheet if frame["is_in"]],
            "sheet": sheet,
            "again": [frame for frame in sheet if frame["is_in"] or frame["is_chosen"]] if chosen else [],
        }

    def review_view(
        self, settings: ContactSheetSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return both frames with their beliefs, and as far as allowed their marks, why, and every frame that counts."""
        del seed
        given = value if isinstance(value, dict) else {}
        decisions = {decision.part: decision for decision in _decided(settings, value)}
        texts = {belief.id: belief.text for belief in settings.beliefs}
        picks = _picks(settings, value)
        return {
            "question": settings.question,
            "before": _one_of(settings.answers, given.get(BEFORE)),
            "after": _one_of(settings.answers, given.get(AFTER)),
            "picks": [
                _reviewed(settings, pick, picks[place] if place < len(picks) else None, decisions, shown)
                for place, pick in enumerate(PICKS)
            ],
            "changing": [
                _on_sheet(settings, frame, {}, [])
                | {"belief_html": texts[frame.key], "why": frame.why if shown.why else None}
                for frame in settings.left_out
                if frame.changes_most
            ]
            if shown.key
            else None,
            "closing": settings.closing if shown.why else None,
        }

    def summary(self, settings: ContactSheetSettings, value: Value) -> Sequence[str]:
        """Return both frames by their numbers with their beliefs, between the answers before and after."""
        texts = {choice.id: plain_text(choice.text) for choice in (*settings.answers, *settings.beliefs)}
        given = value or {}
        frames = [
            f"Frame {_number(settings, frame)}: {texts[belief] if belief else '–'}"
            for frame, belief in _picks(settings, value)
        ]
        before = [f"Before: {texts[given[BEFORE]]}"] if BEFORE in given else []
        return before + frames + ([f"After: {texts[given[AFTER]]}"] if AFTER in given else [])


def _problems_of_chosen(settings: ContactSheetSettings, chosen: object) -> list[Message]:
    if not isinstance(chosen, list):
        return [WRONG_SHAPE]
    unknown = [no_choice(frame) for frame in chosen if frame not in tuple(settings.left_out_by_id)]
    if unknown:
        return unknown
    if len(set(chosen)) < len(chosen):
        return [WRONG_SHAPE]
    if len(chosen) > MOST:
        return [
            Message("You chose %(count)d frames. Keep the two that would change most.", count=len(chosen))
        ]
    return []


def _chosen(settings: ContactSheetSettings, given: Mapping[str, Any]) -> list[str]:
    """Return the chosen frames in the order of the sheet, also out of a value that has problems."""
    ticked = given.get(CHOSEN)
    return [frame for frame in settings.left_out_by_id if isinstance(ticked, list) and frame in ticked]


def _picks(settings: ContactSheetSettings, value: Any) -> list[tuple[LeftOutFrame, str | None]]:
    """Return the chosen frames, each with the belief named for it."""
    given = value if isinstance(value, dict) else {}
    return [
        (settings.left_out_by_id[frame_id], given.get(f"{BELIEF}.{frame_id}"))
        for frame_id in _chosen(settings, given)[:MOST]
    ]


def _decided(settings: ContactSheetSettings, value: Any) -> Iterator[Decision]:
    picks = _picks(settings, value)
    for place, pick in enumerate(PICKS):
        frame, belief = picks[place] if place < len(picks) else (None, None)
        yield _decision(pick, frame.id if frame else None, is_right=frame is not None and frame.changes_most)
        yield _decision(f"{pick}-{BELIEF}", belief, is_right=frame is not None and belief == frame.key)


def _decision(part: str, given: str | None, *, is_right: bool) -> Decision:
    if given is None:
        return Decision(part, None, Outcome.BLANK)
    return Decision(part, given, Outcome.RIGHT if is_right else Outcome.WRONG)


def _number(settings: ContactSheetSettings, frame: Frame) -> int:
    return settings.sheet.index(frame) + 1


def _on_sheet(
    settings: ContactSheetSettings, frame: Frame, given: Mapping[str, Any], chosen: Sequence[str]
) -> dict[str, Any]:
    belief = given.get(f"{BELIEF}.{frame.id}")
    return {
        "id": frame.id,
        "number": _number(settings, frame),
        "picture": frame.picture,
        "sound": frame.sound,
        "is_in": frame.id not in settings.left_out_by_id,
        "is_chosen": frame.id in chosen,
        "belief": belief if belief in settings.belief_ids else None,
    }


def _reviewed(
    settings: ContactSheetSettings,
    pick: str,
    given: tuple[LeftOutFrame, str | None] | None,
    decisions: Mapping[str, Decision],
    shown: Shown,
) -> dict[str, Any]:
    """Return one chosen frame and its belief; where nothing was chosen, only that."""
    if given is None:
        return {"id": pick, "frame": None, "mark": "blank"}
    frame, belief = given
    texts = {one.id: one.text for one in settings.beliefs}
    named = decisions[f"{pick}-{BELIEF}"].outcome.value
    is_wrong = named != Outcome.RIGHT.value
    return {
        "id": pick,
        "frame": _on_sheet(settings, frame, {}, [frame.id]),
        "mark": decisions[pick].outcome.value if shown.score else None,
        "why": frame.why if shown.why else None,
        "belief_html": texts[belief] if belief else None,
        "belief_mark": named if shown.score or belief is None else None,
        "feedback": frame.feedback_on(belief) if shown.why and belief else None,
        "key_html": texts[frame.key] if shown.key else None,
        "key_feedback": without_nod(frame.feedback_on(frame.key))
        if shown.key and shown.why and is_wrong
        else None,
    }


def _one_of(choices: Sequence[Choice], given: object) -> dict[str, str] | None:
    return next(({"id": one.id, "html": one.text} for one in choices if one.id == given), None)


def _lettered(beliefs: Sequence[Choice]) -> list[dict[str, str]]:
    """Return the beliefs with the letters by which the lists beside the frames name them."""
    return [
        belief | {"text": f"{letter}. {belief['text']}"}
        for letter, belief in zip("ABCDE", asked_choices(beliefs), strict=False)
    ]


TYPE = ContactSheet()
