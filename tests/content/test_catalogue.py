"""What is published: items with stable keys and hashes, from the shipped pack and from further ones."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from quizapp.content.catalogue import body_hash, load_catalogue
from quizapp.content.preview import preview
from quizapp.content.problems import Problem, in_order
from quizapp.content.questions import (
    apply_variant,
    course_from_item,
    misconceptions_from_item,
    page_from_item,
    question_from_item,
    quiz_from_item,
    skills_from_item,
    words_from_item,
)
from quizapp.content.roots import content_roots, pack_root, shipped
from quizapp.content.skeletons import lesson_skeleton, question_skeleton
from quizapp.core.questions import Case, Use
from quizapp.core.quizzes import draw
from quizapp.question_types.registry import question_types
from tests.content.packs import Pack, a_question, card, key_option, option


def test_what_ships_can_be_published_and_is_checked_within_three_seconds():
    # The time of this process: what else runs beside it is no matter of the content.
    started = time.process_time()

    catalogue = load_catalogue(content_roots())

    assert [str(problem) for problem in catalogue.problems if problem.is_error] == []
    assert time.process_time() - started < 3


def test_every_quiz_that_ships_can_be_drawn_for_either_case():
    catalogue = load_catalogue(content_roots())
    pool = [question_from_item(item) for item in catalogue.of_kind("question")]

    for item in catalogue.of_kind("quiz"):
        quiz = quiz_from_item(item)
        for case in Case:
            assert len(draw(quiz, pool, 7, case)) == quiz.length


def test_each_kind_of_item_comes_back_as_a_value_of_the_core(pack: Pack):
    catalogue = pack.load()

    assert course_from_item(catalogue.item("course", "course")).lesson_keys == ("test:lamps",)
    assert course_from_item(catalogue.item("course", "course")).begins_with == "test:lamps"
    assert page_from_item(catalogue.item("page", "page")).card("F1").heading == "Lamps"
    assert words_from_item(catalogue.item("words", "words")).words[0].term == "claim"
    assert skills_from_item(catalogue.item("skills", "skills"))[1].needs == ("S2",)
    assert misconceptions_from_item(catalogue.item("misconceptions", "misconceptions")) == {"M03": "t"}
    assert quiz_from_item(catalogue.item("quiz", "quiz")).lesson == "test:lamps"
    with pytest.raises(KeyError):
        catalogue.item("question", "nothing")


def test_a_question_comes_back_with_its_vignette_and_safe_html(pack: Pack):
    pack.questions = [a_question(stem="Who says *so* in [line 2](line:2)?", use="practice", family="f")]

    item = pack.load().item("question", "lamp-who")
    question = question_from_item(item, version_id=12)

    assert (question.key, question.version_id, question.use) == ("test:lamp-who", 12, Use.PRACTICE)
    assert question.stem == 'Who says <em>so</em> in <span class="line-ref">line 2</span>?'
    assert question.family == "test:f"
    assert question.vignette is not None
    assert question.vignette["lines"][0] == "The lamp is lit, the keeper says."
    assert question_types()[question.type].parse(question.settings)
    assert (item.kind, item.language, item.line) == ("question", "en", 2)


def test_a_question_shows_a_picture_that_lies_beside_its_bank(pack: Pack):
    folder = pack.folder / "questions/banks/img"
    folder.mkdir(parents=True)
    (folder / "lamp.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    pack.questions = [a_question(stem="Who lit it? ![a small lamp on a hill](img/lamp.png)")]

    catalogue = pack.load()

    (asset,) = catalogue.assets
    assert catalogue.problems == ()
    assert f'src="/assets/{asset.sha256}"' in catalogue.item("question", "lamp-who").body["stem"]


def test_a_variant_fills_every_text_with_plain_words(pack: Pack):
    settings = {"options": [key_option("a", text="{name} & all"), option("b"), option("c")]}
    variants = [{"id": "v1", "values": {"name": "Bo <b>", "hour": 6}}]
    pack.questions = [a_question(stem="Who met {name} at {hour}?", settings=settings, variants=variants)]
    question = question_from_item(pack.load().item("question", "lamp-who"))

    filled = apply_variant(question, "v1")

    assert filled.stem == "Who met Bo &lt;b&gt; at 6?"
    assert filled.settings["options"][0]["text"] == "Bo &lt;b&gt; &amp; all"
    assert filled.variant == "v1"
    assert apply_variant(question, None) is question
    with pytest.raises(KeyError):
        apply_variant(question, "v2")


def test_the_same_files_give_the_same_hashes_and_a_changed_text_changes_one(make_pack):
    first, second, changed = make_pack("one"), make_pack("two"), make_pack("three")
    changed.questions[0]["stem"] = "Who says this?"

    hashes = [{item.key: item.hash for item in pack.load().items} for pack in (first, second, changed)]

    assert hashes[0] == hashes[1]
    assert {key for key in hashes[0] if hashes[0][key] != hashes[2][key]} == {"test:lamp-who"}


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert body_hash({"a": 1, "b": "é"}) == body_hash({"b": "é", "a": 1})


def test_a_further_pack_leans_on_the_first_and_keeps_its_own_keys(make_pack):
    first, second = make_pack("one"), make_pack("two")
    first.write()
    bank = second.folder / "questions/banks/bank.yaml"
    bank.parent.mkdir(parents=True)
    (second.folder / "lessons").mkdir()
    (second.folder / "lessons/course.yaml").write_text("pack: more\ntitle: More\nnote: n\n")
    bank.write_text(
        question_skeleton("lamp-who", "S2", "single_choice").replace("status: draft", "status: live")
    )
    first.cards.append(card("P1"))
    first.write()

    catalogue = load_catalogue([pack_root(first.folder), pack_root(second.folder)])

    assert [str(problem) for problem in catalogue.problems] == []
    assert {item.key for item in catalogue.of_kind("question")} == {"test:lamp-who", "more:lamp-who"}


@pytest.mark.parametrize("name", list(question_types()))
def test_a_new_question_of_every_type_passes_as_a_draft(tmp_path: Path, name: str):
    root = pack_root(tmp_path)
    for folder in (root.lessons, root.questions / "banks"):
        folder.mkdir(parents=True)
    (root.lessons / "course.yaml").write_text("pack: more\ntitle: More\nnote: n\n")
    (root.questions / "banks" / "new.yaml").write_text(question_skeleton("new-one", "S2", name))

    catalogue = load_catalogue([*content_roots(), root])

    assert [problem for problem in catalogue.problems if problem.item == "more:new-one"] == []
    assert catalogue.item("question", "new-one") in catalogue.drafts


def test_a_new_lesson_has_everything_in_its_place_and_says_what_to_fill_in(pack: Pack):
    for name, text in lesson_skeleton("moons", 2, "Moons", "S2").items():
        pack.raw[f"lessons/02-moons/{name}"] = text
    pack.words += [{"id": word, "term": word, "meaning": "m"} for word in ("attribution", "paraphrase")]

    problems = pack.problems()

    assert {problem.rule for problem in problems} == {"L010"}
    assert {problem.field for problem in problems} >= {"summary", "first_guess", "teacher: Timing"}


def test_a_preview_is_one_page_that_shows_keys_and_needs_nothing_else(pack: Pack):
    own = {"context": "article", "evidence": ["P7"], "claims": ["C20"], "vignette": None}
    own["stem"] = stem = "Who says that the lamp is lit?"
    pack.questions += [
        a_question("a", slot="s", case="A", **own),
        a_question("b", slot="s", case="B", stem=stem),
    ]
    pack.screens["task"] = (
        "::: case A\nOf A.\n:::\n::: slot s\n:::\n::: vignette lamp\n:::\n::: question lamp-who\n:::"
    )
    catalogue = pack.load()

    lesson, question = preview(catalogue, "lamps"), preview(catalogue, "test:lamp-who")

    assert "<h1>Lamps</h1>" in lesson
    assert lesson.count("Who says that the lamp is lit?") == 3
    assert "Teacher: Timing" in lesson
    assert "<dt>key</dt><dd>True</dd>" in question
    assert "src=" not in question
    with pytest.raises(KeyError):
        preview(catalogue, "nothing")


def test_what_ships_is_found_and_what_does_not_is_said():
    assert (shipped("lessons") / "course.yaml").is_file()
    with pytest.raises(FileNotFoundError):
        shipped("poems")


def test_what_ships_is_found_inside_an_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "quizapp"
    (package / "_shipped" / "poems").mkdir(parents=True)
    monkeypatch.setattr("quizapp.content.roots.resources.files", lambda _name: package)

    assert shipped("poems") == package / "_shipped" / "poems"


def test_a_file_of_a_further_pack_is_told_with_its_folder(tmp_path: Path):
    root = pack_root(tmp_path)

    assert root.told(tmp_path / "lessons" / "course.yaml") == "lessons/course.yaml"
    assert root.told(Path("/elsewhere/file")) == "/elsewhere/file"


def test_problems_are_told_once_and_in_order():
    one = Problem(rule="L001", file="b", line=2, message="m", remedy="r", value="v", limit="3")
    two = Problem(rule="L001", file="a", line=9, message="m", remedy="r", item="i", field="f")

    assert in_order([one, two, one]) == (two, one)
    assert str(one) == "b:2: L001 error: m (v, limit: 3) — r"
    assert str(two) == "a:9: L001 error: i f: m — r"


def test_the_course_begins_with_the_lesson_that_stands_alone() -> None:
    course = course_from_item(load_catalogue(content_roots()).item("course", "course"))

    assert course.begins_with == "second-source:who-says-so" != course.lesson_keys[0]
