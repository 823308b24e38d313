"""The folder names lessons and slots that exist, each once, and its questions ask for verdicts on a document."""

from __future__ import annotations

import pytest
import yaml

from quizapp.core.folder import Folder
from quizapp.core.questions import Case
from tests.content.packs import Json, Pack, a_question, line

FOLDER = "lessons/folder.yaml"


def judged(case: str, **changes: object) -> Json:
    lines = [line(f"l{number}", "claimed") for number in range(3)]
    return a_question(
        f"folder-1-{case.lower()}",
        **{
            "type": "decide_lines",
            "slot": "folder-1",
            "case": case,
            "use": "lesson",
            "settings": {"choices": "verdicts", "lines": lines},
        }
        | changes,
    )


def folder(**document: str) -> str:
    about = "What it is about."
    said = {
        "title": "The folder",
        "lead": "One *case*.",
        "editions": {
            "A": {"title": "Strait", "about": about},
            "B": {"title": "Depot strike", "about": about},
        },
        "documents": [{"id": "d1", "lesson": "lamps", "slot": "folder-1"} | document],
    }
    return yaml.safe_dump(said, sort_keys=False)


@pytest.fixture
def with_folder(pack: Pack) -> Pack:
    pack.questions += [judged("A"), judged("B")]
    pack.raw[FOLDER] = folder()
    return pack


def told(pack: Pack) -> list[str]:
    return [problem.message for problem in pack.load().problems if problem.file.endswith("folder.yaml")]


def test_a_folder_is_published_with_the_questions_of_both_editions(with_folder: Pack):
    item = with_folder.load().item("folder", "folder")

    read = Folder.from_body(item.body)

    assert read.lead == "One <em>case</em>."
    assert read.editions[Case.B].title == "Depot strike"
    (document,) = read.documents
    assert document.lesson_key == "test:lamps"
    assert document.question_keys == {Case.A: "test:folder-1-a", Case.B: "test:folder-1-b"}
    assert Folder.from_body(read.to_body()) == read


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"lesson": "moons"}, "no lesson test:moons"),
        ({"slot": "moons"}, "the slot 'moons' lacks a case"),
    ],
)
def test_what_a_document_names_must_exist(with_folder: Pack, document: dict[str, str], says: str):
    with_folder.raw[FOLDER] = folder(**document)

    assert told(with_folder) == [says]


def test_its_questions_ask_for_verdicts_on_a_text(pack: Pack):
    pack.questions += [judged("A"), a_question("folder-1-b", slot="folder-1", case="B", use="lesson")]
    pack.raw[FOLDER] = folder()

    assert told(pack) == ["test:folder-1-b does not ask for verdicts on a document"]


def test_a_lesson_brings_one_document(with_folder: Pack):
    said = yaml.safe_load(folder())
    said["documents"] += [{"id": "d2", "lesson": "lamps", "slot": "folder-1"}]
    with_folder.raw[FOLDER] = yaml.safe_dump(said)

    assert told(with_folder) == ["lamps stands twice"]


def test_an_unknown_key_is_told_with_its_line(with_folder: Pack):
    with_folder.raw[FOLDER] += "colour: red\n"

    (problem,) = [one for one in with_folder.load().problems if one.file.endswith("folder.yaml")]

    assert "colour" in problem.message
    assert problem.line > 1
