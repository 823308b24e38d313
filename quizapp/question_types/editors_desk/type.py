"""*Editor's desk*: a decision and its reason at each step; what was decided opens the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.scoring import Decision, Outcome
from quizapp.question_types.answers import WRONG_SHAPE, no_choice, no_part, part_fields, plain_text
from quizapp.question_types.contract import Cardinality, Feedback, FormFields, QuestionType, Shown
from quizapp.question_types.decide_each import evidence_view
from quizapp.question_types.editors_desk.settings import EditorsDeskSettings, Node
from quizapp.question_types.editors_desk.way import (
    Step,
    left_behind,
    part_of,
    reading,
    reason_part_of,
    way,
)


class EditorsDesk(QuestionType[EditorsDeskSettings]):
    """Two parts a step, the action and its reason. A step that the answer does not come to is blank.

    An answer may hold steps that do not follow from a changed one before them: they count as blank, the page says
    that they were taken out, and its next form is without them.
    """

    name = "editors_desk"
    label = Message("Editor's desk")
    move = Move.DECIDE_EACH
    cardinality = Cardinality.RECORD
    whole_page = True
    scripts = ("js/editors-desk.js",)
    settings_model = EditorsDeskSettings

    def part_ids(self, settings: EditorsDeskSettings) -> tuple[str, ...]:
        """Return the action and the reason of each step."""
        return tuple(
            part for number in _numbers(settings) for part in (part_of(number), reason_part_of(number))
        )

    def choices_of(self, settings: EditorsDeskSettings, part: str) -> Sequence[str]:
        """Return what can be picked for a part, at whatever node of its step."""
        step, _, is_reason = part.partition(".")
        nodes = settings.nodes_of(int(step.removeprefix("step-")))
        return [pick.id for node in nodes for pick in (node.reasons if is_reason else node.actions)]

    def read_form(self, settings: EditorsDeskSettings, fields: FormFields, name: str) -> Value:
        """Return the picks in the fields ``name.step-1`` and ``name.step-1.reason``."""
        del settings
        return part_fields(fields, name) or None

    def problems(self, settings: EditorsDeskSettings, value: object) -> list[Message]:
        """Refuse unknown steps and picks."""
        if value is None:
            return []
        if not isinstance(value, dict):
            return [WRONG_SHAPE]
        known = self.part_ids(settings)
        return [no_part(part) for part in value if part not in known] + [
            no_choice(pick)
            for part, pick in value.items()
            if part in known and pick not in self.choices_of(settings, part)
        ]

    def is_blank(self, settings: EditorsDeskSettings, value: Value) -> bool:
        """Say whether nothing was picked."""
        del settings
        return not value

    def is_complete(self, settings: EditorsDeskSettings, value: Value) -> bool:
        """Say whether the way was gone to its end, with a reason at each step."""
        return all(decision.given is not None for decision in self.decisions(settings, value))

    def decisions(self, settings: EditorsDeskSettings, value: Value) -> tuple[Decision, ...]:
        """Return two decisions a step of the way; a reason waits for its action."""
        decided: dict[str, Decision] = {}
        for step in way(settings, value):
            if step.action:
                part = part_of(step.number)
                decided[part] = _decision(part, step.action.id, is_right=step.action.is_defensible)
            if step.action and step.reason:
                part, reason = reason_part_of(step.number), step.reason.id
                decided[part] = _decision(part, reason, is_right=reason in step.action.accept)
        return tuple(decided.get(part, _blank(part)) for part in self.part_ids(settings))

    def correct_value(self, settings: EditorsDeskSettings) -> Value:
        """Return the first of the defensible ways."""
        value: dict[str, str] = {}
        node: Node | None = settings.nodes[0]
        for number in _numbers(settings):
            if node is not None:
                action = next(action for action in node.actions if action.is_defensible)
                value |= {part_of(number): action.id, reason_part_of(number): action.accept[0]}
                node = settings.node(action.next) if action.next else None
        return value

    def feedback(self, settings: EditorsDeskSettings, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback on each action of the way, and on its reason."""
        found: list[Feedback] = []
        for step in way(settings, value):
            if step.action:
                found.append(Feedback(part_of(step.number), step.node.feedback_on(step.action)))
            if step.action and step.reason:
                told = step.node.feedback_on_reason(step.action, step.reason)
                found.append(Feedback(reason_part_of(step.number), told))
        return tuple(found)

    def student_view(self, settings: EditorsDeskSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return every node with whether the way comes to it, and what the meters say.

        Nodes that the way does not come to are in the page, out of sight: the script opens them, and paper shows them.
        """
        del seed
        steps = way(settings, value)
        reached = {step.node.id: step for step in steps}
        return {
            "dropped": left_behind(settings, value, steps),
            "has_more": len(steps) < settings.steps,
            "meters": _meters(settings, steps),
            "nodes": [
                _asked_node(settings, node, reached.get(node.id))
                for number in _numbers(settings)
                for node in settings.nodes_of(number)
            ],
        }

    def review_view(
        self, settings: EditorsDeskSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the steps of the way, marked and explained as far as allowed, and what the meters said at its end."""
        del seed
        steps = way(settings, value)
        marks = {decision.part: decision.outcome for decision in self.decisions(settings, value)}
        return {
            "meters": _meters(settings, steps),
            "unreached": list(range(len(steps) + 1, settings.steps + 1)),
            "steps": [_reviewed_step(step, marks, shown) for step in steps],
        }

    def summary(self, settings: EditorsDeskSettings, value: Value) -> Sequence[str]:
        """Return each action of the way with its reason."""
        return [
            f"Step {step.number}: {plain_text(step.action.text)}"
            + (f", because: {plain_text(step.reason.text)}" if step.reason else "")
            for step in way(settings, value)
            if step.action
        ]


def _numbers(settings: EditorsDeskSettings) -> range:
    return range(1, settings.steps + 1)


def _decision(part: str, given: str, *, is_right: bool) -> Decision:
    return Decision(part, given, Outcome.RIGHT if is_right else Outcome.WRONG)


def _blank(part: str) -> Decision:
    return Decision(part, None, Outcome.BLANK)


def _meters(settings: EditorsDeskSettings, steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
        {
            "id": meter.id,
            "html": meter.text,
            "words": [
                {"least": word.least, "html": word.text, "is_now": place == reading(meter, steps)}
                for place, word in enumerate(meter.words)
            ],
        }
        for meter in settings.meters
    ]


def _asked_node(settings: EditorsDeskSettings, node: Node, step: Step | None) -> dict[str, Any]:
    number = settings.step_numbers[node.id]
    return {
        "id": node.id,
        "number": number,
        "part": part_of(number),
        "html": node.text,
        "is_reached": step is not None,
        "given": step.action.id if step and step.action else None,
        "given_reason": step.reason.id if step and step.reason else None,
        "after": _leading_to(settings, node),
        "actions": [
            {
                "id": action.id,
                "html": action.text,
                "next": action.next or "",
                "effects": " ".join(f"{meter}:{by}" for meter, by in sorted(action.effects.items())),
            }
            for action in node.actions
        ],
        "reasons": [{"id": reason.id, "html": reason.text} for reason in node.reasons],
    }


def _leading_to(settings: EditorsDeskSettings, node: Node) -> list[str]:
    """Return the actions that lead to a node, where others lead elsewhere: paper shows every node."""
    if len(settings.nodes_of(settings.step_numbers[node.id])) == 1:
        return []
    return [action.text for above in settings.nodes for action in above.actions if action.next == node.id]


def _reviewed_step(step: Step, marks: Mapping[str, Outcome], shown: Shown) -> dict[str, Any]:
    action, reason = step.action, step.reason if step.action else None
    return {
        "id": step.node.id,
        "number": step.number,
        "html": step.node.text,
        "action": {
            "given_html": action.text if action else None,
            "mark": marks[part_of(step.number)].value if shown.score or not action else None,
            "feedback": step.node.feedback_on(action) if shown.why and action else None,
            "key_feedback": None,
            "evidence": evidence_view(step.node.evidence) if shown.why else None,
        },
        "reason": {
            "given_html": reason.text if reason else None,
            "mark": marks[reason_part_of(step.number)].value if shown.score or not reason else None,
            "feedback": step.node.feedback_on_reason(action, reason)
            if shown.why and action and reason
            else None,
            "key_feedback": None,
            "evidence": None,
        },
        "defensible": _defensible(step.node) if shown.key else None,
    }


def _defensible(node: Node) -> list[dict[str, Any]]:
    """Return what is defensible at a node, each with the reasons that carry it."""
    return [
        {
            "html": action.text,
            "reasons": [reason.text for reason in node.reasons if reason.id in action.accept],
        }
        for action in node.actions
        if action.is_defensible
    ]


TYPE = EditorsDesk()
