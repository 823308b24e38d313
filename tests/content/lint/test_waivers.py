"""L009: what a waiver silences, and what a waiver needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.packs import Example, Json, Pack, a_question, assert_example, key_option, option

WHY = "The key is the name of the office in full, and a shorter one would be another office."


def waiver(**changes: object) -> Json:
    return {"rule": "L110", "reason": WHY, "signed_by": "Ada Example", "date": "2026-11-22"} | changes


def waived(*waivers: Json, stem: str = "The lamp is lit.") -> Callable[[Pack], object]:
    """Ask a question whose stem asks nothing, with these waivers."""
    return lambda pack: pack.questions.append(a_question("other", stem=stem, waivers=list(waivers)))


def unsigned(name: str) -> Json:
    return {key: value for key, value in waiver().items() if key != name}


EXAMPLES = [
    Example("L009", waived(unsigned("signed_by")), waived(waiver()), "the waiver is not signed"),
    Example("L009", waived(unsigned("date")), waived(waiver()), "the waiver is not signed", "without a day"),
    Example("L009", waived(unsigned("reason")), waived(waiver()), "no reason"),
    Example("L009", waived(waiver(reason="It is fine as it is.")), waived(waiver()), "hardly one"),
    Example("L009", waived(waiver(), stem="Who lit it?"), waived(waiver()), "silences nothing: L110"),
    Example("L009", waived(waiver(rule="L502")), waived(waiver()), "no error can be waived"),
    Example("L009", waived(waiver(rule="L999")), waived(waiver()), "no rule L999"),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)


def test_a_waiver_silences_its_rule_on_its_item_and_is_listed(pack: Pack):
    waived(waiver())(pack)
    pack.questions.append(a_question("third", stem="The lamp is out."))

    catalogue = pack.load()

    assert [(problem.rule, problem.item) for problem in catalogue.problems] == [("L110", "test:third")]
    assert [(one.problem.item, one.waiver.reason) for one in catalogue.waived] == [("test:other", WHY)]


def test_an_unsigned_waiver_silences_nothing(pack: Pack):
    waived(unsigned("signed_by"))(pack)

    assert {problem.rule for problem in pack.problems()} == {"L009", "L110"}


def test_a_fourth_option_can_be_waived_and_no_other_error(pack: Pack):
    four = [key_option("a"), option("b"), option("c"), option("d")]
    waivers = [waiver(rule="L002"), waiver(rule="L206")]
    four[3]["feedback"] = f"Nice try. {four[3]['feedback']}"
    pack.questions.append(a_question("other", settings={"options": four}, waivers=waivers))

    catalogue = pack.load()

    assert [one.problem.rule for one in catalogue.waived] == ["L002"]
    assert {(problem.rule, problem.severity) for problem in catalogue.problems} == {
        ("L206", "error"),
        ("L009", "warning"),
    }


def test_lessons_and_vignettes_can_have_waivers(pack: Pack):
    pack.screens["first_guess"] = "Short words. " * 16
    pack.front["waivers"] = [waiver(rule="L407")]
    pack.vignettes[0]["waivers"] = [waiver(rule="L407", signed_by="")]

    catalogue = pack.load()

    assert {one.problem.item for one in catalogue.waived} == {"test:lamps"}
    assert [(problem.rule, problem.item) for problem in catalogue.problems] == [("L009", "test:lamp")]


def test_waivers_are_not_published(pack: Pack):
    waived(waiver())(pack)

    assert "waivers" not in pack.load().item("question", "test:other").body
