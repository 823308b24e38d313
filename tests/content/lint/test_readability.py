"""Syllables and grades, counted by hand."""

from __future__ import annotations

import pytest

from quizapp.content.lint.parts import words
from quizapp.content.lint.readability import grade, long_words, sentences, syllables

COUNTED = {
    1: "a the lane clip said names asked stopped filmed through eyes stayed league year don't aren't 2026",
    2: "table tables paper wanted careful being every something create quiet didn't mayor player page's poem",
    3: "reporter video idea evidence attribute museum radio everything anyone area verified supplier theatre usual",
    4: "anonymous everybody identity photographer attribution reliable information",
    5: "university verification unreliable",
}
SHORT = "The cat sat on the mat."
"""6 words, 6 syllables, 1 sentence."""
PLAIN = "The keeper lit the lamp at six. Nobody else was there. She wrote the time in her book."
"""18 words, 21 syllables, 3 sentences."""
HARD = "Verification of anonymous allegations necessitates independent documentation."
"""7 words, 27 syllables, 1 sentence."""


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, listed in COUNTED.items() for word in listed.split()]
)
def test_syllables_are_counted_as_a_person_counts_them(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "of_words", "of_syllables", "of_sentences"),
    [(SHORT, 6, 6, 1), (PLAIN, 18, 21, 3), (HARD, 7, 27, 1)],
)
def test_the_grade_follows_from_words_syllables_and_sentences(text, of_words, of_syllables, of_sentences):
    counted = len(words(text)), sum(map(syllables, words(text))), len(sentences(text))

    assert counted == (of_words, of_syllables, of_sentences)
    assert grade(text) == pytest.approx(
        0.39 * of_words / of_sentences + 11.8 * of_syllables / of_words - 15.59
    )


@pytest.mark.parametrize(("text", "known"), [(SHORT, -1.5), (PLAIN, 0.5), (HARD, 32.7)])
def test_whole_texts_have_the_grade_that_is_known(text, known):
    assert grade(text) == pytest.approx(known, abs=0.06)


def test_a_text_without_words_has_no_grade():
    assert grade("… — …") is None


def test_a_line_of_a_list_is_a_sentence():
    assert sentences("Take:\n\n- a lamp\n- a match") == ["Take:", "- a lamp", "- a match"]


def test_long_words_have_three_syllables():
    assert long_words("The reporter asked a neighbour about the museum.") == ["reporter", "museum"]
