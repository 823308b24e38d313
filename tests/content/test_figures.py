"""The content in counts, as the files have it: what is counted, how it reads, and whether keys give themselves away."""

from __future__ import annotations

import pytest

from quizapp.content.figures import (
    CONTEXTS,
    DIFFICULTIES,
    LEVELS,
    ContentFigures,
    Shelf,
    figures_of,
    shelf_of,
)
from quizapp.content.lint.parts import words
from quizapp.content.reading_figures import Reading
from quizapp.core.questions import Use
from quizapp.core.screens import ScreenKind
from tests.content.packs import Pack, a_question, decide, feedback_on, key_option, option, verdict_lines


def counted(pack: Pack) -> ContentFigures:
    return figures_of(shelf_of(pack.load().library))


def test_a_skill_is_counted_by_use_type_difficulty_case_and_level(pack: Pack):
    pack.questions += [
        a_question("hard", difficulty="hard", cognitive="evaluate", context="near", use="practice"),
        decide("lines", verdict_lines()),
        a_question("draft", status="draft"),
    ]

    figures = counted(pack)
    skill = figures.skills[0]

    assert figures.questions == skill.questions == 3
    assert dict(zip(figures.uses, skill.by_use, strict=True))[Use.PRACTICE] == 1
    assert dict(zip(map(str, figures.types), skill.by_type, strict=True)) == {"Decide each": 1, "Pick one": 2}
    assert dict(zip(DIFFICULTIES, skill.by_difficulty, strict=True)) == {"easy": 2, "medium": 0, "hard": 1}
    assert dict(zip(CONTEXTS, skill.by_context, strict=True)) == {"article": 0, "near": 1, "far": 2}
    assert dict(zip(LEVELS, skill.by_level, strict=True))["evaluate"] == 1


def test_a_misconception_is_counted_once_a_question_and_by_the_lessons_that_test_it(pack: Pack):
    pack.questions.append(a_question("taught", use="lesson"))
    pack.front["refutes"] = ["M03"]

    (found,) = counted(pack).misconceptions

    assert (found.questions, found.in_bank, found.refutations) == (2, 1, 1)


def test_a_paragraph_is_counted_where_a_question_on_the_article_rests_on_it(pack: Pack):
    pack.questions += [
        a_question("page", context="article", slot="s", case="A", evidence=["P7", "F2"], vignette=None),
        a_question("twin", slot="s", case="B"),
    ]

    found = {one.id: one.questions for one in counted(pack).paragraphs}

    assert found == {"P3": 0, "P7": 1, "F": 1}


def test_what_is_asked_is_graded_apart_from_feedback_and_made_up_pages(pack: Pack):
    found = {one.reading: one for one in counted(pack).levels}

    assert found[Reading.ASKED].texts == 4  # the stem and three options
    assert found[Reading.FEEDBACK].words == 3 * len(feedback_on("a").split())
    assert found[Reading.MADE_UP].texts == 1
    assert found[Reading.LESSONS].texts == len(ScreenKind)
    assert found[Reading.ASKED].hardest is None


def test_the_hardest_text_is_named(pack: Pack):
    hard = "Independent verification of anonymous allegations necessitates documentation. " * 5
    pack.questions.append(a_question("thick", stem=hard))

    found = {one.reading: one for one in counted(pack).levels}[Reading.ASKED]

    assert found.hardest_key == "thick"
    assert found.hardest is not None
    assert found.hardest > found.grade


def test_keys_are_counted_by_place_and_length(pack: Pack):
    pack.questions.append(
        a_question("third", settings={"options": [option("a"), option("b"), key_option("c", text="A")]})
    )

    keys = counted(pack).keys

    assert keys.places == (1, 0, 1)
    assert keys.longest == pytest.approx(1 / 3)  # the three of the first are alike in length
    assert keys.longest_percent == 17
    assert keys.key_characters == (len("Answer a") + len("A")) / 2


def test_a_screen_takes_the_time_of_its_words_and_decisions(pack: Pack):
    pack.screens["task"] = "Word " * 75 + "\n\n::: question lines\n:::"
    pack.questions.append(decide("lines", verdict_lines(), vignette=None, evidence=["P7"]))

    (lesson,) = counted(pack).lessons
    task = lesson.screens[ScreenKind.TASK.number - 1]
    read = 75 + len(words("Who says it, by lines?")) + 7 * len(words("The lamp l0 is lit."))

    assert task.minutes == 9
    assert task.takes == pytest.approx(read / 150 + 7 * 20 / 60)


def test_an_empty_shelf_has_figures_too():
    figures = figures_of(Shelf())

    assert figures.questions == figures.keys.longest_percent == 0
    assert figures.levels == figures.lessons == figures.claims == ()
