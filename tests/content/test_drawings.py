"""Drawings are read from the file beside a lesson, and each slip has its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizapp.content.questions import lesson_from_item
from quizapp.content.yaml_reader import read_yaml
from quizapp.core.drawings.values import AnnotatedPage, Chain
from quizapp.core.questions import Case
from quizapp.core.screens import Block, DrawingBlock, ScreenKind
from tests.content.packs import Pack

FILE = "lessons/01-lamps/drawings.yaml"
SHOWN = "::: drawing lamps\n:::"
DOCUMENTATION = Path(__file__).parents[2] / "docs/reference/content-formats.md"


def a_chain(**changes: object) -> dict[str, Any]:
    return {
        "id": "lamps",
        "kind": "chain",
        "title": "How it came here",
        "alt": "A person leads to one page.",
        "nodes": [
            {"id": "keeper", "kind": "person", "text": "The keeper"},
            {"id": "report", "kind": "page", "text": "The report"},
        ],
        "arrows": [{"from": "keeper", "to": "report", "label": "said"}],
    } | changes


def a_page(**changes: object) -> dict[str, Any]:
    parts = [
        {"part": "headline", "text": "Lamp lit", "note": "A *short* one, see [P7]."},
        {"part": "byline", "missing": True},
    ]
    return {
        "id": "lamps",
        "kind": "annotated_page",
        "title": "T",
        "alt": "A page in bare outline.",
        "parts": parts,
    } | changes


def with_drawings(pack: Pack, *drawings: object, text: str = SHOWN) -> Pack:
    pack.raw[FILE] = yaml.safe_dump({"drawings": list(drawings)}, sort_keys=False)
    pack.screens["task"] = text
    return pack


def blocks(pack: Pack) -> tuple[Block, ...]:
    catalogue = pack.load()
    assert not [
        problem for problem in catalogue.problems if problem.file == FILE or "drawing" in str(problem)
    ]
    return lesson_from_item(catalogue.item("lesson", "lamps")).screen_of(ScreenKind.TASK).blocks


def told(pack: Pack) -> list[tuple[str, str]]:
    return [(problem.rule, problem.message) for problem in pack.problems() if problem.file == FILE]


def test_a_drawing_stands_where_its_directive_is(pack: Pack):
    text = f"::: case B\n::: fictional\n{SHOWN}\n:::\n:::"

    [block] = blocks(with_drawings(pack, a_chain(), text=text))

    assert isinstance(block, DrawingBlock)
    assert isinstance(block.drawing, Chain)
    assert (block.case, block.is_fictional) == (Case.B, True)
    assert block.drawing.arrows[0].label == "said"


def test_notes_are_markdown_and_other_texts_are_plain_words(pack: Pack):
    [block] = blocks(with_drawings(pack, a_page(title="Less < more")))

    assert isinstance(block, DrawingBlock)
    assert isinstance(block.drawing, AnnotatedPage)
    assert block.drawing.title == "Less < more"
    assert block.drawing.parts[0].note == 'A <em>short</em> one, see <a class="tag" href="/page#P7">¶ P7</a>.'
    assert block.drawing.parts[1].is_missing


@pytest.mark.parametrize(
    ("drawing", "rule", "says", "written"),
    [
        (a_chain(kind="riddle"), "L001", "a drawing of no kind", "kind: riddle"),
        (a_chain(colour="red"), "L001", "unknown key `colour`", "colour: red"),
        (a_chain(arrows=[{"from": "keeper"}]), "L001", "`to` is missing", "- from: keeper"),
        (a_chain(arrows=[{"from": "keeper", "to": "x"}]), "L001", "no node is called x", "to: x"),
        (a_chain(alt="A lamp"), "L404", "too few or too many", "alt: A lamp"),
        (a_chain(alt="lamp " * 41), "L404", "too few or too many", "alt:"),
        (a_page(parts=[{"part": "nose"}, {"part": "date"}]), "L001", "'nose' is not allowed", "part: nose"),
        (a_page(parts=[{"part": "date"}, {"part": "text"}]), "L001", "no part has a note", "parts:"),
    ],
)
def test_a_slip_is_told_where_it_stands(pack: Pack, drawing: object, rule: str, says: str, written: str):
    found = [one for one in with_drawings(pack, drawing).problems() if says in one.message]

    assert [(one.rule, one.file) for one in found] == [(rule, FILE)]
    assert found[0].remedy
    assert written in pack.raw[FILE].split("\n")[found[0].line - 1]


def test_a_drawing_that_is_not_there_is_told_in_the_lesson(pack: Pack):
    pack.screens["task"] = SHOWN

    [problem] = [one for one in pack.problems() if "no drawing" in one.message]

    assert (problem.rule, problem.file) == ("L001", "lessons/01-lamps/lesson.md")
    assert "drawings.yaml" in problem.remedy


def test_a_drawing_that_nobody_sees_is_a_warning(pack: Pack):
    with_drawings(pack, a_chain(), text="Text.")

    [problem] = [one for one in pack.problems() if one.file == FILE]

    assert (problem.message, problem.is_error) == ("no screen shows it", False)


def test_an_id_stands_once_and_the_file_holds_drawings_only(pack: Pack):
    assert told(with_drawings(pack, a_chain(), a_chain())) == [("L001", "the id lamps stands twice")]

    pack.raw[FILE] = "pictures: []\n"
    assert ("L001", "unknown key `pictures`") in told(pack)
    assert ("L001", "`drawings:` is not a list") in told(pack)


def test_what_a_drawing_quotes_has_to_stand_somewhere(pack: Pack):
    page = a_page(
        parts=[{"part": "quote", "text": "“The lamps of the town are out”", "note": "Who?"}, {"part": "date"}]
    )

    assert "L302" in {rule for rule, _ in told(with_drawings(pack, page))}
    assert "L302" not in {
        rule for rule, _ in told(with_drawings(pack, page, text=f"::: fictional\n{SHOWN}\n:::"))
    }


def test_words_in_a_drawing_take_time_and_are_no_prose(pack: Pack):
    note = "A lamp is lit. " * 60
    pack = with_drawings(pack, a_page(parts=[{"part": "date", "note": note}, {"part": "text"}]))
    pack.screens["guess_again"], pack.screens["task"] = pack.screens["task"], "Text."

    found = [one.message for one in pack.problems("L407")]

    assert found == ["takes too long"]


def test_the_examples_of_the_documentation_are_read(pack: Pack):
    [written] = re.findall(
        r"```yaml\n(drawings:\n.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL
    )
    examples = read_yaml(written).value["drawings"]
    text = "\n\n".join(f"::: drawing {one['id']}\n:::" for one in examples)

    assert len(blocks(with_drawings(pack, *examples, text=text))) == 3
