"""A lesson answers what its pages ask, and survives its own JSON."""

from __future__ import annotations

import json

import pytest

from quizapp.core.lessons import Course, Lesson, SourceNote, TeacherSection
from quizapp.core.page import Card, Claim, Excerpt, Page, Voice, Word, WordWall
from quizapp.core.questions import Case, Verdict
from quizapp.core.screens import HtmlBlock, QuestionBlock, Screen, ScreenKind, SlotBlock, VignetteBlock

GUESS = QuestionBlock("pack:guess")
BLOCKS = {
    ScreenKind.FIRST_GUESS: (HtmlBlock("<p>Look.</p>"), GUESS),
    ScreenKind.TASK: (
        HtmlBlock("<p>Of the war.</p>", case=Case.A),
        VignetteBlock("pack:pool", "Pool shuts", "local news", ("<em>One</em>", "Two"), case=Case.B),
        SlotBlock("pack:page", "pack:page-a", "pack:page-b"),
    ),
    ScreenKind.EXIT_CHECK: (QuestionBlock("pack:exit"), QuestionBlock("pack:exit-b", case=Case.B)),
    ScreenKind.GUESS_AGAIN: (GUESS,),
}


def a_lesson() -> Lesson:
    return Lesson(
        key="pack:who",
        number=2,
        title="Who says so?",
        skill="S2",
        summary="One line.",
        case_b="a report about a pool",
        objectives=("Split a text into claims.",),
        words=("claim",),
        try_tonight="<p>Look at one post.</p>",
        provenance="<p>From here.</p>",
        screens=tuple(Screen(kind, str(kind).title(), BLOCKS.get(kind, ())) for kind in ScreenKind),
        teacher=(TeacherSection("Timing", "<p>25 minutes</p>"),),
        source_notes=(SourceNote("AP asks for reasons.", "V"),),
    )


def test_a_lesson_survives_its_own_json():
    lesson = a_lesson()

    assert Lesson.from_body(json.loads(json.dumps(lesson.to_body()))) == lesson


def test_each_case_has_its_own_questions():
    lesson = a_lesson()

    assert lesson.question_keys(Case.A) == ("pack:guess", "pack:page-a", "pack:exit")
    assert lesson.question_keys(Case.B) == ("pack:guess", "pack:page-b", "pack:exit", "pack:exit-b")
    assert len(lesson.all_question_keys()) == 5


def test_a_reader_of_one_case_does_not_see_the_other():
    task = a_lesson().screen_of(ScreenKind.TASK)

    assert [type(block) for block in task.blocks_for(Case.A)] == [HtmlBlock, SlotBlock]
    assert [type(block) for block in task.blocks_for(Case.B)] == [VignetteBlock, SlotBlock]


def test_only_the_exit_check_asks_how_sure():
    assert [screen.number for screen in a_lesson().screens if screen.asks_sure] == [6]


def test_the_first_guess_is_compared_where_it_is_asked_again():
    assert a_lesson().compared_keys(Case.A) == ("pack:guess",)


def test_the_minutes_left_run_down_to_the_extension_which_is_extra():
    lesson = a_lesson()

    assert [lesson.minutes_left_after(number) for number in (0, 1, 4, 6, 7, 8)] == [25, 23, 7, 1, 0, 0]


def test_a_lesson_has_no_screen_beside_its_eight():
    for number in (0, 9):
        with pytest.raises(KeyError):
            a_lesson().screen(number)
    assert a_lesson().screen(8).kind is ScreenKind.EXTENSION


def test_a_course_survives_its_own_json():
    course = Course("pack:course", "Second Source", "Why.", ("pack:who",))

    assert Course.from_body(course.to_body()) == course


def test_a_page_survives_its_own_json_and_finds_cards_and_claims():
    seven = Card("P7", "Clips", "<p>Retold.</p>", "The page", (Excerpt("x-p7-a", "P7", "a word"),))
    footer = Card("F", "Furniture", "<p>Comments.</p>", "Nobody", correction="<p>Not.</p>")
    keyed = Claim("C20", ("P7",), "Supplied.", Voice.NARRATOR, Verdict.BACKED, Verdict.BACKED, "Said so.")
    open_claim = Claim("C18", ("P6",), "Praise.", Voice.PARAPHRASE, None, None, "Mixed.")
    page = Page("The page, retold", ("<p>Why.</p>",), (seven, footer), (keyed, open_claim))

    assert Page.from_body(json.loads(json.dumps(page.to_body()))) == page
    assert page.card("F2") is footer
    assert page.claim("C20") is keyed
    assert page.claims_on("P7") == (keyed,)
    with pytest.raises(KeyError):
        page.card("P16")
    with pytest.raises(KeyError):
        page.claim("C99")


def test_a_word_wall_gives_the_words_of_a_lesson_in_its_order():
    claim, hedge = Word("claim", "claim", "What is said.", {}), Word("hedge", "hedge", "Doubt.", {"uk": "…"})
    wall = WordWall((claim, hedge))

    assert wall.some(("hedge", "nothing", "claim")) == (hedge, claim)
    assert WordWall.from_body(json.loads(json.dumps(wall.to_body()))) == wall
