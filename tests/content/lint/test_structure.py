"""L001 to L010, L409: what must be there, how much of it, and the twin of every task on the article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.packs import (
    FEEDBACK,
    Example,
    Pack,
    a_question,
    assert_example,
    decide,
    find,
    key_option,
    line,
    option,
    order,
    verdict_lines,
)

YES_NO = [{"id": "yes", "text": "Yes, it does"}, {"id": "no", "text": "No, it does not"}]
BINS = [{"id": name, "text": f"The bin {name}"} for name in ("saw", "told", "unknown")]


def ask(*questions: dict[str, object]) -> Callable[[Pack], object]:
    return lambda pack: setattr(pack, "questions", [a_question(), *questions])


def changed(**changes: object) -> Callable[[Pack], object]:
    return ask(a_question("other", **changes))


def on_screen(kind: str, text: str, *questions: dict[str, object]) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        pack.screens[kind] = text
        ask(*questions)(pack)

    return change


def article(case: str, **changes: object) -> dict[str, object]:
    own = {"context": "article", "evidence": ["P7"], "vignette": None} if case == "A" else {}
    return a_question(f"twin-{case.lower()}", slot="twin", case=case, **(own | changes))


def sorted_into(*keys: str) -> dict[str, object]:
    return decide("sort", [line(f"l{n}", key) for n, key in enumerate(keys)], BINS)


def cards(*keys: str) -> dict[str, object]:
    """Return a question of the sorting layout."""
    settings = {"bins": BINS, "cards": [line(f"l{n}", key) for n, key in enumerate(keys)]}
    return a_question("cards", type="sorting", settings=settings)


def with_front(**changes: object) -> Callable[[Pack], object]:
    return lambda pack: pack.front.update(changes)


def quiz_of(count: int) -> Callable[[Pack], object]:
    return lambda pack: pack.quizzes[0].update(blueprint=[{"count": count, "skill": "S2", "marks": 1}])


def desk(*, last_actions: int = 2, orphan: bool = False, told: bool = False) -> dict[str, object]:
    """Return an editor's desk of three steps, the last of which has so many defensible choices."""

    def step(name: str, following: str | None, defensible: int = 2) -> dict[str, object]:
        actions = [
            {"id": f"{name}-{n}", "text": f"Do {n}", "next": following}
            | ({"accept": [f"{name}-why"]} if n < defensible else {})
            for n in range(2)
        ]
        feedback = dict.fromkeys(("right", "wrong", "reason-right", "reason-wrong"), FEEDBACK)
        return {
            "id": name,
            "text": f"The step {name}",
            "actions": actions,
            "reasons": [
                {"id": f"{name}-why", "text": "It is fair"},
                {"id": f"{name}-so", "text": "It is fast"},
            ],
            "evidence": "lamp:1",
            "feedback": feedback | ({f"{name}-1": FEEDBACK} if told and defensible == 1 else {}),
        }

    nodes = [step("one", "two"), step("two", "three"), step("three", None, last_actions)]
    if orphan:
        nodes.append(step("four", None))
    words = [{"least": 0, "text": "none"}, {"least": 1, "text": "one"}]
    meters = [{"id": "exposed", "text": "Exposed", "words": words}]
    return a_question("desk", type="editors_desk", settings={"meters": meters, "nodes": nodes})


SEVEN = ["yes", "no"] * 3 + ["yes"]
SIX = ("saw", "told", "unknown") * 2
ASKED = "::: question deciding\n:::"

EXAMPLES = [
    Example("L001", changed(skill="S9"), changed(skill="S3"), "no skill S9"),
    Example("L001", changed(also=["S9"]), changed(also=["S3"]), "no skill S9", "also"),
    Example("L001", changed(claims=["C99"]), changed(claims=["C20"]), "no claim C99"),
    Example(
        "L001",
        changed(settings={"options": [key_option("a"), option("b", misconception="M99"), option("c")]}),
        changed(),
        "no misconception M99",
    ),
    Example("L001", with_front(words=["lamp-oil", *"abcdefg"]), with_front(), "no word lamp-oil"),
    Example("L001", with_front(holds_up_claims=["C99"]), with_front(), "no claim C99", "holds up"),
    Example("L001", lambda p: p.course.update(lessons=["moons"]), with_front(), "no lesson test:moons"),
    Example("L001", lambda p: p.course.update(start="moons"), with_front(), "no lesson test:moons"),
    Example(
        "L001", lambda p: p.quizzes[0].update(lesson="moons"), with_front(), "no lesson test:moons", "quiz"
    ),
    Example("L001", quiz_of(2), quiz_of(1), "1 more needed for 2 × skill S2"),
    Example("L001", ask(a_question()), ask(a_question("other")), "the id stands twice"),
    Example(
        "L002",
        changed(settings={"options": [key_option("a"), option("b")]}),
        changed(settings={"options": [key_option("a"), option("b"), option("c")]}),
        "2 options",
    ),
    Example(
        "L002",
        changed(settings={"options": [key_option("a"), key_option("b"), option("c")]}),
        changed(),
        "exactly one",
    ),
    Example(
        "L003",
        ask(decide("few", [line("a", "yes"), line("b", "no")], YES_NO)),
        ask(decide("few", [line("a", "yes"), line("b", "no"), line("c", "no")], YES_NO)),
        "2 lines",
    ),
    Example(
        "L003",
        ask(decide("some", [line(f"l{n}", "backed") for n in range(3)])),
        ask(decide("some", verdict_lines())),
        "contradicted is offered and is never right",
    ),
    Example(
        "L003",
        ask(decide("many", [line(f"l{n}", "backed") for n in range(14)]), decide("more", verdict_lines())),
        ask(decide("one", verdict_lines()), decide("two", verdict_lines()), decide("three", verdict_lines())),
        "17 of 21 lines, 80%",
    ),
    Example("L004", ask(sorted_into("saw", "told", "unknown")), ask(sorted_into(*SIX)), "3 cards"),
    Example(
        "L004", ask(sorted_into(*("saw", "told") * 3)), ask(sorted_into(*SIX)), "no card for the bin unknown"
    ),
    Example(
        "L004", ask(cards("saw", "told", "unknown")), ask(cards(*SIX)), "3 cards", "in the sorting layout"
    ),
    Example("L005", ask(order("few", [1, 2, 3])), ask(order("enough", [1, 2, 2, 3])), "3 elements"),
    Example("L005", ask(order("tied", [1, 1, 1, 1])), ask(order("enough", [1, 2, 2, 3])), "tie"),
    Example("L006", ask(find("half", 3, 2)), ask(find("half", 2, 2)), "half"),
    Example("L007", ask(desk(last_actions=1)), ask(desk()), "one choice can be defended"),
    Example("L007", ask(desk(last_actions=1)), ask(desk(last_actions=1, told=True)), "three-1", "explained"),
    Example("L007", ask(desk(orphan=True)), ask(desk()), "no action leads to node “four”"),
    Example(
        "L008", changed(context="article", evidence=["P7"]), ask(article("A"), article("B")), "without a slot"
    ),
    Example("L008", ask(article("A")), ask(article("A"), article("B")), "is no pair"),
    Example(
        "L008",
        ask(article("A"), article("B", skill="S3")),
        ask(article("A"), article("B")),
        "the cases of the slot differ in skill",
    ),
    Example(
        "L008",
        ask(article("A"), article("B", context="article", evidence=["P7", "lamp:1"])),
        ask(article("A"), article("B")),
        "case B is drawn from the article",
    ),
    Example("L010", changed(stem="TODO: who says it?"), changed(stem="Who says todos?"), "a leftover"),
    Example(
        "L409",
        on_screen(
            "exit_check", ASKED, decide("deciding", [line(f"l{n}", k) for n, k in enumerate(SEVEN)], YES_NO)
        ),
        on_screen("task", ASKED, decide("deciding", [line(f"l{n}", k) for n, k in enumerate(SEVEN)], YES_NO)),
        "7 decisions, limit: 4",
    ),
    Example(
        "L409",
        on_screen(
            "task",
            ASKED,
            decide("deciding", [line(f"l{n}", k) for n, k in enumerate([*SEVEN, "no"])], YES_NO),
        ),
        on_screen("task", ASKED, decide("deciding", [line(f"l{n}", k) for n, k in enumerate(SEVEN)], YES_NO)),
        "8 decisions, limit: 7",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)
