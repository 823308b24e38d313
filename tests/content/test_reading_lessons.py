"""A lesson is eight screens in one order; directives become blocks, and each slip has its line."""

from __future__ import annotations

import base64

import pytest

from quizapp.content.questions import lesson_from_item
from quizapp.core.lessons import Lesson
from quizapp.core.questions import Case
from quizapp.core.screens import Block, HtmlBlock, QuestionBlock, ScreenKind, SlotBlock, VignetteBlock
from tests.content.packs import Pack, a_question

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LESSON = "lessons/01-lamps/lesson.md"


def lesson_of(pack: Pack) -> Lesson:
    catalogue = pack.load()
    assert catalogue.problems == ()
    return lesson_from_item(catalogue.item("lesson", "lamps"))


def blocks(pack: Pack, text: str, kind: ScreenKind = ScreenKind.TASK) -> tuple[Block, ...]:
    pack.screens[kind.value] = text
    return lesson_of(pack).screen_of(kind).blocks


def test_the_front_matter_and_the_teacher_page_are_in_the_lesson(pack: Pack):
    pack.front |= {
        "try_tonight": "See a [hedge](word:hedge).",
        "source_notes": [{"text": "*AP*", "label": "V"}],
    }

    lesson = lesson_of(pack)

    assert (lesson.key, lesson.number, lesson.minutes) == ("test:lamps", 1, 25)
    assert lesson.try_tonight == 'See a <a class="word" href="/words#hedge">hedge</a>.'
    assert lesson.source_notes[0].text == "<em>AP</em>"
    assert [screen.kind for screen in lesson.screens] == list(ScreenKind)
    assert lesson.teacher[0].title == "Timing"
    assert lesson.teacher[-1].html == "<p>Text.</p>"


def test_directives_become_blocks_in_order(pack: Pack):
    found = blocks(
        pack,
        "Before.\n\n::: question lamp-who\n:::\n\n::: vignette lamp\n:::\n\n::: fictional\nMade *up*.\n:::\n"
        "\n::: idea\nAn idea.\n:::\nAfter.",
    )

    assert [type(block) for block in found] == [
        HtmlBlock,
        QuestionBlock,
        VignetteBlock,
        HtmlBlock,
        HtmlBlock,
        HtmlBlock,
    ]
    assert found[1] == QuestionBlock("test:lamp-who")
    assert isinstance(found[2], VignetteBlock)
    assert found[2].title == "Lamp lit"
    assert found[3] == HtmlBlock("<p>Made <em>up</em>.</p>", is_fictional=True)
    assert found[4] == HtmlBlock("<p>An idea.</p>", is_idea=True)


def test_cases_hold_text_and_other_directives(pack: Pack):
    found = blocks(
        pack, "::: case A\nOf A.\n:::\n::: case B\n::: vignette lamp\n:::\n::: fictional\nB.\n:::\n:::"
    )

    assert found[0] == HtmlBlock("<p>Of A.</p>", Case.A)
    assert isinstance(found[1], VignetteBlock)
    assert found[1].case is Case.B
    assert found[2] == HtmlBlock("<p>B.</p>", Case.B, is_fictional=True)


def test_a_slot_names_the_question_of_each_case(pack: Pack):
    own = {
        "context": "article",
        "evidence": ["P7"],
        "claims": ["C20"],
        "vignette": None,
        "sensitivity": ["sabotage"],
    }
    pack.questions += [a_question("a", slot="s", case="A", **own), a_question("b", slot="s", case="B")]

    assert blocks(pack, "::: slot s\n:::") == (SlotBlock("test:s", "test:a", "test:b"),)


def test_a_picture_is_an_asset_known_by_its_hash(pack: Pack):
    folder = pack.folder / "lessons/01-lamps/img"
    folder.mkdir(parents=True)
    (folder / "lamp.png").write_bytes(PNG)
    pack.screens["task"] = "![a small lamp that stands on a hill](img/lamp.png)"

    catalogue = pack.load()

    (asset,) = catalogue.assets
    assert catalogue.problems == ()
    assert (asset.media_type, asset.bytes) == ("image/png", PNG)
    assert f'src="/assets/{asset.sha256}"' in str(catalogue.item("lesson", "lamps").body)


@pytest.mark.parametrize("name", ["img/none.png", "../../course.yaml", "img/fake.png", "img/drawing.svg"])
def test_a_picture_that_is_none_is_told(pack: Pack, name: str):
    folder = pack.folder / "lessons/01-lamps/img"
    folder.mkdir(parents=True)
    (folder / "fake.png").write_text("<svg>")
    (folder / "drawing.svg").write_text("<svg></svg>")
    pack.screens["task"] = f"![a small lamp on a hill]({name})"

    assert [problem.message for problem in pack.problems()] == [f"no picture {name}"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("::: question none\n:::", "no question 'none'"),
        ("::: question draft\n:::", "'draft' is a draft"),
        ("::: slot none\n:::", "the slot 'none' lacks a case"),
        ("::: vignette none\n:::", "no vignette 'none'"),
        ("::: question\n:::", "of what"),
        ("::: question lamp-who\nText.\n:::", "holds text"),
        ("::: case C\nText.\n:::", "no case 'C'"),
        ("::: riddle\n:::", "no directive is called 'riddle'"),
        ("::: idea\nText.", "is not closed"),
        (":::", "closes nothing"),
        (":::: !", "not a directive"),
        ("# A heading", "opens no screen"),
        ("# riddle: A heading", "no screen is called 'riddle'"),
        ("# task: Again", "stands 2 times"),
    ],
)
def test_a_slip_is_told_where_it_stands(pack: Pack, text: str, says: str):
    pack.questions.append(a_question("draft", status="draft"))
    pack.screens["task"] = text

    found = [problem for problem in pack.problems() if says in problem.message]

    assert found, pack.problems()
    lines = (pack.folder / LESSON).read_text().split("\n")
    assert found[0].rule == "L001"
    assert lines[found[0].line - 1] in (*text.split("\n"), "# first_guess: A title")


def test_a_missing_screen_and_a_wrong_order_are_told(pack: Pack):
    missing = {kind: text for kind, text in pack.screens.items() if kind != "task"}
    whole = pack.screens
    pack.screens = missing
    assert [problem.message for problem in pack.problems()] == ["the screen task is missing"]

    pack.screens = missing | {"task": whole["task"]}
    assert [problem.message for problem in pack.problems()] == ["the screens are not in their order"]


def test_text_before_the_first_screen_is_told(pack: Pack):
    pack.write()
    text = (pack.folder / LESSON).read_text().replace("# first_guess", "Hello.\n# first_guess")
    pack.raw[LESSON] = text

    assert [problem.message for problem in pack.problems()] == ["text before the first screen"]


def test_a_lesson_without_front_matter_is_told(pack: Pack):
    pack.raw[LESSON] = "# first_guess: x\n"

    assert "no front matter" in [problem.message for problem in pack.problems()]


def test_the_teacher_page_has_its_sections_in_order(pack: Pack):
    pack.teacher = dict(reversed(pack.teacher.items()))

    (problem,) = pack.problems()

    assert problem.file.endswith("teacher.md")
    assert problem.message.startswith("the sections are Discrepancies")


def test_the_teacher_page_belongs_to_the_lesson_beside_it(pack: Pack):
    pack.raw["lessons/01-lamps/teacher.md"] = "---\nlesson: moons\n---\nHello.\n"

    messages = [problem.message for problem in pack.problems()]

    assert "not the lesson of this folder: moons" in messages
    assert "text before the first section" in messages


def test_two_lessons_of_one_key_are_told(pack: Pack):
    pack.write()
    for name in ("lesson.md", "teacher.md"):
        pack.raw[f"lessons/02-again/{name}"] = (pack.folder / f"lessons/01-lamps/{name}").read_text()

    assert [problem.message for problem in pack.problems()] == ["the key stands twice"]
