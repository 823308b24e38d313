"""What only a reader can judge, and what of it the machine points at."""

from __future__ import annotations

from quizapp.content.lint.checklist import Section, checklist
from tests.content.packs import Pack, a_question, decide, key_option, line, option


def sections(pack: Pack) -> dict[str, Section]:
    return {section.title: section for section in checklist(pack.load().library)}


def boxes(section: Section) -> dict[str, tuple[str, ...]]:
    return {tick.rule: tick.items for tick in section.ticks}


def test_a_lesson_says_who_has_read_it(pack: Pack):
    unread = sections(pack)["Lesson 1: Lamps"].standing
    pack.front["read_by"] = ["Ada Example"]
    once = sections(pack)["Lesson 1: Lamps"].standing
    pack.front["read_by"] = ["Ada Example", "Ben Example"]
    twice = sections(pack)["Lesson 1: Lamps"].standing

    assert unread == "Not yet read by an editor."
    assert once == "Read by Ada Example. One more reader is wanted."
    assert twice == "Read by Ada Example, Ben Example."


def test_lines_with_a_joining_word_are_pointed_at(pack: Pack):
    lines = [line("l0", "yes", text="It is lit and it smokes."), line("l1", "no"), line("l2", "no")]
    choices = [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}]
    pack.questions.append(decide("deciding", lines, choices))

    assert boxes(sections(pack)["bank.yaml"])["L112"] == ("deciding.l0",)


def test_keys_with_a_number_are_pointed_at_and_numbers_of_lines_are_not(pack: Pack):
    for name, text in (("one", "Line 2"), ("two", "Lit for 40 days"), ("three", "On a Monday")):
        options = [key_option("a", text=text), option("b"), option("c")]
        pack.questions.append(a_question(name, settings={"options": options}))

    assert boxes(sections(pack)["bank.yaml"])["L115"] == ("two", "three")


def test_a_box_about_everything_names_nothing_and_one_about_nothing_is_left_out(pack: Pack):
    found = boxes(sections(pack)["bank.yaml"])

    assert found["L406"] == ()
    assert "L303" not in found
    assert "L112" not in found


def test_drafts_are_not_for_readers_yet(pack: Pack):
    pack.questions.append(a_question("draft", status="draft"))

    assert sections(pack)["bank.yaml"].standing == "1 questions, 0 of them live."


def test_the_names_of_vignettes_are_asked_for_once_a_pack(pack: Pack):
    assert set(boxes(sections(pack)["Vignettes of test"])) == {"L308", "L406"}
