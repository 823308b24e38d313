"""*The page, retold*: the article in our words, card by card, its claims, and the word wall.

Texts are safe HTML except ids, titles and words. `to_body` gives the JSON that is stored and hashed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from quizapp.core.questions import Verdict


class Voice(StrEnum):
    """On whose word a claim stands in the article."""

    NARRATOR = "NU"
    PARAPHRASE = "PA"
    HEDGED_NARRATOR = "HN"
    QUOTE = "DQ"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of the article, quoted because the wording itself is examined; plain text."""

    id: str
    card: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One paragraph retold. A ``correction`` stands in the same card, before any question."""

    id: str
    heading: str
    retelling: str
    speaker: str
    excerpts: tuple[Excerpt, ...] = ()
    correction: str | None = None
    sensitivity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article; a verdict of None means that it is not keyed."""

    id: str
    cards: tuple[str, ...]
    text: str
    voice: Voice
    page_alone: Verdict | None
    after_tracing: Verdict | None
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page, retold, whole."""

    title: str
    preface: tuple[str, ...]
    cards: tuple[Card, ...]
    claims: tuple[Claim, ...]

    def card(self, card_id: str) -> Card:
        """Return the card with that id; F1 and F2 share the card F.

        Raises:
            KeyError: there is none.
        """
        wanted = "F" if card_id in ("F1", "F2") else card_id
        for card in self.cards:
            if card.id == wanted:
                return card
        raise KeyError(card_id)

    def claim(self, claim_id: str) -> Claim:
        """Return the claim with that id.

        Raises:
            KeyError: there is none.
        """
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    def claims_on(self, card_id: str) -> tuple[Claim, ...]:
        """Return the claims that the paragraph of that card makes."""
        return tuple(claim for claim in self.claims if card_id in claim.cards)

    def to_body(self) -> dict[str, Any]:
        """Return the page as JSON."""
        return {
            "title": self.title,
            "preface": list(self.preface),
            "cards": [_card_to_body(card) for card in self.cards],
            "claims": [_claim_to_body(claim) for claim in self.claims],
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Return the page that `to_body` wrote."""
        return cls(
            title=body["title"],
            preface=tuple(body["preface"]),
            cards=tuple(_card_from_body(card) for card in body["cards"]),
            claims=tuple(_claim_from_body(claim) for claim in body["claims"]),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the word wall; ``translations`` are lines by language."""

    id: str
    term: str
    meaning: str
    translations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WordWall:
    """The words of a pack."""

    words: tuple[Word, ...]

    def some(self, ids: tuple[str, ...]) -> tuple[Word, ...]:
        """Return the words with those ids, in that order; ids without an entry are left out."""
        by_id = {word.id: word for word in self.words}
        return tuple(by_id[word_id] for word_id in ids if word_id in by_id)

    def to_body(self) -> dict[str, Any]:
        """Return the word wall as JSON."""
        return {
            "words": [
                {"id": w.id, "term": w.term, "meaning": w.meaning, "translations": dict(w.translations)}
                for w in self.words
            ]
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Return the word wall that `to_body` wrote."""
        return cls(tuple(Word(**word) for word in body["words"]))


def _card_to_body(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "heading": card.heading,
        "retelling": card.retelling,
        "speaker": card.speaker,
        "excerpts": [{"id": e.id, "card": e.card, "text": e.text} for e in card.excerpts],
        "correction": card.correction,
        "sensitivity": list(card.sensitivity),
    }


def _card_from_body(body: Mapping[str, Any]) -> Card:
    excerpts = tuple(Excerpt(**excerpt) for excerpt in body["excerpts"])
    return Card(**{**body, "excerpts": excerpts, "sensitivity": tuple(body["sensitivity"])})


def _claim_to_body(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "cards": list(claim.cards),
        "text": claim.text,
        "voice": str(claim.voice),
        "page_alone": claim.page_alone,
        "after_tracing": claim.after_tracing,
        "why": claim.why,
    }


def _claim_from_body(body: Mapping[str, Any]) -> Claim:
    return Claim(
        id=body["id"],
        cards=tuple(body["cards"]),
        text=body["text"],
        voice=Voice(body["voice"]),
        page_alone=Verdict(body["page_alone"]) if body["page_alone"] else None,
        after_tracing=Verdict(body["after_tracing"]) if body["after_tracing"] else None,
        why=body["why"],
    )
