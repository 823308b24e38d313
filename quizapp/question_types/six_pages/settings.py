"""What an author writes for *Six pages. How many sources?*."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from quizapp.question_types.authoring import (
    BlockText,
    InlineText,
    MisconceptionId,
    PartId,
    Reference,
    RightWrongFeedback,
    check_unique,
)
from quizapp.question_types.contract import SettingsModel
from quizapp.question_types.decide_each import EvidencedLine, check_feedback

PAGES = 6
OWN, UNCLEAR, GUESS = "own", "unclear", "guess"
"""A page's own reporter, cannot tell, and the name under which the guess stands in an answer."""


def _page_id(text: str) -> str:
    if text in (OWN, UNCLEAR, GUESS):
        raise ValueError(f"a page has the id “{text}”, which means something else here: use another")
    return text


class SourcePage(SettingsModel):
    """One page. ``key`` is where it got its story: ``own``, another page, or ``unclear``.

    ``origin`` names the source behind a page of its own, for the sentence at the end.
    """

    id: Annotated[PartId, AfterValidator(_page_id)]
    kind: InlineText
    date: InlineText
    line: InlineText
    body: BlockText
    credit: InlineText
    key: str
    origin: InlineText | None = None
    evidence: Reference
    feedback: RightWrongFeedback
    misconception: MisconceptionId | None = None


class AskedPage(EvidencedLine):
    """A page as a line to decide; ``chain`` are the pages of the same origin that count as right too."""

    chain: frozenset[str]

    def accepts(self, choice: str) -> bool:
        """Say whether this page got it from there: for a copy, any page of the right chain will do."""
        return choice == self.key or (self.key not in (OWN, UNCLEAR) and choice in self.chain)


class SixPagesSettings(SettingsModel):
    """Six pages and what holds up once the map is drawn."""

    pages: tuple[SourcePage, ...]
    holds_up: BlockText

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(self.pages) != PAGES:
            raise ValueError(f"there are {len(self.pages)} pages: exactly {PAGES} are allowed")
        check_unique("pages", self.page_ids)
        for page in self.pages:
            self._check_page(page)
        for page in self.pages:
            self._check_chain(page)
        return self

    def _check_page(self, page: SourcePage) -> None:
        allowed = self.choices_of(page.id)
        if page.key not in allowed:
            raise ValueError(f"page “{page.id}” has the key “{page.key}”: allowed are {', '.join(allowed)}")
        check_feedback(f"page “{page.id}”", page.feedback, allowed)
        if (page.key == OWN) != (page.origin is not None):
            raise ValueError(f"page “{page.id}”: write `origin` where the key is “{OWN}”, and only there")

    def _check_chain(self, page: SourcePage) -> None:
        seen = {page.id}
        while page.key not in (OWN, UNCLEAR):
            page = self._page(page.key)
            if page.id in seen:
                raise ValueError(
                    f"page “{page.id}” leads back to itself: one page of a chain needs its own source"
                )
            seen.add(page.id)

    def _page(self, page_id: str) -> SourcePage:
        return next(page for page in self.pages if page.id == page_id)

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The ids of the pages in the order in which they stand."""
        return tuple(page.id for page in self.pages)

    @property
    def keys(self) -> dict[str, str]:
        """Where each page got its story."""
        return {page.id: page.key for page in self.pages}

    def choices_of(self, page_id: str) -> tuple[str, ...]:
        """Return what a page can have got its story from: itself, any other page, or nobody can tell."""
        return (OWN, *(other for other in self.page_ids if other != page_id), UNCLEAR)

    @cached_property
    def asked(self) -> tuple[AskedPage, ...]:
        """The pages as lines to decide."""
        origins = {page.id: self._origin(page) for page in self.pages}
        return tuple(
            # Everything in it was validated with the page.
            AskedPage.model_construct(
                id=page.id,
                text=page.line,
                key=page.key,
                evidence=page.evidence,
                feedback=page.feedback,
                misconception=page.misconception,
                chain=frozenset(
                    other for other in origins if other != page.id and origins[other] == origins[page.id]
                ),
            )
            for page in self.pages
        )

    def _origin(self, page: SourcePage) -> str:
        while page.key not in (OWN, UNCLEAR):
            page = self._page(page.key)
        return page.id
