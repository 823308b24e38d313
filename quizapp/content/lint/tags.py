"""L303, L306, L505: what readers check by the tags of a question can be checked, because the tags stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import Part, parts
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.content.records import ClaimRecord
from quizapp.core.page import Voice
from quizapp.core.questions import Verdict

TAGS = ("claims", "corrects", "actor")
SENSITIVE = frozenset({"P5", "P7", "P9"})
HIS = re.compile(r"\b(?:colonel|commander|officer|Mykola|he)\b", re.IGNORECASE)
OF_NOBODY = frozenset({Voice.NARRATOR, Voice.HEDGED_NARRATOR})


@rule(
    "L303",
    "100%",
    "A question on the article names its claims, cites their paragraphs, and keys them as the page does.",
)
def claims_are_coupled(library: Library) -> Iterator[Problem]:
    """Compare a question with the claims that it names; a claim of the narrator's own is nobody else's."""
    claims = {claim.id: claim for pack in library.packs for claim in pack.claims}
    for question in library.published:
        record = question.record
        if record.context == "article" and not record.claims:
            remedy = "name in `claims:` what it asks about"
            yield in_item("L303", question, ("claims",), "a question on the article names no claim", remedy)
        for name in record.claims:
            claim = claims.get(name)
            if claim and not set(claim.cards) & set(record.evidence):
                message = f"{name} stands on no paragraph that is cited"
                limit = ", ".join(claim.cards)
                yield in_item("L303", question, ("evidence",), message, "cite it", limit=limit)
        for part in parts(question):
            claim = claims.get(str(part.written.get("claim")))
            if claim:
                yield from _part(question, part, claim)


def _part(question: QuestionSource, part: Part, claim: ClaimRecord) -> Iterator[Problem]:
    key = part.written.get("key")
    keyed = [str(verdict) for verdict in (claim.page_alone, claim.after_tracing) if verdict]
    if claim.id not in question.record.claims:
        message = f"{claim.id} is asked about and not listed"
        yield in_item("L303", question, (*part.steps, "claim"), message, "add it to `claims:`")
    if key in tuple(Verdict) and keyed and key not in keyed:
        message = f"the key is not that of {claim.id}"
        remedy = "key it as lessons/page.yaml does, or ask about something else"
        limit = " or ".join(keyed)
        yield in_item("L303", question, (*part.steps, "key"), message, remedy, value=str(key), limit=limit)
    # A claim that is keyed *claimed* has a speaker in its sentence, whoever's words it is in.
    is_nobodys = claim.voice in OF_NOBODY and claim.page_alone is not Verdict.CLAIMED
    if is_nobodys and HIS.search(str(part.written.get("speaker", ""))):
        message = f"{claim.id} is in the page's own voice and is given to a speaker"
        remedy = "write `speaker: the page says`"
        yield in_item("L303", question, (*part.steps, "speaker"), message, remedy)


@rule(
    "L306",
    "100%",
    "Each question says in its tags which claims it asks about, what it corrects and whom it finds unreliable.",
    Severity.WARNING,
)
def tags_are_written(library: Library) -> Iterator[Problem]:
    """Ask for the tags themselves; null and an empty list are answers."""
    for question in library.published:
        for name in TAGS:
            if name not in question.record.model_fields_set:
                remedy = f"write `{name}:`, with null or [] where nothing fits"
                message, severity = f"`{name}` is not said", Severity.WARNING
                yield in_item("L306", question, (name,), message, remedy, severity=severity)


@rule("L505", "P5, P7, P9", "A question on deaths, prison or sabotage says so in its tag.")
def sensitive_paragraphs_are_tagged(library: Library) -> Iterator[Problem]:
    """Check the questions that cite those paragraphs."""
    for question in library.questions.values():
        cited = sorted(SENSITIVE & set(question.record.evidence))
        if cited and not question.record.sensitivity:
            remedy = "name in `sensitivity:` death, prison or sabotage"
            message = "no sensitivity tag"
            yield in_item("L505", question, ("sensitivity",), message, remedy, value=", ".join(cited))
