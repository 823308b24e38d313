"""What an author writes for *Simulated search*: results with the pages behind them, and where each page got its story."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from quizapp.question_types.answers import plain_text
from quizapp.question_types.authoring import (
    RIGHT,
    WRONG,
    BlockText,
    InlineText,
    MisconceptionId,
    PartId,
    PlainText,
    Reference,
    RightWrongFeedback,
    check_count,
    check_unique,
)
from quizapp.question_types.contract import SettingsModel
from quizapp.question_types.decide_each import (
    VERDICTS,
    Choice,
    Line,
    check_choices,
    check_feedback,
    check_own_choices,
)

SAME, BESIDE, AGAIN = "same", "beside", "again"
"""The claim's own origin, a page on something else, and a second page of an origin that is named already."""
LONGEST_PAGE = 120
"""Words of a page."""
VERDICT, FIRST, SECOND, OPENED = "verdict", "first", "second", "opened"

_FEEDBACK = frozenset({RIGHT, WRONG, AGAIN})
_HOST = re.compile(r"\w\.\w|//|@")


def _address(text: str) -> str:
    if _HOST.search(text):
        raise ValueError(
            f"“{text}” looks like a real address: write one without a host, such as gazette › town › roof"
        )
    return text


def _page(text: str) -> str:
    count = len(plain_text(text).split())
    if count > LONGEST_PAGE:
        raise ValueError(f"the page has {count} words: at most {LONGEST_PAGE} are allowed")
    return text


class Origin(SettingsModel):
    """Where stories come from; told with the key."""

    id: PartId
    text: InlineText


class Result(SettingsModel):
    """One result with its page. ``key`` is the origin of its story, or ``beside`` for a page on something else."""

    id: PartId
    headline: InlineText
    address: Annotated[PlainText, AfterValidator(_address)]
    snippet: InlineText
    body: Annotated[BlockText, AfterValidator(_page)]
    credit: InlineText
    key: str


class VerdictAsked(SettingsModel):
    """The claim, what it can be judged as, and the judgement that all the pages together carry."""

    text: InlineText
    choices: Literal["verdicts"] | tuple[Choice, ...] = "verdicts"
    key: str
    evidence: Reference
    feedback: RightWrongFeedback
    misconception: MisconceptionId | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.choices != "verdicts":
            check_own_choices("choices", self.choices, 2, 5)
        check_choices([self.line], self.choice_ids)
        return self

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The verdicts, or the author's choices."""
        return VERDICTS if self.choices == "verdicts" else tuple(choice.id for choice in self.choices)

    @cached_property
    def line(self) -> Line:
        """The claim as a line to decide; everything in it was validated here."""
        return Line.model_construct(id=VERDICT, text=self.text, key=self.key, feedback=self.feedback)


class Cited(SettingsModel):
    """What is said about a page that was named: ``right``, ``wrong``, ``again``, or a text of its own."""

    feedback: RightWrongFeedback
    misconception: MisconceptionId | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if AGAIN not in self.feedback:
            raise ValueError(f"the feedback lacks “{AGAIN}”: it is said of a second page of the same origin")
        return self


class SimulatedSearchSettings(SettingsModel):
    """What was searched for, what was found, and where it comes from."""

    searched: InlineText
    origins: tuple[Origin, ...]
    results: tuple[Result, ...]
    verdict: VerdictAsked
    cited: Cited

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count("origins", len(self.origins), 3, 6)
        check_unique("origins", self.origin_ids)
        check_count("results", len(self.results), 4, 8)
        check_unique("results", self.result_ids)
        if SAME not in self.origin_ids:
            raise ValueError(f"no origin has the id “{SAME}”: it is where the claim itself comes from")
        for reserved in _FEEDBACK & {*self.result_ids}:
            raise ValueError(f"a result has the id “{reserved}”, which feedback needs: use another")
        self._check_keys()
        return self

    def _check_keys(self) -> None:
        for result in self.results:
            if result.key not in (*self.origin_ids, BESIDE):
                allowed = ", ".join((*self.origin_ids, BESIDE))
                raise ValueError(f"result “{result.id}” has the key “{result.key}”: allowed are {allowed}")
        check_feedback("cited", self.cited.feedback.keys() - {AGAIN}, self.result_ids)
        if len(self.independent) < 2:
            raise ValueError(
                f"pages of {len(self.independent)} origins other than “{SAME}” are found: at least 2 are needed"
            )

    @property
    def origin_ids(self) -> tuple[str, ...]:
        """The ids of the origins."""
        return tuple(origin.id for origin in self.origins)

    @property
    def result_ids(self) -> tuple[str, ...]:
        """The ids of the results in the order in which they stand."""
        return tuple(result.id for result in self.results)

    @cached_property
    def origin_of(self) -> dict[str, str]:
        """The origin of each page by its id."""
        return {result.id: result.key for result in self.results}

    @cached_property
    def independent(self) -> dict[str, str]:
        """The first page of each origin that is not the claim's own, by origin."""
        return {
            result.key: result.id for result in reversed(self.results) if result.key not in (SAME, BESIDE)
        }
