"""What a question type promises.

A type is one folder: ``type.py`` with one subclass of `QuestionType` named ``TYPE = …()`` at its end, a Pydantic
model of its settings, two templates and its ``cases.yaml``. It turns settings and a form into a value, and a
value into decisions; the five scores are made in `quizapp.core.scoring` alone.

A *value* is JSON: what the student gave. None is blank. Option, line and element ids in it are the author's.
Fields of a question named ``q3`` are ``q3`` and whatever starts with ``q3.``: those names belong to the type.
A submit button called ``draw`` asks for the form again as it stands, and is no answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.rubrics import Criterion
from quizapp.core.scoring import Decision

FormFields = Mapping[str, Sequence[str]]
"""Everything a browser posted: field name to its values, in order."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks a settings field (``Annotated[str, INLINE]``) whose text is Markdown of ours.

    The content layer renders such fields to safe HTML when content is synchronised, so the settings that a type
    sees at run time hold HTML in them. That is why a template may write them with ``| safe``: they passed the
    allow-list of the one renderer, and nothing that a student typed is ever marked so.
    """

    is_block: bool = False


INLINE = Prose()
BLOCK = Prose(is_block=True)


class Cardinality(StrEnum):
    """The shape of a value, by the names of the QTI exchange format."""

    SINGLE = "single"
    """One string."""
    MULTIPLE = "multiple"
    """A sorted list without order of its own."""
    ORDERED = "ordered"
    """A list whose order is the answer."""
    RECORD = "record"
    """An object: part id to choice."""


INSTRUCTIONS: Mapping[Move, Message] = MappingProxyType(
    {
        Move.PICK_ONE: Message("Choose one."),
        Move.DECIDE_EACH: Message("Decide each line."),
        Move.FIND_THEM: Message("Find all; the box says how many."),
        Move.PUT_IN_ORDER: Message("Put them in order; use Up and Down."),
        Move.WRITE: Message("Write in your own words."),
    }
)
"""The one sentence of each move, the same in each of its layouts."""


class SettingsModel(BaseModel):
    """Base of every settings model: unknown keys are the author's mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said about one part of an answer; never names the key when the choice was wrong."""

    part: str
    html: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a review may show now.

    ``counts`` are totals over the parts of an answer that follow from its key, such as the three small pages of
    *Ink and pencil*. They come with the key, and in a lesson before it.
    """

    score: bool
    why: bool
    key: bool
    counts: bool = False


SettingsT = TypeVar("SettingsT", bound=SettingsModel)


class QuestionType(ABC, Generic[SettingsT]):
    """One layout of one move. Instances hold no state."""

    name: ClassVar[str]
    label: ClassVar[Message]
    move: ClassVar[Move]
    cardinality: ClassVar[Cardinality]
    schema_version: ClassVar[int] = 1
    whole_page: ClassVar[bool] = False
    """May show up to 14 decisions on one screen."""
    scripts: ClassVar[tuple[str, ...]] = ()
    """ES modules that enhance the form, as ``js/…`` below ``static``."""
    stylesheets: ClassVar[tuple[str, ...]] = ()
    settings_model: type[SettingsT]

    @property
    def instruction(self) -> Message:
        """The sentence above the form."""
        return INSTRUCTIONS[self.move]

    # --- what the author wrote -------------------------------------------------------------------------------

    def parse(self, settings: Mapping[str, Any]) -> SettingsT:
        """Return the settings as a model.

        Raises:
            pydantic.ValidationError: a key is missing, unknown or not allowed.
        """
        return self.settings_model.model_validate(settings)

    def upgrade(self, settings: Mapping[str, Any], schema_version: int) -> Mapping[str, Any]:
        """Return settings that an older version of this type published, in today's shape."""
        if schema_version != self.schema_version:
            raise ValueError(f"{self.name} has no settings of version {schema_version}")
        return settings

    @abstractmethod
    def part_ids(self, settings: SettingsT) -> tuple[str, ...]:
        """Return the ids of what is decided: lines, options, elements, criteria."""

    # --- what the student gives ------------------------------------------------------------------------------

    @abstractmethod
    def read_form(self, settings: SettingsT, fields: FormFields, name: str) -> Value:
        """Return the value in the fields whose names start with ``name``; None when nothing was given.

        Never raises: what can't be a value is returned as it came, for ``problems`` to name.
        """

    @abstractmethod
    def problems(self, settings: SettingsT, value: object) -> list[Message]:
        """Return why this is no answer to this question; empty when it is one. Blank and partial are fine.

        A malformed value is refused with 422 and kept in the history, never scored 0 in silence.
        """

    @abstractmethod
    def is_blank(self, settings: SettingsT, value: Value) -> bool:
        """Say whether nothing was given."""

    @abstractmethod
    def is_complete(self, settings: SettingsT, value: Value) -> bool:
        """Say whether every part was decided (for "2 lines open" and the summary)."""

    # --- what it is worth ------------------------------------------------------------------------------------

    @abstractmethod
    def decisions(self, settings: SettingsT, value: Value) -> tuple[Decision, ...]:
        """Return what became of each part. Empty for *Write*: a person marks it."""

    @abstractmethod
    def correct_value(self, settings: SettingsT) -> Value:
        """Return a value that earns everything; for *Write* the anchor of the highest level."""

    @abstractmethod
    def feedback(self, settings: SettingsT, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback on what the student chose, part by part; blank parts have none."""

    def criteria(self, settings: SettingsT) -> tuple[Criterion, ...]:
        """Return the rubric; empty for every move but *Write*."""
        del settings
        return ()

    # --- what is shown ---------------------------------------------------------------------------------------

    @abstractmethod
    def student_view(self, settings: SettingsT, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return what ``question.html`` needs to ask: an allow-list without any key, rubric or feedback.

        Options are shuffled by the seed where the type shuffles; it is the question's own, see
        `quizapp.core.shuffling.question_seed`. The template gets the view as ``view``, the field name prefix as
        ``name`` and whether it can be changed as ``is_open``. A value that has problems is shown as far as it
        can be, so that nothing typed is lost.
        """

    @abstractmethod
    def review_view(self, settings: SettingsT, value: Value, *, seed: int, shown: Shown) -> Mapping[str, Any]:
        """Return what ``review.html`` needs: the answer, and only what ``shown`` allows of score, why and key."""

    def beside(self, settings: SettingsT) -> str | None:
        """Return the slot of an earlier question whose answer stands beside this one in a lesson.

        It is the slot's name in this question's own pack; None for what stands by itself, as nearly everything does.
        """
        del settings
        return None

    def beside_view(
        self, settings: SettingsT, value: Value, *, earlier: SettingsT, earlier_value: Value, shown: Shown
    ) -> Mapping[str, Any]:
        """Return what ``review.html`` finds in ``view.beside``: the earlier answer, and what was changed since.

        Only where `beside` names a slot. ``earlier`` are the settings of a question of this type; its key is never
        shown, and of this question's key only what ``shown`` allows.
        """
        raise NotImplementedError(f"{self.name} puts no answer beside another")

    def summary(self, settings: SettingsT, value: Value) -> Sequence[str]:
        """Return the answer as plain lines of text, for exports, receipts and the teacher's lists."""
        del settings
        return [] if value is None else [str(value)]
