"""L401, L402, L403: the words that learners read are plain, and terms lead to the word wall at their first use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.content.library import Audience, Library, Text
from quizapp.content.lint.parts import words
from quizapp.content.lint.readability import GRADED_FROM, grade, long_words, sentences
from quizapp.content.lint.registry import in_text, rule
from quizapp.content.measures import read_words
from quizapp.content.problems import Problem, Severity
from quizapp.core.screens import ScreenKind

WARNED_GRADE, REFUSED_GRADE = 9, 11
LONGEST_SENTENCE = 28
MOST_LONG_WORDS = 12
SCREENS = frozenset(map(str, ScreenKind))
EVERYDAY = frozenset(
    words(
        "afternoon already animal another answer anybody anyone anything article beautiful camera everybody everyone"
        " everything exercise exactly family families holiday hospital however idea ideas important internet interview"
        " library museum newspaper nobody november october december september area officer official opposite"
        " person photograph photographer possible probably question quotation radio reporter saturday several"
        " somebody telephone together tomorrow umbrella understand video visitor visitors yesterday"
    )
)
"""Long words that readers of twelve know."""
BOLD = re.compile(r"\*\*.+?\*\*")
"""Verdicts and kinds are printed in bold; *No source given* is not a use of the word source."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are read together, and where they start."""

    first: Text
    words: str

    @property
    def count(self) -> int:
        """How many words there are."""
        return len(words(self.words))

    @property
    def is_long(self) -> bool:
        """There are enough words for a grade."""
        return self.count >= GRADED_FROM


def _together(texts: list[Text]) -> Passage:
    return Passage(texts[0], "\n".join(read_words(text.html) for text in texts))


def _of_questions(library: Library) -> Iterator[Passage]:
    for text in library.texts:
        if text.item in library.questions and text.audience is Audience.LEARNER:
            yield Passage(text, read_words(text.html))


def _grouped(library: Library, items: set[str], *, by_field: bool) -> list[Passage]:
    """Join the texts of each item, or of each field of it, such as a screen."""
    groups: dict[tuple[str, str], list[Text]] = {}
    for text in library.texts:
        if text.item in items and text.audience is Audience.LEARNER and not _is_label(text):
            groups.setdefault((text.item, text.field if by_field else ""), []).append(text)
    return [_together(texts) for texts in groups.values()]


def _is_label(text: Text) -> bool:
    """Words that stand alone: headings, titles and what is written in a drawing."""
    return text.field.endswith(("title", "heading", "kind")) or text.field.startswith("drawings.")


def _is_note(passage: Passage) -> bool:
    """Notes name institutions, dates and resolutions, whose names are as long as they are."""
    return passage.first.field.startswith("source_notes")


def prose_passages(library: Library) -> list[Passage]:
    """Return the screens of the lessons and the texts of the page, each as one passage."""
    prose = {*library.lessons, *(f"{pack.name}:page" for pack in library.packs)}
    return _grouped(library, prose, by_field=True)


def vignette_passages(library: Library) -> list[Passage]:
    """Return each made-up page as one passage."""
    return _grouped(library, set(library.vignettes), by_field=False)


@rule(
    "L401",
    "warned above grade 9, error above 11, from 30 words on; 28 words a sentence",
    "Questions, feedback and made-up pages are written for grades 6 to 9 (Flesch-Kincaid).",
    Severity.WARNING,
    Severity.ERROR,
)
def questions_are_plain(library: Library) -> Iterator[Problem]:
    """Grade what has enough words, and look for long sentences everywhere."""
    for passage in (*_of_questions(library), *vignette_passages(library)):
        if passage.count <= LONGEST_SENTENCE:
            continue
        yield from _grade("L401", passage)
        for sentence in sentences(passage.words):
            count = len(words(sentence))
            if count > LONGEST_SENTENCE:
                yield in_text(
                    "L401",
                    passage.first,
                    0,
                    "a long sentence",
                    f"split it: {sentence[:40]}…",
                    value=f"{count} words",
                    limit=str(LONGEST_SENTENCE),
                )


@rule(
    "L402",
    "warned above grade 9, error above 11",
    "Each screen and card is written for grades 6 to 9 (Flesch-Kincaid).",
    Severity.ERROR,
    Severity.WARNING,
)
def lessons_are_plain(library: Library) -> Iterator[Problem]:
    """Grade the screens of lessons and the cards of the page."""
    for passage in prose_passages(library):
        yield from _grade("L402", passage)


def _grade(rule_id: str, passage: Passage) -> Iterator[Problem]:
    found = grade(passage.words) if passage.is_long else None
    if found is not None and found > WARNED_GRADE:
        yield in_text(
            rule_id,
            passage.first,
            0,
            "hard to read",
            "shorter sentences, shorter words",
            value=f"grade {found:.1f}",
            limit=str(WARNED_GRADE),
            severity=Severity.ERROR if found > REFUSED_GRADE else Severity.WARNING,
        )


@rule(
    "L403",
    "12% of the words",
    "Words of three syllables and more that the word wall does not explain are few.",
    Severity.WARNING,
)
def long_words_are_few(library: Library) -> Iterator[Problem]:
    """Count long words in screens, cards and made-up pages; terms and invented names are known."""
    known = EVERYDAY | set(words(" ".join(_terms(library).values())))
    known |= {word for name in library.names.used for word in words(name.name)}
    for passage in (*prose_passages(library), *vignette_passages(library)):
        unknown = [word for word in long_words(passage.words) if not {word, word.removesuffix("s")} & known]
        count = len(words(passage.words))
        if passage.is_long and not _is_note(passage) and 100 * len(unknown) > MOST_LONG_WORDS * count:
            yield in_text(
                "L403",
                passage.first,
                0,
                "many long words",
                f"say some shorter: {', '.join(dict.fromkeys(unknown[:6]))}",
                value=f"{100 * len(unknown) // count}%",
                limit=f"{MOST_LONG_WORDS}%",
                severity=Severity.WARNING,
            )


@rule(
    "L403",
    "at the first use",
    "A lesson links its terms to the word wall where it first uses them.",
    Severity.WARNING,
)
def terms_are_linked(library: Library) -> Iterator[Problem]:
    """Follow the screens of each lesson; made-up text and bold verdicts use no terms."""
    terms = _terms(library)
    screens: dict[str, list[Text]] = {}
    for text in library.texts:
        if text.field in SCREENS and text.audience is Audience.LEARNER and not text.is_made_up:
            screens.setdefault(text.item, []).append(text)
    for lesson in library.lessons.values():
        for word in lesson.lesson.words:
            if word in terms:
                yield from _first_use(word, terms[word], screens.get(lesson.key, []))


def _terms(library: Library) -> dict[str, str]:
    return {
        word["id"]: word["term"] for pack in library.packs for word in (pack.words or {}).get("words", ())
    }


def _first_use(word: str, term: str, texts: list[Text]) -> Iterator[Problem]:
    pattern = re.compile(rf"\[[^\]]+\]\(word:{word}\)|\b{re.escape(term)}s?\b", re.IGNORECASE)
    for text in texts:
        found = pattern.search(BOLD.sub(lambda bold: " " * len(bold[0]), text.source))
        if found is None:
            continue
        if not found[0].startswith("["):
            remedy = f"write [{found[0]}](word:{word}) there"
            message = "a term of the word wall, used before it is linked"
            yield in_text(
                "L403", text, found.start(), message, remedy, value=found[0], severity=Severity.WARNING
            )
        return
