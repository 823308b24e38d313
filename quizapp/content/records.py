"""The shape of every file, as docs/reference/content-formats.md describes it.

Prose fields say so by their annotation; what is not in a record is an unknown key.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from quizapp.content.prose import PLAIN
from quizapp.content.reading import Key, Record
from quizapp.content.waivers import Waivers
from quizapp.core.page import Voice
from quizapp.core.questions import Case, Use, Verdict
from quizapp.core.skills import Strand
from quizapp.question_types.contract import BLOCK, INLINE

NonEmpty = StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)
PlainText = Annotated[str, NonEmpty, PLAIN]
InlineText = Annotated[str, NonEmpty, INLINE]
BlockText = Annotated[str, NonEmpty, BLOCK]

CardId = Annotated[str, StringConstraints(pattern=r"^(P([1-9]|1[0-5])|F)$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^C[0-9]{2}$")]
SkillId = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}$")]
MisconceptionId = Annotated[str, StringConstraints(pattern=r"^M[0-9]{2}$")]
EvidenceId = Annotated[str, StringConstraints(pattern=r"^(P([1-9]|1[0-5])|F[12]?|[a-z0-9-]+:[1-9][0-9]*)$")]
ValueName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Sensitivity = Literal["death", "sabotage", "prison"]
Difficulty = Literal["easy", "medium", "hard"]
Context = Literal["article", "near", "far"]
Cognitive = Literal["recall", "apply", "analyse", "evaluate"]


class CourseRecord(Record):
    """``lessons/course.yaml``."""

    pack: Key
    title: PlainText
    note: InlineText
    lessons: tuple[Key, ...] = ()
    start: Key | None = None


class ExcerptRecord(Record):
    """One quotation of the article."""

    id: Annotated[str, StringConstraints(pattern=r"^x-[pf][0-9]*-[a-z0-9-]+$")]
    card: CardId
    text: Annotated[str, NonEmpty]


class CardRecord(Record):
    """One card of *The page, retold*."""

    id: CardId
    heading: PlainText
    retelling: BlockText
    speaker: InlineText
    excerpts: tuple[str, ...] = ()
    correction: BlockText | None = None
    sensitivity: tuple[Sensitivity, ...] = ()


class ClaimRecord(Record):
    """One claim and both of its keys."""

    id: ClaimId
    cards: Annotated[tuple[CardId, ...], Field(min_length=1)]
    text: InlineText
    voice: Voice
    page_alone: Verdict | None
    after_tracing: Verdict | None
    why: InlineText


class PageRecord(Record):
    """The paragraphs above the cards; cards and claims are read one by one."""

    title: PlainText
    preface: tuple[BlockText, ...]


class WordRecord(Record):
    """One entry of the word wall."""

    id: Key
    term: PlainText
    meaning: InlineText
    translations: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], InlineText] = Field(
        default_factory=dict
    )


class SkillRecord(Record):
    """One skill of the taxonomy."""

    id: SkillId
    strand: Strand
    name: PlainText
    ability: PlainText
    definition: PlainText
    evidence: PlainText
    needs: tuple[SkillId, ...] = ()


class MisconceptionRecord(Record):
    """What a wrong choice may show."""

    id: MisconceptionId
    skill: SkillId
    text: PlainText


class NameRecord(Record):
    """One name and where it stands or why it may not."""

    name: Annotated[str, NonEmpty]
    where: str = ""
    why: str = ""


class NamesRecord(Record):
    """Names of made-up people and places."""

    used: tuple[NameRecord, ...] = ()
    reserved: tuple[NameRecord, ...] = ()
    refused: tuple[NameRecord, ...] = ()


class LayoutRecord(Record):
    """How many tasks of a skill are asked in one of these types."""

    name: PlainText
    count: Annotated[int, Field(ge=1, le=60)]
    types: Annotated[tuple[str, ...], Field(min_length=1)]


class PlanRecord(Record):
    """``questions/plan.yaml``: what the bank is to hold of each of these skills."""

    skills: Annotated[tuple[SkillId, ...], Field(min_length=1)]
    tasks: Annotated[int, Field(ge=1, le=60)]
    use: dict[Use, int]
    difficulty: dict[Difficulty, int]
    context: dict[Context, int]
    layouts: tuple[LayoutRecord, ...]


class TopicRecord(Record):
    """A topic that only checkpoints may use, and the phrases that show it."""

    id: Key
    phrases: Annotated[tuple[Annotated[str, NonEmpty], ...], Field(min_length=1)]


class VignetteRecord(Record):
    """``questions/vignettes/<id>.yaml``."""

    id: Key
    title: PlainText
    kind: PlainText
    lines: Annotated[tuple[InlineText, ...], Field(min_length=1, max_length=40)]
    waivers: Waivers = ()


class SourceNoteRecord(Record):
    """What a statement on newsroom rules or research rests on."""

    text: InlineText
    label: Literal["V", "R"]


class VariantRecord(Record):
    """One set of names and numbers."""

    id: Key
    values: Annotated[dict[ValueName, str | int], Field(min_length=1)]


class QuestionRecord(Record):
    """A question without what its type says of ``settings``."""

    id: Key
    skill: SkillId
    type: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    status: Literal["draft", "review", "live"]
    evidence: Annotated[tuple[EvidenceId, ...], Field(min_length=1)]
    stem: InlineText
    settings: dict[str, Any]
    also: Annotated[tuple[SkillId, ...], Field(max_length=2)] = ()
    use: Use = Use.PRACTICE
    difficulty: Difficulty = "medium"
    cognitive: Cognitive = "apply"
    context: Context = "far"
    slot: Key | None = None
    case: Case | None = None
    family: Key | None = None
    variants: tuple[VariantRecord, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    corrects: Literal["trust", "doubt"] | None = None
    actor: Literal["official", "activist", "firm", "individual"] | None = None
    claims: tuple[ClaimId, ...] = ()
    vignette: Key | None = None
    rationale: BlockText | None = None
    source_notes: tuple[SourceNoteRecord, ...] = ()
    waivers: Waivers = ()

    @model_validator(mode="after")
    def _slot_and_case_go_together(self) -> Self:
        if (self.slot is None) != (self.case is None):
            raise ValueError("`slot` and `case` go together: give both, or null for both")
        return self


REQUIRED_AT_REVIEW = ("use", "difficulty", "cognitive", "context", "sensitivity")
REQUIRED_AT_LIVE = ("rationale",)


class RowRecord(Record):
    """One row of a blueprint."""

    count: Annotated[int, Field(ge=1, le=40)]
    marks: Annotated[int, Field(ge=1, le=20)]
    skill: SkillId | None = None
    type: str | None = None
    difficulty: Difficulty | None = None
    context: Context | None = None
    cognitive: Cognitive | None = None


class QuizRecord(Record):
    """``questions/quizzes/<id>.yaml``."""

    id: Key
    title: PlainText
    lesson: Key | None = None
    minutes: Annotated[int, Field(ge=1, le=240)]
    blueprint: Annotated[tuple[RowRecord, ...], Field(min_length=1)]


class LessonRecord(Record):
    """The front matter of ``lesson.md``."""

    key: Key
    number: Annotated[int, Field(ge=1, le=99)]
    title: PlainText
    skill: SkillId
    summary: PlainText
    case_b: PlainText
    objectives: Annotated[tuple[InlineText, ...], Field(min_length=1, max_length=6)]
    words: Annotated[tuple[Key, ...], Field(min_length=8, max_length=12)]
    try_tonight: InlineText
    provenance: BlockText
    also: Annotated[tuple[SkillId, ...], Field(max_length=2)] = ()
    holds_up_claims: tuple[ClaimId, ...] = ()
    refutes: tuple[MisconceptionId, ...] = ()
    source_notes: tuple[SourceNoteRecord, ...] = ()
    read_by: tuple[str, ...] = ()
    waivers: Waivers = ()


class TeacherRecord(Record):
    """The front matter of ``teacher.md``."""

    lesson: Key
