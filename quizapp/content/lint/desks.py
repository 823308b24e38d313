"""L007: an editor's desk can be left by every way, and no step of it has one way that goes without saying.

That every way reaches an end and that no step is left over, the layout itself asks while it is read; what it
refuses is told under this rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.content.library import Library
from quizapp.content.lint.registry import Status, in_item, rule
from quizapp.content.problems import Problem
from quizapp.question_types.editors_desk.settings import EditorsDeskSettings

LEAST_DEFENSIBLE = 2


@rule(
    "L007",
    "2 defensible choices a step, or why not; 0 steps left over",
    "*Editor's desk*: every way ends, and a step with one defensible choice says of each other one why not.",
    since=Status.DRAFT,
)
def steps_can_be_decided(library: Library) -> Iterator[Problem]:
    """Count what can be defended at each step, and look for feedback on what can't."""
    for question in library.questions.values():
        if not isinstance(question.settings, EditorsDeskSettings):
            continue
        for index, node in enumerate(question.settings.nodes):
            others = [action.id for action in node.actions if not action.is_defensible]
            unexplained = [action_id for action_id in others if action_id not in node.feedback]
            if len(node.actions) - len(others) < LEAST_DEFENSIBLE and unexplained:
                yield in_item(
                    "L007",
                    question,
                    ("settings", "nodes", index),
                    "one choice can be defended, and it is not said why the others can't",
                    "let another one accept a reason, or give each of these feedback under its id",
                    value=", ".join(unexplained),
                    limit=f"{LEAST_DEFENSIBLE} defensible",
                )
