"""L102 to L114: options, stems and places that do not give the key away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.packs import Example, Json, Pack, a_question, assert_example, key_option, option, order


def ask(*given: Json, **changes: object) -> Callable[[Pack], object]:
    """Ask another question with these options."""
    settings = {"options": list(given)} if given else a_question()["settings"]
    return lambda pack: pack.questions.append(a_question("other", settings=settings, **changes))


def of_three(key: str, second: str, third: str, **changes: object) -> Callable[[Pack], object]:
    """Ask to pick one of three texts, the first of which is right."""
    return ask(key_option("a", text=key), option("b", text=second), option("c", text=third), **changes)


def stem(text: str, **changes: object) -> Callable[[Pack], object]:
    return ask(stem=text, **changes)


def many(places: str, *, use: str = "quiz", longest: bool = False) -> Callable[[Pack], object]:
    """Ask as many questions as there are places; each place says where its key stands."""

    def change(pack: Pack) -> None:
        pack.questions.clear()
        for number, place in enumerate(places):
            texts = ["Answer a", "Answer b", "Answer c"]
            made = [
                (key_option if name == place else option)(name, text=text)
                for name, text in zip("abc", texts, strict=True)
            ]
            if longest:
                made["abc".index(place)]["text"] = "Answer here"
            settings = {"options": made}
            pack.questions.append(a_question(f"q{number}", settings=settings, use=use))
        pack.quizzes.clear()

    return change


nothing = ask(stem="Which line is from the keeper?")
LONG_KEY = "The keeper of the old lamp on the hill above the harbour of the town"

EXAMPLES = [
    Example(
        "L102",
        of_three("The keeper of the lamps", "The old mayor", "The young driver"),
        of_three("The keeper of lamps", "The mayor of a town", "The young driver"),
        "warning: test:other settings.options.0: the key is much longer",
    ),
    Example(
        "L102",
        of_three(LONG_KEY, "The mayor of the town", "The driver of the bus"),
        nothing,
        "error: test:other",
        "by far",
    ),
    Example(
        "L102",
        of_three("The keeper", "The mayor who came", "The driver of a bus"),
        of_three("Mayor", "Keeper", "Builders"),
        "much shorter",
    ),
    Example("L103", many("abc" * 20, longest=True), many("abc" * 20), "the longest is the key in 100% of 60"),
    Example("L104", many("aab" * 6), many("abc" * 6), "12 / 6 / 0"),
    Example("L104", many("aaabbbccc" * 5 + "aab" * 5), many("abc" * 20), "25 / 20 / 15", "from sixty on"),
    Example("L104", many("abbbbac"), many("abbbac"), "warning: test:q4"),
    Example("L104", many("abbbbac", use="checkpoint"), many("abbbac"), "error: test:q4"),
    Example(
        "L105",
        of_three("The keeper of lamps", "All on the page", "The mayor of it"),
        of_three("The keeper, not all", "The mayor, above all", "The driver, in all"),
        "in wrong options only (All)",
    ),
    Example(
        "L105",
        of_three("It is always so", "It is so today", "It is so at night"),
        of_three("It is always so", "It is never so", "It is so at night"),
        "in the key only (always)",
    ),
    Example(
        "L106",
        of_three("It may be lit", "It is lit now", "It was lit then"),
        of_three("It may be lit", "It might be out", "It was lit then"),
        "a careful word in the key only (may)",
    ),
    Example(
        "L107",
        of_three(
            "The keeper lit the lamps",
            "The mayor of the town",
            "The driver of the bus",
            stem="Who was it, by the keeper who lights lamps?",
        ),
        of_three(
            "The keeper of the town",
            "The mayor of the town",
            "The driver of the bus",
            stem="Who was it, by the keeper who lights lamps?",
        ),
        "2 more: keep, lamp",
    ),
    Example(
        "L108",
        of_three("The keeper.", "The mayor", "The driver"),
        of_three("The keeper.", "The mayor.", "The driver."),
        "some options end with a mark",
    ),
    Example(
        "L108",
        of_three("The keeper of lamps", "The keeper of the lamp on the hill", "Mayor"),
        of_three("Mayor", "Mayors", "The bus"),
        "the options differ much in length",
    ),
    Example(
        "L109",
        stem("Who is not named in the line?"),
        stem("The keeper is not named. Who is it?"),
        "a negative stem (not)",
    ),
    Example("L109", stem("Which lamp isn’t lit?"), stem("Which lamp is NOT lit?"), "(n’t)"),
    Example(
        "L109",
        of_three("Nobody", "A keeper", "A mayor", stem="Who is NOT named?"),
        of_three("A driver", "A keeper", "A mayor", stem="Who is NOT named?"),
        "error: test:other stem: a double negative",
    ),
    Example(
        "L109",
        lambda pack: [many("abc" * 7)(pack), stem("Who is NOT named?")(pack)],
        lambda pack: [many("abc" * 11)(pack), stem("Who is NOT named?")(pack)],
        "1 of 22",
    ),
    Example("L110", stem("The lamp is lit."), stem("Read on. Then find the lamp."), "the stem asks nothing"),
    Example(
        "L110",
        stem("The readers decide."),
        stem("At each step decide what to do."),
        "asks nothing",
        "not a task",
    ),
    Example("L111", stem("Who " + "lit " * 60 + "it?"), stem("Who " + "lit " * 58 + "it?"), "62 words"),
    Example("L114", stem("Who says that the lamp is lit?"), nothing, "asks what test:lamp-who asks"),
    Example(
        "L114",
        of_three(
            "The keeper of the old lamp on the hill by the river",
            "The keeper of the old lamp on the hill by the sea",
            "The mayor of it",
        ),
        nothing,
        "two options say nearly the same",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)


def test_an_instruction_may_be_the_same_over_different_texts(pack: Pack):
    pack.vignettes.append({"id": "moon", "title": "Moon", "kind": "note", "lines": ["The moon is up."]})
    told = "Put the four in order by how close they are to the lamp."
    for name, vignette in (("one", "lamp"), ("two", "moon"), ("three", "moon")):
        question = order(name, [1, 2, 3, 4])
        pack.questions.append(question | {"stem": told, "vignette": vignette, "evidence": [f"{vignette}:1"]})

    assert [problem.item for problem in pack.problems("L114")] == ["test:three"]


def test_twins_and_members_of_a_family_may_ask_alike(pack: Pack):
    for name in ("one", "two"):
        pack.questions.append(a_question(name, family="lamps", stem="Who was it that lit the lamp?"))

    assert pack.problems("L114") == []


def test_a_question_counts_as_its_first_variant_reads(pack: Pack):
    variants = [
        {"id": "v1", "values": {"who": "keeper of the lamps"}},
        {"id": "v2", "values": {"who": "mayor"}},
    ]
    of_three("The {who}", "The mayor of towns", "The driver of a bus", variants=variants)(pack)

    assert pack.problems("L102") == []
