"""How hard a text is to read, by the formula of Flesch and Kincaid with a syllable counter of our own.

The usual libraries fetch a pronouncing dictionary on first use, and a check of content has to work without a
network. Spelling tells the syllables of an English word nearly always; what it does not tell stands in `ODD`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from quizapp.content.lint.parts import words

SENTENCE_END = re.compile(r"(?<=[.!?:…])[”’\")]*\s+|\n+")
GRADED_FROM = 30
"""Words from which the grade of a single text says something."""
LONG_WORD = 3
"""Syllables from which a word counts as long."""

VOWELS = re.compile(r"(?:[aeiouäöüéèêåøáíóú]|(?<![aeiou])y|y(?![aou]|er|i))+")
SILENT = re.compile(
    r"(?<=[^aeiouylr])e$|(?<=[aeiouy][lr])e$|(?<=[aeiouy]rl)e$"  # lane and file, not table
    r"|(?<=[^aeiouylrszxcgh])es$|(?<=[aeiouy][lr])es$|(?<=[aeiouyt]h)es$"  # names, not boxes
    r"|(?<=[^aeiouylrtd])ed$|(?<=[aeiouy][lr])ed$|(?<=ll)ed$|(?<=rr)ed$"  # named, not wanted
    r"|(?<=[aeiouy][gq])ues?$|(?<=ev)e(?=ry|ning)"  # league, every
    r"|(?<=[aeiouy][^aeiouy])e(?=(?:body|book|cast|ful|hand|how|less|line|ly|ment|ness|table|thing|time|ty|where"
    r"|work)s?(?:ly)?$)"  # careful, somewhere
)
APART = re.compile(
    r"(?<=[^cstgx])i(?=[ao](?!us|n$|ns|ge|n[ct]?$))|(?<=[rv])i(?=ous)|(?<=[rn])i(?=ans?$)"  # radio, serious
    r"|(?<=[lrsz])i(?=er|est)|i(?=et)|(?<=[aeiou])ing|(?<=[^aeiou]y)ing|(?<=[nr])y(?=one)"  # easier, being
    r"|(?<=[^gq])u(?=a[lrt]|ous)|(?<=\bcr)e(?=at)|(?<=[aeiou][^aeiou])e(?=as?$)"  # usual, create, idea
    r"|e(?=o(?:gr|me|lo|s?$)|um)|o(?=e[mt])|sms?$"  # video, museum, poem
)
ODD: Mapping[str, int] = MappingProxyType(
    {"business": 2, "choir": 2, "colonel": 2, "mr": 2, "mrs": 2, "science": 2, "theatre": 3, "wednesday": 2}
    | {"arent": 1, "werent": 1, "elsewhere": 2, "whoever": 3}
)


@cache
def syllables(word: str) -> int:
    """Return how many syllables a lower-case word has; a number counts as one."""
    word = re.sub(r"(?<=[^aeiour])n't$", "net", word).replace("'", "")
    count = len(VOWELS.findall(word)) - len(SILENT.findall(word)) + len(APART.findall(word))
    return ODD.get(word, max(1, count))


def sentences(text: str) -> list[str]:
    """Return the sentences of plain text; a line of a list is one too."""
    return [sentence for sentence in SENTENCE_END.split(text) if words(sentence)]


def grade(text: str) -> float | None:
    """Return the school grade for which plain text is written, or None where there are no words.

    Kincaid, Fishburne, Rogers and Chissom, *Derivation of new readability formulas*, 1975: 0.39 words a sentence
    + 11.8 syllables a word − 15.59. Below some 30 words it says little.
    """
    there = words(text)
    if not there:
        return None
    a_sentence = len(there) / len(sentences(text))
    return 0.39 * a_sentence + 11.8 * sum(map(syllables, there)) / len(there) - 15.59


def long_words(text: str) -> list[str]:
    """Return the words of plain text with three syllables and more."""
    return [word for word in words(text) if syllables(word) >= LONG_WORD]
