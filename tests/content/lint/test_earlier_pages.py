"""An earlier page that a question names has to be there, with the lines that it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.packs import FEEDBACK, Example, Json, Pack, a_question, assert_example


def a_page(key: str, slot: str, case: str, *, beside: str | None = None, before: str | None = None) -> Json:
    """Return a page of twelve lines."""
    line = {"tag": "lamp:1", "text": "it is lit", "speaker": "the keeper says", "key": "claimed"}
    feedback = {"right": FEEDBACK, "wrong": FEEDBACK}
    lines = [{"id": f"l{number}", "feedback": dict(feedback)} | line for number in range(12)]
    settings: Json = {"masthead": "Lamps", "lines": lines}
    if beside is not None:
        settings["beside"] = beside
    if before is not None:
        lines[0]["before"] = before
    return a_question(key, type="ink_and_pencil", settings=settings, slot=slot, case=case)


def again(beside: str = "page", before: str | None = "l3", shown: str = "page") -> Callable[[Pack], object]:
    """Ask a page in both cases, and beside it a later one."""

    def change(pack: Pack) -> None:
        pack.questions += [a_page(f"page-{case.lower()}", "page", case) for case in "AB"]
        pack.questions += [
            a_page(f"again-{case.lower()}", "again", case, beside=beside, before=before) for case in "AB"
        ]
        twins = [a_question(f"pick-{case.lower()}", slot="pick", case=case) for case in "AB"]
        pack.questions += twins
        pack.screens["task"] = f"::: slot {shown}\n:::\n\n::: slot pick\n:::"

    return change


EXAMPLES = [
    Example("L001", again("none"), again(), "no earlier page none", "no such slot"),
    Example("L001", again("pick"), again(), "no earlier page pick", "another type"),
    Example("L001", again(shown="again"), again(), "no earlier page page", "no lesson asks it"),
    Example("L001", again(before="l99"), again(before=None), "no line l99"),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_an_earlier_page_has_to_be_there(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)
