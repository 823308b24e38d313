"""L404, L405, L408: no meaning for eyes or a mouse alone, and no language or person taken for granted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Audience, Library
from quizapp.content.lint.parts import words
from quizapp.content.lint.registry import in_text, rule
from quizapp.content.problems import Problem, Severity

PICTURE = re.compile(r"!\[([^\]]*)\]")
LEAST_ALT, MOST_ALT = 5, 40

ONE_WAY = {
    "asks for a pointing device": re.compile(
        r"\b(?:[Dd]rag|[Hh]over|[Ss]wipe|[Dd]ouble-click|[Rr]ight-click)\b"
    ),
    "points by colour alone": re.compile(
        r"\b(?:marked|shown|printed|written|set|underlined) in (?:red|green|blue|yellow|orange|purple|grey|gray)\b"
        r"|\b[Tt]he (?:red|green|blue|yellow|orange|purple|grey|gray) (?:ones?|words?|marks?|dots?|options?|answers?)\b"
    ),
    "points by place, and options are shuffled": re.compile(
        r"\b[Tt]he (?:first|second|third|last|top|bottom|upper|lower|left|right)(?:-hand)? (?:option|answer|choice)\b"
        r"|\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice) (?:[A-D]\b|above\b|below\b)"
    ),
}
OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zªºÀ-ɏ]")
GENDERED = re.compile(
    r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?|[Hh]erself|Mr|Mrs|Ms|Miss)\b(?!-)"
)


@rule("L404", "5–40 words", "The words for a picture are neither a label nor an essay.")
def pictures_are_described(library: Library) -> Iterator[Problem]:
    """Count the words of each picture; that there are any is seen while the text is read."""
    for text in library.texts:
        for found in PICTURE.finditer(text.source):
            count = len(words(found[1]))
            if count and not LEAST_ALT <= count <= MOST_ALT:
                remedy = "say what it shows and what matters in it"
                value, limit = f"{count} words", f"{LEAST_ALT}–{MOST_ALT}"
                message = "words for a picture, too few or too many"
                yield in_text("L404", text, found.start(), message, remedy, value=value, limit=limit)


@rule("L405", "0", "No text asks for a mouse, or points by colour or by the place of an option alone.")
def nothing_for_one_sense(library: Library) -> Iterator[Problem]:
    """Look where learners are spoken to; in made-up pages and in pictures anything may have a colour."""
    for text in library.texts:
        if text.audience is Audience.TEACHER or text.is_made_up:
            continue
        source = PICTURE.sub(lambda picture: " " * len(picture[0]), text.source)
        for message, pattern in ONE_WAY.items():
            found = pattern.search(source)
            if found:
                remedy = "name the line, the words or the part itself"
                yield in_text("L405", text, found.start(), message, remedy, value=found[0])


@rule(
    "L408",
    "0",
    "Other scripts stand only where their language is marked: in the translations of the word wall.",
    Severity.WARNING,
)
def languages_are_marked(library: Library) -> Iterator[Problem]:
    """Look for letters that are not Latin."""
    for text in library.texts:
        found = OTHER_SCRIPT.search(text.source)
        if found and "translations" not in text.field.split("."):
            yield in_text(
                "L408",
                text,
                found.start(),
                "letters of another script without their language",
                "write it in Latin letters, or put it into `translations:` of the word wall",
                value=found[0],
                severity=Severity.WARNING,
            )


@rule("L408", "0", "People in made-up pages are *they*, or a job, or a name.", Severity.WARNING)
def vignettes_are_neutral(library: Library) -> Iterator[Problem]:
    """Look for words that tell a gender in vignettes."""
    for text in library.texts:
        if text.item not in library.vignettes:
            continue
        for found in GENDERED.finditer(text.source):
            yield in_text(
                "L408",
                text,
                found.start(),
                "a word that tells a gender",
                "write they, the job or the name",
                value=found[0],
                severity=Severity.WARNING,
            )
