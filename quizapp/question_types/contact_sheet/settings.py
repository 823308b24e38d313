"""What an author writes for *The contact sheet*."""

from __future__ import annotations

from functools import cached_property
from typing import Self

from pydantic import StrictBool, model_validator

from quizapp.question_types.authoring import (
    RIGHT,
    WRONG,
    BlockText,
    InlineText,
    MisconceptionId,
    PartId,
    RightWrongFeedback,
    check_count,
    check_unique,
)
from quizapp.question_types.contract import SettingsModel
from quizapp.question_types.decide_each import Choice, check_feedback, check_own_choices

FRAMES = 6
"""Frames of the reel, and frames that it leaves out."""
CHANGING = 4
"""Left-out frames that change most. Any two of them are right: more than one pair can be defended."""
BEFORE, AFTER, CHOSEN, BELIEF = "before", "after", "chosen", "belief"
"""The parts of an answer; a frame's belief stands under ``belief.<frame>``."""


class Frame(SettingsModel):
    """One frame: a block with one picture and its alternative text, and what is heard with it."""

    id: PartId
    picture: BlockText
    sound: InlineText


class LeftOutFrame(Frame):
    """A frame that the reel leaves out. ``key`` is the belief that it changes.

    ``why`` is said about choosing the frame, ``feedback`` about the belief named for it.
    """

    key: str
    changes_most: StrictBool = False
    why: InlineText
    feedback: RightWrongFeedback
    misconception: MisconceptionId | None = None

    def feedback_on(self, belief: str) -> str:
        """Return what is said to somebody who named this belief; never empty."""
        return self.feedback.get(belief) or self.feedback[RIGHT if belief == self.key else WRONG]


class ContactSheetSettings(SettingsModel):
    """A question asked before and after, the reel, what it leaves out, and the beliefs at stake."""

    question: InlineText
    answers: tuple[Choice, ...]
    reel: tuple[Frame, ...]
    beliefs: tuple[Choice, ...]
    left_out: tuple[LeftOutFrame, ...]
    closing: BlockText

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_own_choices("answers", self.answers, 3, 4)
        check_own_choices("beliefs", self.beliefs, 3, 5)
        check_count("frames of the reel", len(self.reel), FRAMES, FRAMES)
        check_count("frames that are left out", len(self.left_out), FRAMES, FRAMES)
        check_unique("frames", (frame.id for frame in (*self.reel, *self.left_out)))
        changing = sum(frame.changes_most for frame in self.left_out)
        check_count("frames with `changes_most: true`", changing, CHANGING, CHANGING)
        for frame in self.left_out:
            self._check_belief(frame)
        return self

    def _check_belief(self, frame: LeftOutFrame) -> None:
        if frame.key not in self.belief_ids:
            allowed = ", ".join(self.belief_ids)
            raise ValueError(f"frame “{frame.id}” has the key “{frame.key}”: allowed are {allowed}")
        check_feedback(f"frame “{frame.id}”", frame.feedback, self.belief_ids)

    @property
    def belief_ids(self) -> tuple[str, ...]:
        """The ids of the beliefs, in the order in which they stand."""
        return tuple(belief.id for belief in self.beliefs)

    @cached_property
    def sheet(self) -> tuple[Frame, ...]:
        """All twelve frames as they lie on the sheet: one of the reel, one that it leaves out, and so on."""
        return tuple(frame for pair in zip(self.reel, self.left_out, strict=True) for frame in pair)

    @cached_property
    def left_out_by_id(self) -> dict[str, LeftOutFrame]:
        """The frames that can be chosen, in the order of the sheet."""
        return {frame.id: frame for frame in self.left_out}

    @cached_property
    def offered(self) -> dict[str, tuple[str, ...]]:
        """What each part of an answer can hold, but for the frames that are chosen."""
        answers = tuple(answer.id for answer in self.answers)
        beliefs = {f"{BELIEF}.{frame_id}": self.belief_ids for frame_id in self.left_out_by_id}
        return {BEFORE: answers, AFTER: answers, **beliefs}
