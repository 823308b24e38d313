"""A mistake in a file is told with file, line, key, what is allowed, and what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizapp.content.catalogue import load_catalogue
from quizapp.content.problems import Problem
from quizapp.content.roots import pack_root
from tests.content.packs import Pack, a_question, key_option, option

BANK = "questions/banks/bank.yaml"

GOOD = """\
questions:
  - id: lamp-who
    skill: S2
    type: single_choice
    status: review
    use: quiz
    difficulty: easy
    cognitive: analyse
    context: far
    sensitivity: []
    vignette: lamp
    evidence: [lamp:1]
    stem: Who says it?
    settings:
      options:
        - {id: a, text: The keeper, key: true, feedback: Read the second half of the line once more and see who speaks in it.}
        - {id: b, text: A guest, feedback: A guest stands close to the lamp and could have said so. Who is it that speaks in it?, misconception: M03}
        - id: c
          text: Nobody
          feedback: The line looks as if it had no speaker at all. But see how it ends after the comma.
          reason: Overlooks it.
    corrects: null
    actor: null
    claims: []
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("skill: S2", "skil: S2", 3, "unknown key `skil`"),
        ("    skill: S2\n", "", 2, "`skill` is missing"),
        ("difficulty: easy", "difficulty: simple", 7, "easy, medium or hard"),
        ("type: single_choice", "type: riddle", 4, "no type 'riddle'"),
        ("id: lamp-who", "id: Lamp Who", 2, "is not well formed"),
        ("          text: Nobody\n", "", 18, "`text` is missing"),
        ("reason: Overlooks", "hint: Overlooks", 21, "unknown key `hint`"),
        ("reason: Overlooks", "hint: Overlooks", 21, "id, text, feedback, key"),
        ("{id: b, text", "{id: a, text", 14, "two options have the id"),
        ("vignette: lamp", "vignette: moon", 11, "no vignette 'moon'"),
        ("    context: far\n", "    context: far\n    slot: s\n", 2, "`slot` and `case` go together"),
        ("    sensitivity: []\n", "", 2, "`sensitivity` is missing"),
        ("status: review", "status: live", 2, "`rationale` is missing"),
        ("stem: Who", "stem: [[x-none]] Who", 13, "not YAML"),
        ("stem: Who", "stem: '[[x-none' Who", 13, "not YAML"),
        ("stem: Who says it?", "stem: '[[x-p7 who?'", 13, "a mark that is not one of ours"),
    ],
)
def test_a_slip_in_a_bank_is_told_where_it_stands(pack: Pack, old: str, new: str, line: int, says: str):
    pack.raw[BANK] = GOOD.replace(old, new, 1)

    found = [problem for problem in pack.problems() if problem.file == BANK and says in str(problem)]

    assert found, pack.problems()
    assert (found[0].line, found[0].severity) == (line, "error")
    assert found[0].remedy


def test_the_good_bank_has_no_slip(pack: Pack):
    pack.raw[BANK] = GOOD

    assert pack.problems() == []


def test_one_bad_question_does_not_hide_the_others(pack: Pack):
    pack.questions = [a_question("bad", skill=5), a_question()]

    catalogue = pack.load()

    assert [item.key for item in catalogue.of_kind("question")] == ["test:lamp-who"]
    assert not catalogue.is_publishable


def test_a_draft_may_lack_what_a_review_needs_and_is_not_published(pack: Pack):
    draft = {name: value for name, value in a_question("draft").items() if name != "difficulty"}
    pack.questions.append(draft | {"status": "draft", "vignette": None})

    catalogue = pack.load()

    assert catalogue.problems == ()
    assert [item.key for item in catalogue.drafts] == ["test:draft"]
    assert catalogue.item("question", "draft") is catalogue.drafts[0]
    assert "test:draft" not in [item.key for item in catalogue.items]


def two_values(**values: object) -> Callable[[Pack], None]:
    def change(pack: Pack) -> None:
        settings = {"options": [key_option("a", text="{name}"), option("b"), option("c")]}
        variants = [{"id": "v1", "values": {"name": "Ada"}}, {"id": "v2", "values": values}]
        pack.questions = [a_question(settings=settings, variants=variants)]

    return change


def test_variants_fill_the_same_names(pack: Pack):
    two_values(name="Bo & Co")(pack)
    assert pack.problems() == []

    two_values(names="Bo")(pack)
    said = " ".join(map(str, pack.problems()))
    assert "variant v2: no value for {name}" in said
    assert "variant v2: no text uses {names}" in said


def test_two_variants_of_one_id_are_refused(pack: Pack):
    two_values(name="Bo")(pack)
    pack.questions[0]["variants"][1]["id"] = "v1"

    assert "two variants share an id" in str(pack.problems()[0])


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("lessons/course.yaml", "pack: Not A Key\ntitle: t\nnote: n", "is not well formed"),
        ("lessons/course.yaml", "- a\n- b", "no keys in this file"),
        ("lessons/excerpts.yaml", "excerpt: []", "unknown key `excerpt`"),
        ("lessons/excerpts.yaml", "excerpts: none", "is not a list"),
        ("lessons/excerpts.yaml", "excerpts:\n- {id: x-p7-a, card: P7, text: a}\n- {id: x-p7-a, card: P7, text: b}", "stands twice"),
        ("lessons/page.yaml", "title: t\npreface: [p]\ncards: []\nclaims: []\nmore: 1", "unknown key `more`"),
        ("lessons/word-wall.yaml", "words:\n- {id: claim, term: claim}", "`meaning` is missing"),
        ("questions/skills.yaml", "skills:\n- {id: S2, strand: magic}", "sourcing, anonymity or promotional-video"),
        ("questions/misconceptions.yaml", "misconceptions:\n- {id: M03, skill: S7, text: t}", "no skill S7"),
        ("questions/names.yaml", "names: {used: [{nam: x}]}", "unknown key `nam`"),
        ("questions/checkpoints/reserved.yaml", "topics: [{id: comet}]", "`phrases` is missing"),
        ("questions/vignettes/moon.yaml", "id: lunar\ntitle: t\nkind: k\nlines: [a]", "not the name of the file"),
        ("questions/vignettes/moon.yaml", "id: moon\ntitle: t\nkind: k\nlines: []", "at least 1"),
        ("questions/quizzes/quiz.yaml", "id: quiz\ntitle: t\nminutes: 5\nblueprint: [{count: 1, marks: 0}]", "greater than or equal to 1"),
        ("questions/quizzes/quiz.yaml", "id: quiz\ntitle: t\nminutes: 5\nblueprint: [{count: 1, marks: 1, type: x}]", "no type 'x'"),
        ("questions/banks/bank.yaml", "questions: &a []", "anchors"),
    ],
)  # fmt: skip
def test_every_other_file_is_read_as_strictly(pack: Pack, file: str, text: str, says: str):
    pack.raw[file] = text

    found = [problem for problem in pack.problems() if problem.file == file and says in str(problem)]

    assert found, pack.problems()
    assert all(problem.rule == "L001" and problem.remedy for problem in found)


def test_a_skill_that_needs_nothing_known_is_told(pack: Pack):
    skill = "{id: S2, strand: sourcing, name: n, ability: a, definition: d, evidence: e, needs: [S8]}"
    pack.raw["questions/skills.yaml"] = f"skills:\n- {skill}"

    assert any("no skill S8" in str(problem) for problem in pack.problems())


def test_a_card_that_lists_no_excerpt_and_a_claim_on_no_card_are_told(pack: Pack):
    pack.cards[1]["excerpts"] = ["x-p7-none"]
    pack.claims[0]["cards"] = ["P15"]

    said = " ".join(map(str, pack.problems()))

    assert "no excerpt x-p7-none" in said
    assert "no card P15" in said


def test_a_file_that_is_not_utf_8_or_too_large_is_told(pack: Pack):
    pack.write()
    (pack.folder / "lessons/excerpts.yaml").write_bytes(b"\xff\xfe")
    (pack.folder / "lessons/word-wall.yaml").write_bytes(b"#" * 1_000_001)
    said = " ".join(map(str, _read_again(pack)))

    assert "not UTF-8" in said
    assert "too large" in said


def test_a_pack_without_a_course_has_no_name_and_is_not_read(pack: Pack):
    pack.write()
    (pack.folder / "lessons/course.yaml").unlink()

    (problem,) = _read_again(pack)

    assert "the file is missing" in str(problem)


def _read_again(pack: Pack) -> list[Problem]:
    return list(load_catalogue([pack_root(pack.folder)]).problems)
