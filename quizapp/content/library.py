"""Everything that the files of all packs say, read and rendered, before it is published.

Lint rules look at a `Library`; what is published from it is a `Catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from quizapp.content.markdown import References
from quizapp.content.problems import Problem
from quizapp.content.records import (
    ClaimRecord,
    MisconceptionRecord,
    NamesRecord,
    PlanRecord,
    QuestionRecord,
    QuizRecord,
    SkillRecord,
)
from quizapp.content.waivers import Waivers
from quizapp.content.yaml_reader import Document, Path
from quizapp.core.folder import Folder
from quizapp.core.lessons import Lesson
from quizapp.core.page import Excerpt, Page
from quizapp.question_types.registry import AnyType


class Audience(StrEnum):
    """Who reads a text."""

    LEARNER = "learner"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it was written. ``html`` is what became of it; plain words are their own HTML.

    ``is_made_up`` is true for fictional and quoted-as-example text, whose quotations quote nobody.
    """

    item: str
    file: str
    line: int
    field: str
    source: str
    html: str
    audience: Audience = Audience.LEARNER
    is_made_up: bool = False
    counts_lines: bool = False
    """Its line breaks are those of the file."""

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which that character stands, as far as it is known."""
        return self.line + (self.source.count("\n", 0, max(0, offset)) if self.counts_lines else 0)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item was written."""

    file: str
    document: Document
    path: Path

    def line(self, *steps: str | int) -> int:
        """Return the line of a key of the item."""
        return self.document.line((*self.path, *steps))


@dataclass(frozen=True, slots=True)
class VignetteSource:
    """A made-up text; ``body`` is what questions and lessons carry of it."""

    key: str
    source: Source
    lines: tuple[str, ...]
    body: Mapping[str, Any]
    waivers: Waivers = ()


@dataclass(frozen=True, slots=True)
class QuestionSource:
    """A question: its record, its settings as written and as the type read them, and its published body."""

    key: str
    source: Source
    record: QuestionRecord
    type: AnyType
    settings: BaseModel
    body: Mapping[str, Any]

    @property
    def written(self) -> Mapping[str, Any]:
        """The settings as the author wrote them."""
        return self.record.settings

    @property
    def waivers(self) -> Waivers:
        """What the author answers for."""
        return self.record.waivers


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson and the lines of its keys and screens."""

    key: str
    source: Source
    lesson: Lesson
    screen_lines: tuple[int, ...] = ()
    waivers: Waivers = ()


@dataclass(frozen=True, slots=True)
class QuizSource:
    """A quiz as it was written."""

    key: str
    source: Source
    record: QuizRecord
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pack:
    """What stands once in a pack."""

    name: str
    course: Mapping[str, Any]
    course_source: Source
    page: Page | None = None
    page_source: Source | None = None
    words_source: Source | None = None
    words: Mapping[str, Any] | None = None
    excerpts: tuple[tuple[Excerpt, Source], ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    skills: tuple[SkillRecord, ...] = ()
    skills_source: Source | None = None
    misconceptions: tuple[MisconceptionRecord, ...] = ()
    misconceptions_source: Source | None = None
    plan: PlanRecord | None = None
    plan_source: Source | None = None
    folder: Folder | None = None
    folder_source: Source | None = None


@dataclass(slots=True)
class Library:
    """All packs. It grows while files are read, and lint rules only look."""

    packs: list[Pack] = field(default_factory=list)
    vignettes: dict[str, VignetteSource] = field(default_factory=dict)
    questions: dict[str, QuestionSource] = field(default_factory=dict)
    lessons: dict[str, LessonSource] = field(default_factory=dict)
    quizzes: dict[str, QuizSource] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    assets: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Media type and bytes by sha256."""
    reserved: tuple[str, ...] = ()
    """Phrases of the topics that only checkpoints may use."""
    names: NamesRecord = field(default_factory=NamesRecord)
    """Invented names: where they are used, which are kept for later, which may not be used."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def references(self) -> References:
        """What texts may refer to: the things of every pack read so far."""
        return References(
            excerpts={e.id: (e.text, e.card) for pack in self.packs for e, _ in pack.excerpts},
            words=frozenset(w["id"] for pack in self.packs for w in (pack.words or {}).get("words", ())),
            cards=frozenset(card.id for pack in self.packs if pack.page for card in pack.page.cards),
        )

    @property
    def skill_ids(self) -> frozenset[str]:
        """The taxonomy."""
        return frozenset(skill.id for pack in self.packs for skill in pack.skills)

    @property
    def misconception_ids(self) -> frozenset[str]:
        """The misconceptions that a wrong choice may show."""
        return frozenset(m.id for pack in self.packs for m in pack.misconceptions)

    @property
    def claim_ids(self) -> frozenset[str]:
        """The claims of the article."""
        return frozenset(claim.id for pack in self.packs for claim in pack.claims)

    @property
    def published(self) -> Iterator[QuestionSource]:
        """The questions that are no drafts."""
        return (question for question in self.questions.values() if question.record.status != "draft")

    def texts_of(self, item: str) -> list[Text]:
        """Return the texts of one item, in reading order."""
        return [text for text in self.texts if text.item == item]
