"""The folder: a made-up case that runs through a course. Each lesson adds a document, and verdicts may change with it.

It has two editions, one for each case. Texts are safe HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from quizapp.core.practice import Changes
from quizapp.core.questions import Case, Verdict


@dataclass(frozen=True, slots=True)
class Edition:
    """The folder as readers of one case have it."""

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class FolderDocument:
    """A document of the folder: it comes when its lesson is finished, and its question asks for verdicts."""

    id: str
    lesson_key: str
    question_keys: Mapping[Case, str]


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a course; its documents stand in the order of the lessons that bring them."""

    key: str
    title: str
    lead: str
    editions: Mapping[Case, Edition]
    documents: tuple[FolderDocument, ...]

    def to_body(self) -> dict[str, Any]:
        """Return the folder as JSON."""
        return {
            "key": self.key,
            "title": self.title,
            "lead": self.lead,
            "editions": {case.value: [one.title, one.about] for case, one in self.editions.items()},
            "documents": [
                {
                    "id": one.id,
                    "lesson_key": one.lesson_key,
                    "question_keys": {case.value: key for case, key in one.question_keys.items()},
                }
                for one in self.documents
            ],
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Return the folder that `to_body` wrote."""
        return cls(
            body["key"],
            body["title"],
            body["lead"],
            {Case(case): Edition(*said) for case, said in body["editions"].items()},
            tuple(
                FolderDocument(
                    one["id"],
                    one["lesson_key"],
                    {Case(case): key for case, key in one["question_keys"].items()},
                )
                for one in body["documents"]
            ),
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on a claim with one document at hand, and whether it is the one that the folder bears out."""

    document: int
    verdict: Verdict
    is_borne_out: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """The verdicts on one claim from document to document, oldest document first."""

    claim: str
    text: str
    verdicts: tuple[Judged, ...]

    @property
    def turns(self) -> tuple[Judged, ...]:
        """The verdicts that differ from the one before."""
        pairs = zip(self.verdicts, self.verdicts[1:], strict=False)
        return tuple(after for before, after in pairs if after.verdict is not before.verdict)


def changes_of_mind(trails: Sequence[Trail]) -> Changes:
    """Count the verdicts that were changed from document to document, and those of them that are borne out."""
    turns = [turn for trail in trails for turn in trail.turns]
    return Changes(len(turns), sum(turn.is_borne_out for turn in turns))
