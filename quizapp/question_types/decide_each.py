"""*Decide each*, whatever it looks like: lines, and one choice for each of them.

The value is an object, line id to choice id; a line left open is not in it. The form has one field a line,
``name.line``. A layout of the move says what its lines and choices are, and shows them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value, Verdict
from quizapp.core.scoring import Decision, Outcome
from quizapp.core.verdicts import VERDICT_LABELS
from quizapp.question_types.answers import (
    WRONG_SHAPE,
    no_choice,
    no_part,
    part_fields,
    plain_text,
    without_nod,
)
from quizapp.question_types.authoring import (
    RIGHT,
    WRONG,
    InlineText,
    MisconceptionId,
    PartId,
    Reference,
    RightWrongFeedback,
    check_count,
    check_unique,
)
from quizapp.question_types.contract import (
    Cardinality,
    Feedback,
    FormFields,
    QuestionType,
    SettingsModel,
    Shown,
)

VERDICTS = tuple(verdict.value for verdict in Verdict)


class Line(SettingsModel):
    """One thing to decide."""

    id: PartId
    text: InlineText
    key: str
    feedback: RightWrongFeedback

    def accepts(self, choice: str) -> bool:
        """Say whether this choice is right; where several are, the key is the one that is shown."""
        return choice == self.key

    def feedback_on(self, choice: str) -> str:
        """Return what is said to somebody who chose this; never empty."""
        return self.feedback.get(choice) or self.feedback[RIGHT if self.accepts(choice) else WRONG]


class EvidencedLine(Line):
    """A line that says where it is settled."""

    evidence: Reference
    misconception: MisconceptionId | None = None


class Choice(SettingsModel):
    """One of the author's choices."""

    id: PartId
    text: InlineText


def check_own_choices(what: str, choices: Sequence[Choice], least: int, most: int) -> None:
    """Check that there are as many choices as allowed, each with an id of its own that feedback does not need.

    Raises:
        ValueError: one rule is broken; ``what`` names the choices in the plural.
    """
    check_count(what, len(choices), least, most)
    check_unique(what, (choice.id for choice in choices))
    for reserved in {RIGHT, WRONG} & {choice.id for choice in choices}:
        raise ValueError(f"one of the {what} has the id “{reserved}”, which feedback needs: use another")


def check_choices(lines: Iterable[Line], choice_ids: Sequence[str]) -> None:
    """Check that keys and feedback speak of choices that there are.

    Raises:
        ValueError: one does not; the message lists what is allowed.
    """
    allowed = ", ".join(choice_ids)
    for line in lines:
        if line.key not in choice_ids:
            raise ValueError(f"line “{line.id}” has the key “{line.key}”: allowed are {allowed}")
        check_feedback(f"line “{line.id}”", line.feedback, choice_ids)


def check_feedback(part: str, feedback: Iterable[str], choice_ids: Sequence[str]) -> None:
    """Check that the feedback on a part speaks of choices that there are.

    Raises:
        ValueError: it does not; the message lists what is allowed.
    """
    for choice in feedback:
        if choice not in (RIGHT, WRONG, *choice_ids):
            allowed = ", ".join((RIGHT, WRONG, *choice_ids))
            raise ValueError(f"{part} has feedback for “{choice}”: allowed are {allowed}")


DecideT = TypeVar("DecideT", bound=SettingsModel)


class DecideEach(QuestionType[DecideT]):
    """Right lines ÷ all lines."""

    move = Move.DECIDE_EACH
    cardinality = Cardinality.RECORD

    @abstractmethod
    def lines(self, settings: DecideT) -> Sequence[Line]:
        """Return the lines in the order in which they stand."""

    @abstractmethod
    def choice_ids(self, settings: DecideT) -> Sequence[str]:
        """Return what a line can be decided as."""

    def choices_of(self, settings: DecideT, line_id: str) -> Sequence[str]:
        """Return what this line can be decided as: the same for all, unless a layout offers less to some."""
        del line_id
        return self.choice_ids(settings)

    def choice_label(self, settings: DecideT, choice: str) -> str:
        """Return a choice as plain text; verdicts by their name."""
        del settings
        return str(VERDICT_LABELS[Verdict(choice)])

    def part_ids(self, settings: DecideT) -> tuple[str, ...]:
        """Return the line ids."""
        return tuple(line.id for line in self.lines(settings))

    def read_form(self, settings: DecideT, fields: FormFields, name: str) -> Value:
        """Return the choices in the fields ``name.line``."""
        del settings
        return part_fields(fields, name) or None

    def problems(self, settings: DecideT, value: object) -> list[Message]:
        """Refuse unknown lines and choices."""
        if value is None:
            return []
        if not isinstance(value, dict):
            return [WRONG_SHAPE]
        known = self.part_ids(settings)
        found = [no_part(line_id) for line_id in value if line_id not in known]
        return found + [
            no_choice(choice)
            for line_id, choice in value.items()
            if line_id in known and choice not in self.choices_of(settings, line_id)
        ]

    def is_blank(self, settings: DecideT, value: Value) -> bool:
        """Say whether no line was decided."""
        del settings
        return not value

    def is_complete(self, settings: DecideT, value: Value) -> bool:
        """Say whether every line was decided."""
        return all(line_id in (value or {}) for line_id in self.part_ids(settings))

    def decisions(self, settings: DecideT, value: Value) -> tuple[Decision, ...]:
        """Return a decision a line."""
        given = value or {}
        return tuple(_decided(line, given.get(line.id)) for line in self.lines(settings))

    def correct_value(self, settings: DecideT) -> Value:
        """Return every line's key."""
        return {line.id: line.key for line in self.lines(settings)}

    def feedback(self, settings: DecideT, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback of each decided line."""
        given = value or {}
        return tuple(
            Feedback(line.id, line.feedback_on(given[line.id]))
            for line in self.lines(settings)
            if line.id in given
        )

    def summary(self, settings: DecideT, value: Value) -> Sequence[str]:
        """Return each decided line with its choice."""
        given = value or {}
        return [
            f"{plain_text(line.text)}: {self.choice_label(settings, given[line.id])}"
            for line in self.lines(settings)
            if line.id in given
        ]


def choice_of(value: Value, line: Line) -> str | None:
    """Return what was chosen for a line, also out of a value that has problems."""
    choice = value.get(line.id) if isinstance(value, dict) else None
    return choice if isinstance(choice, str) else None


def asked_line(line: Line, number: int, value: Value) -> dict[str, Any]:
    """Return what a page needs to ask about a line."""
    return {"id": line.id, "number": number, "html": line.text, "given": choice_of(value, line)}


def evidence_view(reference: str) -> dict[str, Any]:
    """Return a reference for the margin tag: a card, or a line of a vignette by its number."""
    _, _, line = reference.partition(":")
    return {"reference": reference, "line": int(line) if line else None}


def reviewed_line(line: Line, value: Value, shown: Shown) -> dict[str, Any]:
    """Return what a review adds to a line, as far as it is shown."""
    given = choice_of(value, line)
    mark = "blank" if given is None else _decided(line, given).outcome.value
    return {
        "mark": mark if shown.score or given is None else None,
        "feedback": line.feedback_on(given) if shown.why and given is not None else None,
        "key": line.key if shown.key else None,
        "key_feedback": without_nod(line.feedback_on(line.key))
        if shown.key and shown.why and mark != "right"
        else None,
    }


def asked_choices(choices: Iterable[Choice]) -> list[dict[str, str]]:
    """Return choices for a page: their ids, their HTML, and their plain text for a list to choose from."""
    return [{"id": choice.id, "html": choice.text, "text": plain_text(choice.text)} for choice in choices]


def reviewed_choice(
    line: EvidencedLine, value: Value, shown: Shown, choices: Iterable[Choice]
) -> dict[str, Any]:
    """Return a line for `components/decided_lines.html`: what was chosen and the key as HTML, mark and feedback."""
    texts = {choice.id: choice.text for choice in choices}
    reviewed = reviewed_line(line, value, shown)
    return reviewed | {
        "given_html": texts.get(choice_of(value, line) or ""),
        "key_html": texts[line.key] if shown.key else None,
        "evidence": evidence_view(line.evidence) if shown.why else None,
    }


def _decided(line: Line, given: str | None) -> Decision:
    if given is None:
        return Decision(line.id, None, Outcome.BLANK)
    return Decision(line.id, given, Outcome.RIGHT if line.accepts(given) else Outcome.WRONG)
