"""L309, L502, L506, L507: nothing that recruits, frames wrongly, spoils a checkpoint or teaches cynicism."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Audience, Library, Text
from quizapp.content.lint.parts import is_feedback, parts, vocabulary, words
from quizapp.content.lint.registry import in_item, in_text, rule
from quizapp.content.problems import Problem
from quizapp.core.questions import Use

ROUTES = {
    "an address on the web": r"https?:|\bwww\.|\b[a-z0-9-]+\.(?:com|org|net|info|io|me|ua|ru|eu|uk|de|news|blog)\b(?!-)",
    "an e-mail address": r"\b[\w.+-]+@[\w-]+\.\w+",
    "a handle": r"(?<![\w/])@\w{2,}",
    "a phone number": r"(?<!\w)\+\d[\d ()./-]{6,}\d|\b\d{3}[ -]\d{3}[ -]\d{3,4}\b",
    "a QR code": r"\bQR\b",
    "a channel": r"\b(?:Telegram|WhatsApp|Viber|Discord|VKontakte|Signal group|t\.me)\b",
    "a way to join": r"\b(?:join (?:us|them|it)? ?at|sign up at|apply at|contact (?:us|them) (?:at|on|by|via|through)|scan the code)\b",
}
"""What leads a reader to somebody who recruits, by what it is."""
ROUTE_PATTERNS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in ROUTES.items()}
ROUTE_WORDS = frozenset(
    vocabulary(
        "http https www com org net info io me ua ru eu uk de news blog qr telegram whatsapp viber discord vkontakte signal"
        " join sign apply contact scan"
    )
)
ROUTE_SIGNS = re.compile(r"[@]|\d[\d ()./-]{5}")
"""No route is without one of these words or signs: most texts have none and need no second look."""
AGE_WORDS = frozenset({"age", "ages", "join"})
CYNICAL_WORDS = frozenset({"lie", "lies", "trust", "fake", "believe"})

AGE_WORDING = re.compile(
    r"\b(?:any|whatever|regardless of|no matter|irrespective of|of all)\b[^.]{0,40}\bages?\b"
    r"|\bages? (?:and|or) gender\b|\b(?:anyone|anybody|everyone|everybody) (?:can|may|could|is able to) join\b",
    re.IGNORECASE,
)
INVITES_READER = re.compile(
    r"\byou (?:can|may|could|should|might) (?:also |even |always )?(?:join|enlist|sign up|volunteer)\b",
    re.IGNORECASE,
)
AGE_CLAIM = "C07"
CYNICISM = re.compile(
    r"\ball (?:media|journalists|reporters|newspapers) lie\b|\btrust (?:no one|nobody|no-one)\b|\bfake news\b"
    r"|\bthey always lie\b|\beverybody lies\b|\byou can(?:no|')t believe anything\b",
    re.IGNORECASE,
)


def _of_learners(library: Library) -> Iterator[Text]:
    return (text for text in library.texts if text.audience is Audience.LEARNER)


@rule(
    "L502",
    "0 in learner content",
    "No address, e-mail, phone, handle, code, channel or instruction to contact.",
)
def no_route_to_recruiters(library: Library) -> Iterator[Problem]:
    """Look for anything that a reader could follow."""
    for text in _of_learners(library):
        if ROUTE_WORDS.isdisjoint(vocabulary(text.source)) and not ROUTE_SIGNS.search(text.source):
            continue
        for kind, pattern in ROUTE_PATTERNS.items():
            found = pattern.search(text.source)
            if found:
                remedy = "say “a website” or “a message”, and nothing that can be followed"
                yield in_text("L502", text, found.start(), kind, remedy, value=found[0].strip())


@rule(
    "L506",
    "coupled",
    "The age wording of P3 stands with its correction, and never implies that readers may join.",
)
def age_wording_is_corrected(library: Library) -> Iterator[Problem]:
    """Look for the wording of P3 without the word *adult* beside it, whoever reads it."""
    stems = {key: question.record.stem for key, question in library.questions.items()}
    for text in library.texts:
        found = None if AGE_WORDS.isdisjoint(vocabulary(text.source)) else AGE_WORDING.search(text.source)
        beside = f"{text.source} {stems.get(text.item, '')}" if not is_feedback(text) else text.source
        if found and not _speaks_of_adults(beside) and not _stands_on_its_card(library, text):
            remedy = "say beside it that fuller copies speak of adults"
            yield in_text(
                "L506", text, found.start(), "age wording without correction", remedy, value=found[0]
            )
        invites = INVITES_READER.search(text.source)
        if invites and text.audience is Audience.LEARNER:
            remedy = "say what the text says, not what readers may do"
            yield in_text(
                "L506", text, invites.start(), "seems to invite the reader", remedy, value=invites[0]
            )


@rule(
    "L506",
    "coupled",
    "The card P3 carries its correction, and a question on its age line says it in the stem.",
)
def age_claim_is_corrected(library: Library) -> Iterator[Problem]:
    """Check the card P3 itself and the questions on the claim C07."""
    for pack in library.packs:
        cards = [card for card in pack.page.cards if card.id == "P3"] if pack.page else []
        for card in cards:
            if pack.page_source and not _speaks_of_adults(card.correction or ""):
                yield Problem(
                    rule="L506",
                    file=pack.page_source.file,
                    line=pack.page_source.line("cards", 2),
                    item="P3",
                    field="correction",
                    message="the card P3 stands without its correction",
                    remedy="write in `correction:` that fuller copies speak of adults",
                )
    for question in library.questions.values():
        named = {*question.record.claims, *(part.written.get("claim") for part in parts(question))}
        if AGE_CLAIM in named and not _speaks_of_adults(question.record.stem):
            remedy = "say in the stem that fuller copies speak of adults"
            yield in_item(
                "L506", question, ("stem",), f"asks about {AGE_CLAIM} without the correction", remedy
            )


def _speaks_of_adults(text: str) -> bool:
    return re.search(r"\badults?\b", text, re.IGNORECASE) is not None


def _stands_on_its_card(library: Library, text: Text) -> bool:
    """Say whether the text is a claim that the page shows on P3 only, under that card's correction."""
    field = text.field.split(".")
    for pack in library.packs:
        if text.item == f"{pack.name}:page" and pack.page and field[0] == "claims":
            claim = pack.page.claims[int(field[1])]
            return claim.cards == ("P3",) and _speaks_of_adults(pack.page.card("P3").correction or "")
    return False


@rule("L309", "0", "Topics that are reserved for checkpoints appear nowhere else.")
def reserved_topics_stay_reserved(library: Library) -> Iterator[Problem]:
    """Look for the phrases of questions/checkpoints/reserved.yaml outside checkpoints."""
    if not library.reserved:
        return
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, library.reserved))})s?\b", re.IGNORECASE)
    firsts = {words(phrase)[0] for phrase in library.reserved}
    firsts |= {f"{word}s" for word in firsts}
    checkpoints = {
        key for key, question in library.questions.items() if question.record.use is Use.CHECKPOINT
    }
    for text in library.texts:
        found = None if firsts.isdisjoint(vocabulary(text.source)) else pattern.search(text.source)
        if found and text.item not in checkpoints:
            remedy = "choose another topic: one form of the checkpoints would profit"
            yield in_text("L309", text, found.start(), "a topic of the checkpoints", remedy, value=found[0])


@rule("L507", "0", "No key and no feedback says that nobody can be believed.")
def no_cynicism(library: Library) -> Iterator[Problem]:
    """Look in feedback and in options that are right."""
    keys = {
        (question.key, ".".join(map(str, (*part.steps, "text"))))
        for question in library.questions.values()
        for part in parts(question)
        if part.is_key
    }
    for text in library.texts:
        found = None if CYNICAL_WORDS.isdisjoint(vocabulary(text.source)) else CYNICISM.search(text.source)
        if found and (is_feedback(text) or (text.item, text.field) in keys):
            remedy = "say what would make it believable"
            yield in_text("L507", text, found.start(), "teaches to believe nobody", remedy, value=found[0])
