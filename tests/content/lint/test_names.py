"""L308: invented names are registered for the page that they stand on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizapp.content.lint.names import invented_names
from quizapp.content.lint.parts import words
from tests.content.packs import Example, Pack, a_question, assert_example

WRITTEN = frozenset(words("the lamp keeper when street mill on asked a clerk"))


def names(**lists: list[dict[str, str]]) -> dict[str, object]:
    used = [{"name": "Dara Linwick", "where": "vignette lamp"}]
    return {"names": {"used": used, **lists}}


def on_page(line: str, **lists: list[dict[str, str]]) -> Callable[[Pack], object]:
    """Write a line on the made-up page, and a register of names."""

    def change(pack: Pack) -> None:
        pack.vignettes[0]["lines"].append(line)
        pack.names = names(**lists)

    return change


def on_two_pages(where: str) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        pack.names = names(used=[{"name": "Hillway", "where": where}])
        pack.vignettes[0]["lines"].append("The lamp of Hillway is lit.")
        pack.vignettes.append(
            {"id": "oil", "title": "Oil", "kind": "local news", "lines": ["The oil is in Hillway."]}
        )

    return change


REFUSED = [{"name": "Brightlamp", "why": "a firm has that name"}]

EXAMPLES = [
    Example("L308", on_page("We met Tilda Marron."), on_page("We met Dara Linwick."), "Tilda Marron"),
    Example("L308", on_page("We met Marron."), on_page("On Monday we met Linwick."), "not registered"),
    Example(
        "L308",
        on_two_pages("vignette oil"),
        on_two_pages("vignettes oil and lamp"),
        "a name of vignette oil",
    ),
    Example(
        "L308",
        on_page("The Brightlamp was lit.", used=[{"name": "Brightlamp", "where": "lamp"}], refused=REFUSED),
        on_page("The bright lamp was lit.", refused=REFUSED),
        "a firm has that name",
    ),
    Example(
        "L308",
        lambda pack: (
            setattr(pack, "names", names(reserved=[{"name": "Eskerby"}])),
            pack.questions.append(a_question("other", stem="Who lit it in Eskerby?")),
        ),
        lambda pack: setattr(pack, "names", names(reserved=[{"name": "Eskerby"}])),
        "may not be used here",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The keeper asked Dara Linwick.", ["Dara Linwick"]),
        ("When Hal Orsted asked, the clerk slept.", ["Hal Orsted"]),
        ("Mill Street is dark.", ["Mill Street"]),
        ("On Monday the lamp was lit. Thirteen saw it.", []),
        ("Linwick asked a clerk.", ["Linwick"]),
        ("“Keeper,” said Mr Orsted, “lamps.”", ["Orsted"]),
    ],
)
def test_names_are_told_from_words_that_begin_a_sentence(text, found):
    assert list(invented_names(text, WRITTEN, frozenset({"Linwick", "Orsted"}))) == found
