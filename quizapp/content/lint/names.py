"""L308: every invented name of a made-up page is registered for it, and no name is one that may not be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quizapp.content.library import Library, Text
from quizapp.content.lint.registry import in_text, rule
from quizapp.content.markdown import plain_text
from quizapp.content.problems import Problem
from quizapp.content.records import NameRecord
from quizapp.core.questions import Use

RUN = re.compile(r"[A-ZÅÄÖÉÆØ][^\W\d_]+(?:(?: of| of the)? [A-ZÅÄÖÉÆØ][^\W\d_]+)*")
"""Capitalised words in a row: *Dara Linwick*, *Isle of Pike*."""
LETTERS = re.compile(r"[^\W\d_]+")
STARTS = re.compile(r"(?:^|[.!?:…]\W*|[“‘\"(])$")
"""What stands before the first word of a sentence or of a quotation."""
PLACE = re.compile(r"[a-z0-9][a-z0-9-]*")
EVERYBODYS = frozenset(
    LETTERS.findall(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
        " September October November December Christmas Easter English Europe Mr Mrs Ms Dr"
    )
)
"""Capitalised words that nobody invented."""


@rule(
    "L308",
    "0",
    "Each invented name of a made-up page stands in names.yaml under it, so that two pages share none by accident.",
)
def names_are_registered(library: Library) -> Iterator[Problem]:
    """Look up capitalised words; those that begin a sentence count where they are no words of the language."""
    written, names = _lower_case(library), _known_names(library)
    by_place = _by_place(library)
    for text in library.texts:
        if text.item not in library.vignettes or text.field == "kind":
            continue
        place = text.item.partition(":")[2]
        for name in invented_names(plain_text(text.html), written, names):
            if set(name.split()) <= by_place.get(place, set()):
                continue
            known = [other for other in library.names.used if set(name.split()) <= set(other.name.split())]
            message = f"a name of {known[0].where}" if known else "a name that is not registered"
            remedy = f"choose another, or name {place} in its `where:` of names.yaml"
            yield in_text("L308", text, max(0, text.source.find(name)), message, remedy, value=name)


@rule("L308", "0", "Refused names appear nowhere, and reserved ones in checkpoints only.")
def refused_names_are_absent(library: Library) -> Iterator[Problem]:
    """Look for the names that a search found taken, and those that are kept for later."""
    later = {q.key for q in library.questions.values() if q.record.use is Use.CHECKPOINT}
    for names, allowed in ((library.names.refused, set[str]()), (library.names.reserved, later)):
        for name in names:
            pattern = re.compile(rf"\b{re.escape(name.name)}\b")
            for text in library.texts:
                found = pattern.search(text.source)
                if found and text.item not in allowed:
                    yield _refused(text, found.start(), name)


def _refused(text: Text, offset: int, name: NameRecord) -> Problem:
    message = f"a name that may not be used here{f': {name.why}' if name.why else ''}"
    return in_text("L308", text, offset, message, "choose another", value=name.name)


def invented_names(text: str, written: frozenset[str], names: frozenset[str]) -> Iterator[str]:
    """Yield the names in plain text.

    ``written`` are words that are known in lower case. A word that begins a sentence may be any word: alone it
    counts only where it is one of ``names``, known from elsewhere.
    """
    for found in RUN.finditer(text):
        run = [word for word in found[0].split() if not {word, word.removesuffix("s")} & EVERYBODYS]
        is_start = STARTS.search(text[: found.start()]) is not None
        if not run or (is_start and len(run) == 1 and (run[0] not in names or _is_word(run[0], written))):
            continue
        # "When Hal Orsted came": the first word of a sentence belongs to the name only where the rest is no name.
        if is_start and _is_word(run[0], written) and not all(_is_word(word, written) for word in run[1:]):
            run = run[1:]
        name = " ".join(word for word in run if word[0].isupper())
        yield name


def _is_word(word: str, written: frozenset[str]) -> bool:
    plain = word.lower()
    return bool({plain, f"{plain}s", plain.removesuffix("s")} & written)


def _lower_case(library: Library) -> frozenset[str]:
    return frozenset(
        word for text in library.texts for word in LETTERS.findall(plain_text(text.html)) if word[0].islower()
    )


def _known_names(library: Library) -> frozenset[str]:
    """Return the words of registered names, and those that stand capitalised within a sentence of a made-up page."""
    registered = {word for name in library.names.used for word in LETTERS.findall(name.name)}
    pages = [
        plain_text(text.html)
        for text in library.texts
        if text.item in library.vignettes and text.field.startswith("lines")
    ]
    within = {
        word
        for page in pages
        for found in RUN.finditer(page)
        if not STARTS.search(page[: found.start()])
        for word in found[0].split()
    }
    return frozenset(registered | within) - EVERYBODYS


def _by_place(library: Library) -> Mapping[str, set[str]]:
    """Return the words of the names by the ids that their `where:` holds."""
    found: dict[str, set[str]] = {}
    for name in library.names.used:
        for place in PLACE.findall(name.where):
            found.setdefault(place, set()).update(LETTERS.findall(name.name))
    return found
