"""*The page, retold* with the reader's own verdicts, and the word wall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from quizapp.core.page import Card, Claim, Word
from quizapp.core.permissions import Actor, may_study
from quizapp.core.questions import Question, Verdict
from quizapp.services.access.lessons import is_fictional_only, require_course
from quizapp.services.content import the_page, word_wall
from quizapp.services.practice import Given, put_together
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import PracticeAnswer


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim without its key, and the verdict that the reader gave it last; None where there is none."""

    id: str
    text: str
    own: Verdict | None


@dataclass(frozen=True, slots=True)
class CardWithClaims:
    """A card of the page with the claims of its paragraph."""

    card: Card
    claims: tuple[JudgedClaim, ...]


@dataclass(frozen=True, slots=True)
class RetoldPage:
    """The page for one reader. ``has_verdicts`` says whether the reader is one who judges."""

    title: str
    preface: tuple[str, ...]
    cards: tuple[CardWithClaims, ...]
    has_verdicts: bool


@reading
def retold_page(work: Work, actor: Actor) -> RetoldPage | None:
    """Return the page, retold; a student's own verdicts stand beside the claims.

    None for a student of a school that uses the made-up cases alone: results from before may still lead here.

    Raises:
        NotFound: there is no page, or the actor is nobody of a school.
    """
    require_course(actor)
    judges = may_study(actor)
    if judges and is_fictional_only(work, actor):
        return None
    page = the_page(work)
    own = own_verdicts(_judgements(work, actor)) if judges else {}
    return RetoldPage(
        title=page.title,
        preface=page.preface,
        cards=tuple(
            CardWithClaims(card, tuple(_judged(claim, own) for claim in page.claims_on(card.id)))
            for card in page.cards
        ),
        has_verdicts=judges,
    )


@reading
def words_of_course(work: Work, actor: Actor) -> tuple[Word, ...]:
    """Return the word wall in alphabetical order.

    Raises:
        NotFound: the actor is nobody of a school.
    """
    require_course(actor)
    return tuple(sorted(word_wall(work).words, key=lambda word: word.term.casefold()))


def own_verdicts(answers: Iterable[Given]) -> dict[str, Verdict]:
    """Return the newest verdict on each claim in these answers, given oldest first."""
    verdicts: dict[str, Verdict] = {}
    for given in answers:
        for line, claim in claims_by_line(given.question).items():
            choice = given.value.get(line) if isinstance(given.value, Mapping) else None
            if choice in set(Verdict):
                verdicts[claim] = Verdict(choice)
    return verdicts


def claims_by_line(question: Question) -> dict[str, str]:
    """Return which claim of the page each line of a question is, for the lines that are one."""
    lines = question.settings.get("lines") or ()
    return {line["id"]: line["claim"] for line in lines if line.get("claim")}


def _judgements(work: Work, actor: Actor) -> list[Given]:
    rows = work.session.scalars(
        select(PracticeAnswer)
        .where(PracticeAnswer.school_id == actor.school_id, PracticeAnswer.student_id == actor.user_id)
        .order_by(PracticeAnswer.id)
    ).all()
    return put_together(work, rows)


def _judged(claim: Claim, own: Mapping[str, Verdict]) -> JudgedClaim:
    return JudgedClaim(claim.id, claim.text, own.get(claim.id))
