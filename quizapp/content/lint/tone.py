"""L501, L503, L504, L512, L513, L514: nothing that takes a side, instructs, unmasks, intrudes or appeals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Audience, Library, Text
from quizapp.content.lint.parts import is_feedback
from quizapp.content.lint.quotes import QUOTED
from quizapp.content.lint.registry import in_text, rule
from quizapp.content.markdown import EXCERPT_MARK
from quizapp.content.problems import Problem
from quizapp.core.questions import Use


def _pattern(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern of words for text in lower case: that is three times as fast as to ignore the case."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


SIDES = _pattern(
    r"hero(?:es|ic|ism|ically)?|martyr\w*|freedom fighters?|liberat(?:e|ed|or|ors|ion)|patriots?",
    r"terror(?:ist|ists|ism)|orcs?|bandits?|nazis?|fascis(?:t|ts|m)|traitors?|invaders?|occupiers?|aggressors?",
    r"puppet (?:state|government|regime|leader|army)s?|subhuman\w*|vermin|scum|savages|barbarians|cockroach\w*",
    r"murderers?|thugs?|brainwash\w*",
)
"""What either side of a war calls its own and the other."""
OPERATIONS = _pattern(
    r"explosives?|detonat\w+|molotov\w*|petrol bombs?|thermite|gunpowder|accelerants?|grenades?|landmines?",
    r"booby.?traps?|burner phones?|(?:false|forged) (?:passports?|papers|documents)|safe ?houses?|dead ?drops?",
    r"how to (?:make|build|hide|burn|set fire|track|infiltrate|blow|destroy|disable|evade|derail)",
    r"\d{1,3}\.\d{3,} ?°? ?[nsew]",
)
UNMASKING = _pattern(
    r"unmask(?!ed)\w*|geolocat\w*|dox(?:x?ing|x?ed)?|track (?:him|her|them) down|recogni[sz]e (?:the|a) (?:face|person)",
    r"(?:find|work|figure|guess) out (?:who|where) (?:he|she|they|the (?:person|people|colonel|commander|members?))",
    r"who (?:he|she|they|the colonel|the commander|mykola) really (?:is|are)",
    r"(?:find|locate|pinpoint) (?:the|their|its) (?:base|camp|depot|headquarters|hide-?out)",
)
"""Asks for the identity of a person, or for the place of a site."""
WAR = _pattern(
    r"wars?|wartime|soldiers?|troops?|army|armies|military|missiles?|invasions?|invaded?|battlefields?|bomb\w*",
    r"shelling|front lines?|guns?|weapons?|colonels?|combat|regiments?|sabotage\w*",
    r"ukrain\w*|russia\w*|crimea\w*|kyiv|mykola",
)
INTIMATE = re.compile(
    r"\b(?:what|which|where|who|is|are|do|does|did|have|has)\b[^.?!]{0,60}\b(?:your (?:own )?(?:nationality|country|religion"
    r"|faith|church|mosque|synagogue|god|party|politics|vote|passport|parents?|mother|father|family|families|relatives?"
    r"|brothers?|sisters?|grandparents?|homeland|origins?|ethnic\w*|skin)|you (?:come from|vote|pray|worship))\b[^.!]*\?"
    r"|\bare you (?:an? )?(?:ukrainian|russian|christian|muslim|jew\w*|hindu|buddhist|refugee|religious|believer)\b"
    r"|\bwhere (?:are|were) you (?:from|born)\b"
)
APPEALS = re.compile(
    r"(?:^|[.!?:]\s+|\n)(?:Please )?(?:(?:Join|Support|Help|Follow) (?:us|them|him|the movement|the cause|our)|Donate|Enlist"
    r"|Sign up|Volunteer (?:for|with|now|today)|Share (?:this|it|them) (?:with|on|now|everywhere)|Spread the word|Boycott"
    r"|Take action|Stand with|Stand up (?:for|against))\b"
    r"|\byou (?:should|must|could|need to|have to|ought to) (?:join|enlist|donate|volunteer|repost|fight)\b"
)


def _of_learners(library: Library) -> Iterator[Text]:
    return (text for text in library.texts if text.audience is Audience.LEARNER)


def _is_asking(text: Text) -> bool:
    """Say whether the text speaks to the learner: no made-up page, and no part of one in a question."""
    return not text.is_made_up and (not text.field.startswith("settings.") or is_feedback(text))


def _first(
    rule_id: str, texts: Iterator[Text], pattern: re.Pattern[str], message: str, remedy: str
) -> Iterator[Problem]:
    for text in texts:
        found = pattern.search(text.source.lower())
        if found:
            value = text.source[found.start() : found.end()].strip()
            yield in_text(rule_id, text, found.start(), message, remedy, value=value)


@rule(
    "L501",
    "0 outside quotations",
    "No word of either side for its own people or for the other's, unless the word itself is examined.",
)
def no_side_is_taken(library: Library) -> Iterator[Problem]:
    """Look outside quotation marks and excerpts, in made-up pages too."""
    for text in _of_learners(library):
        own = text.source.lower()
        if SIDES.search(own) is None:
            continue
        for quoted in (QUOTED, EXCERPT_MARK):
            own = quoted.sub(lambda found: " " * len(found[0]), own)
        found = SIDES.search(own)
        if found:
            remedy = "say what was done, or set the word in quotation marks and examine it"
            yield in_text("L501", text, found.start(), "takes a side", remedy, value=found[0])


@rule("L503", "0", "No detail that helps to make, hide, burn, track or infiltrate.")
def no_operational_detail(library: Library) -> Iterator[Problem]:
    """Look everywhere, teachers' texts too: they are printed and copied."""
    remedy = "say no more than that it happened"
    yield from _first("L503", iter(library.texts), OPERATIONS, "operational detail", remedy)


@rule("L504", "0", "Nobody is asked to identify or locate a living person or an active site.")
def nobody_is_unmasked(library: Library) -> Iterator[Problem]:
    """Look where learners are spoken to."""
    remedy = "ask what the page tells about the source, or use a drawn town"
    texts = (text for text in _of_learners(library) if not text.is_made_up)
    yield from _first("L504", texts, UNMASKING, "asks to unmask or locate", remedy)


@rule("L512", "0", "No war in questions on far cases and in checkpoints.")
def no_war_in_transfer(library: Library) -> Iterator[Problem]:
    """Look in the texts of far questions, of checkpoints and of the pages that they show."""
    far = {
        key
        for key, question in library.questions.items()
        if question.record.context == "far" or question.record.use is Use.CHECKPOINT
    }
    shown = (library.questions[key].body["vignette"] for key in far)
    vignettes = {vignette["key"] for vignette in shown if vignette}
    texts = (text for text in _of_learners(library) if text.item in far | vignettes)
    yield from _first("L512", texts, WAR, "war in a case of transfer", "choose another topic")


@rule("L513", "0", "No question asks for a learner's nationality, faith, politics or family.")
def nothing_intimate_is_asked(library: Library) -> Iterator[Problem]:
    """Look at questions in the second person, teachers' prompts too."""
    remedy = "ask about the page; nobody's origin is asked or guessed"
    yield from _first("L513", iter(library.texts), INTIMATE, "asks about the learner", remedy)


@rule("L514", "0", "No appeal to the reader to join, give, share or act.")
def nobody_is_called_upon(library: Library) -> Iterator[Problem]:
    """Look where learners are spoken to; a made-up clip may call, and a choice may be to share."""
    remedy = "say what the text asks, of whom"
    for text in _of_learners(library):
        # A sentence that begins with *Join us* calls, one that holds *to join us* tells.
        found = APPEALS.search(text.source) if _is_asking(text) else None
        if found:
            value = found[0].strip()
            yield in_text("L514", text, found.start(), "calls upon the reader", remedy, value=value)
