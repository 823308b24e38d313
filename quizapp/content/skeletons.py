"""What a new question or lesson starts from.

A question passes as a draft. A lesson has no status: its places to fill in are marked ``???``, and the check
names each of them until it is filled.
"""

from __future__ import annotations

import re
from importlib import resources

from quizapp.content.lessons import TEACHER_SECTIONS
from quizapp.core.screens import ScreenKind
from quizapp.question_types.registry import question_type

QUESTION = """\
# Everything stands here as an example: replace it, then set `status: review`.
questions:
  - id: {key}
    skill: {skill}
    also: []
    type: {type}
    status: draft                 # draft | review | live
    use: practice                 # lesson | practice | quiz | checkpoint
    difficulty: medium            # easy | medium | hard
    cognitive: analyse            # recall | apply | analyse | evaluate
    context: far                  # article | near | far; article needs a slot, and a twin with case B
    slot: null
    case: null
    family: null
    variants: []
    sensitivity: []
    corrects: null                # trust | doubt
    actor: null                   # official | activist | firm | individual
    claims: []
    vignette: null                # the id of a file in questions/vignettes
    evidence: [P1]                # paragraphs, or <vignette>:<line>
    stem: What is asked?
    settings:
{settings}
    rationale: Why the key is right, for teachers.
    source_notes: []
"""

LESSON = """\
---
key: {key}
number: {number}
title: {title}
skill: {skill}
also: []
summary: "??? One line for lists."
case_b: "??? a report about something from everyday life"
objectives:
  - "??? What a student can do afterwards."
words: [claim, source, attribution, narrator, paraphrase, quotation, hedge, verdict]
try_tonight: "??? One thing to try on one's own feed."
holds_up_claims: []
provenance: "??? Where this lesson comes from, in two to four sentences."
source_notes: []
read_by: []
---
"""

VIGNETTE_LINE = re.compile(r'\b((?:tag|evidence): )"?[a-z0-9-]+:[0-9]+"?')
TITLES = {
    ScreenKind.FIRST_GUESS: "Your first guess",
    ScreenKind.REFUTATION: "A common idea, tested",
    ScreenKind.WORKED_EXAMPLE: "Watch it done",
    ScreenKind.TASK: "Your turn",
    ScreenKind.HOLDS_UP: "What holds up",
    ScreenKind.EXIT_CHECK: "Show it",
    ScreenKind.GUESS_AGAIN: "Your first guess again",
    ScreenKind.EXTENSION: "Another case, and a look back",
}


def question_skeleton(key: str, skill: str, type_name: str) -> str:
    """Return a bank of one draft question, with the settings that the type's own examples have.

    Raises:
        KeyError: there is no such type.
    """
    settings = "\n".join(f"    {line}".rstrip() for line in _example_settings(type_name))
    return QUESTION.format(key=key, skill=skill, type=type_name, settings=settings)


def _example_settings(type_name: str) -> list[str]:
    """Return the indented lines below ``settings:`` in the type's ``cases.yaml``."""
    name = question_type(type_name).name
    text = (
        resources.files(f"quizapp.question_types.{name}").joinpath("cases.yaml").read_text(encoding="utf-8")
    )
    lines = text.split("\n")
    start = lines.index("settings:") + 1
    end = next(
        (n for n, line in enumerate(lines[start:], start) if line and not line.startswith((" ", "#"))),
        len(lines),
    )
    # The examples lean on a vignette of their own; a paragraph stands in for its lines.
    return ["  " + VIGNETTE_LINE.sub(r"\1P1", line) for line in lines[start:end] if line.strip()]


def lesson_skeleton(key: str, number: int, title: str, skill: str) -> dict[str, str]:
    """Return the files of a new lesson by their names."""
    screens = "\n".join(f"# {kind.value}: {TITLES[kind]}\n\n??? What stands here.\n" for kind in ScreenKind)
    sections = "\n".join(
        f"## {section}\n\n??? What a teacher needs to know.\n" for section in TEACHER_SECTIONS
    )
    front = LESSON.format(key=key, number=number, title=title, skill=skill)
    return {"lesson.md": front + screens, "teacher.md": f"---\nlesson: {key}\n---\n{sections}"}
