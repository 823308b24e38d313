"""A quiz is drawn by blueprint and seed: the same seed, the same quiz; another seed, another."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from quizapp.core.questions import Case, Question, Use
from quizapp.core.quizzes import Quiz, QuizShort, Row, draw, max_marks, variant_of


def a_question(key: str, **values: object) -> Question:
    question = Question(key, "single_choice", "S2", "<p>Who?</p>", {}, ("P7",))
    return replace(question, **values)  # type: ignore[arg-type]  # each test names real fields


def a_quiz(*rows: Row) -> Quiz:
    return Quiz("pack:quiz", "Who says so?", "pack:who", 12, rows or (Row(2, 1, skill="S2"),))


POOL = [a_question(f"pack:q{number}") for number in range(6)]


def keys(quiz: Quiz, pool: list[Question], seed: int = 1, case: Case = Case.A) -> list[str]:
    return [drawn.question.key for drawn in draw(quiz, pool, seed, case)]


def test_the_same_seed_draws_the_same_questions_whatever_the_order_of_the_pool():
    assert keys(a_quiz(), POOL, seed=7) == keys(a_quiz(), POOL[::-1], seed=7)


def test_other_seeds_draw_other_questions_about_evenly():
    drawn = Counter(key for seed in range(600) for key in keys(a_quiz(), POOL, seed=seed))

    assert set(drawn) == {question.key for question in POOL}
    assert all(150 <= count <= 250 for count in drawn.values())


def test_rows_keep_their_order_and_marks():
    pool = [*POOL, a_question("pack:write", type="short_construct")]
    quiz = a_quiz(Row(1, 2, type="short_construct"), Row(2, 1, type="single_choice"))

    drawn = draw(quiz, pool, 3, Case.A)

    assert [(d.question.type, d.marks) for d in drawn] == [
        ("short_construct", 2),
        ("single_choice", 1),
        ("single_choice", 1),
    ]
    assert max_marks(quiz) == 4
    assert quiz.length == 3


def test_never_two_of_a_family():
    pool = [a_question("pack:a", family="f"), a_question("pack:b", family="f"), a_question("pack:c")]

    for seed in range(20):
        assert "pack:c" in keys(a_quiz(), pool, seed=seed)


def test_a_slot_counts_once_and_is_asked_in_the_case_of_the_student():
    pool = [
        a_question("pack:war", slot="s", case=Case.A),
        a_question("pack:pool", slot="s", case=Case.B),
        a_question("pack:other"),
    ]

    for seed in range(20):
        a, b = keys(a_quiz(), pool, seed, Case.A), keys(a_quiz(), pool, seed, Case.B)
        assert sorted(a) == ["pack:other", "pack:war"]
        assert b == [key.replace("war", "pool") for key in a]


def test_a_slot_whose_question_stands_in_a_family_keeps_the_family_out():
    pool = [
        a_question("pack:war", slot="s", case=Case.A, family="f"),
        a_question("pack:same", family="f"),
        a_question("pack:other"),
    ]

    for seed in range(20):
        assert "pack:other" in keys(a_quiz(), pool, seed)


def test_a_row_that_takes_anything_leaves_the_particular_row_its_question():
    pool = [a_question("pack:easy", difficulty="easy"), a_question("pack:hard", difficulty="hard")]
    quiz = a_quiz(Row(1, 1), Row(1, 1, difficulty="easy"))

    for seed in range(20):
        assert keys(quiz, pool, seed) == ["pack:hard", "pack:easy"]


def test_only_questions_for_quizzes_are_drawn():
    pool = [POOL[0], a_question("pack:lesson", use=Use.LESSON), a_question("pack:practice", use=Use.PRACTICE)]

    with pytest.raises(QuizShort) as short:
        draw(a_quiz(), pool, 1, Case.A)

    assert short.value.missing == 1
    assert "2 × skill S2" in str(short.value)


def test_a_row_without_wishes_names_itself():
    assert Row(1, 1).in_words() == "1 × any question"


def test_the_variant_is_drawn_by_the_seed():
    question = a_question("pack:v", tags={"variants": [{"id": "v1"}, {"id": "v2"}]})

    assert {variant_of(question, seed) for seed in range(20)} == {"v1", "v2"}
    assert variant_of(question, 5) == variant_of(question, 5)
    assert variant_of(POOL[0], 5) is None


def test_a_quiz_survives_its_own_json():
    quiz = a_quiz(Row(2, 1, skill="S2", type="single_choice"), Row(1, 2, difficulty="hard", context="far"))

    assert Quiz.from_body(json.loads(json.dumps(quiz.to_body()))) == quiz
