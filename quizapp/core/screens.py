"""The eight screens of a lesson and the blocks that stand on them.

Texts are safe HTML, rendered when content is synchronised; keys carry their pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.core.drawings.values import Drawing, drawing_from_body, drawing_to_body
from quizapp.core.questions import Case


class ScreenKind(StrEnum):
    """The eight screens, in the order in which every lesson shows them."""

    FIRST_GUESS = "first_guess"
    REFUTATION = "refutation"
    WORKED_EXAMPLE = "worked_example"
    TASK = "task"
    HOLDS_UP = "holds_up"
    EXIT_CHECK = "exit_check"
    GUESS_AGAIN = "guess_again"
    EXTENSION = "extension"

    @property
    def minutes(self) -> int:
        """Minutes that the screen is meant to take."""
        return SCREEN_MINUTES[self]

    @property
    def number(self) -> int:
        """Place in the lesson, 1 to 8."""
        return tuple(ScreenKind).index(self) + 1

    @property
    def asks_sure(self) -> bool:
        """Questions here ask *sure / not sure*."""
        return self is ScreenKind.EXIT_CHECK


SCREEN_MINUTES: Mapping[ScreenKind, int] = {
    ScreenKind.FIRST_GUESS: 1,
    ScreenKind.REFUTATION: 3,
    ScreenKind.WORKED_EXAMPLE: 4,
    ScreenKind.TASK: 9,
    ScreenKind.HOLDS_UP: 2,
    ScreenKind.EXIT_CHECK: 4,
    ScreenKind.GUESS_AGAIN: 1,
    ScreenKind.EXTENSION: 15,
}


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """Prose. ``case`` None is for every reader; ``is_idea`` marks the idea under test."""

    html: str
    case: Case | None = None
    is_fictional: bool = False
    is_idea: bool = False


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A question that is answered here."""

    question_key: str
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class SlotBlock:
    """One task in two cases; the student answers the one that he or she chose."""

    slot: str
    case_a_key: str
    case_b_key: str

    def question_key(self, case: Case) -> str:
        """Return the question that readers of that case answer."""
        return self.case_a_key if case is Case.A else self.case_b_key


@dataclass(frozen=True, slots=True)
class VignetteBlock:
    """A made-up text with numbered lines; ``kind`` says what it pretends to be."""

    vignette_key: str
    title: str
    kind: str
    lines: tuple[str, ...]
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class DrawingBlock:
    """A drawing of ours, made where it is shown."""

    drawing: Drawing
    case: Case | None = None
    is_fictional: bool = False


Block = HtmlBlock | QuestionBlock | SlotBlock | VignetteBlock | DrawingBlock


@dataclass(frozen=True, slots=True)
class Screen:
    """One of the eight screens."""

    kind: ScreenKind
    title: str
    blocks: tuple[Block, ...]

    @property
    def number(self) -> int:
        """Place in the lesson, 1 to 8."""
        return self.kind.number

    @property
    def minutes(self) -> int:
        """Minutes that the screen is meant to take."""
        return self.kind.minutes

    @property
    def asks_sure(self) -> bool:
        """Questions here ask *sure / not sure*."""
        return self.kind.asks_sure

    def blocks_for(self, case: Case) -> tuple[Block, ...]:
        """Return what a reader of that case sees."""
        return tuple(b for b in self.blocks if isinstance(b, SlotBlock) or b.case in (None, case))

    def question_keys(self, case: Case) -> tuple[str, ...]:
        """Return the questions that a reader of that case answers here, in order."""
        keys: list[str] = []
        for block in self.blocks_for(case):
            match block:
                case QuestionBlock():
                    keys.append(block.question_key)
                case SlotBlock():
                    keys.append(block.question_key(case))
                case HtmlBlock() | VignetteBlock() | DrawingBlock():
                    pass
        return tuple(keys)


def screen_to_body(screen: Screen) -> dict[str, Any]:
    """Return the screen as JSON."""
    return {
        "kind": str(screen.kind),
        "title": screen.title,
        "blocks": [_block_to_body(b) for b in screen.blocks],
    }


def screen_from_body(body: Mapping[str, Any]) -> Screen:
    """Return the screen that `screen_to_body` wrote."""
    blocks = tuple(_block_from_body(block) for block in body["blocks"])
    return Screen(ScreenKind(body["kind"]), body["title"], blocks)


def _block_to_body(block: Block) -> dict[str, Any]:
    match block:
        case HtmlBlock():
            flags = {"is_fictional": block.is_fictional, "is_idea": block.is_idea}
            return {"block": "html", "html": block.html, "case": block.case, **flags}
        case QuestionBlock():
            return {"block": "question", "question_key": block.question_key, "case": block.case}
        case SlotBlock():
            keys = {"case_a_key": block.case_a_key, "case_b_key": block.case_b_key}
            return {"block": "slot", "slot": block.slot, **keys}
        case VignetteBlock():
            text = {"title": block.title, "kind": block.kind, "lines": list(block.lines)}
            return {"block": "vignette", "vignette_key": block.vignette_key, **text, "case": block.case}
        case DrawingBlock():
            drawing, is_fictional = drawing_to_body(block.drawing), block.is_fictional
            return {"block": "drawing", "drawing": drawing, "is_fictional": is_fictional, "case": block.case}


def _block_from_body(body: Mapping[str, Any]) -> Block:
    values = {name: value for name, value in body.items() if name != "block"}
    if values.get("case") is not None:
        values["case"] = Case(values["case"])
    match body["block"]:
        case "html":
            return HtmlBlock(**values)
        case "question":
            return QuestionBlock(**values)
        case "slot":
            return SlotBlock(**values)
        case "vignette":
            return VignetteBlock(**{**values, "lines": tuple(values["lines"])})
        case "drawing":
            return DrawingBlock(**{**values, "drawing": drawing_from_body(values["drawing"])})
        case other:
            raise ValueError(f"no block is called {other!r}")
