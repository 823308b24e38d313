"""L601 to L608: what the bank holds against its plan, and how often it comes back to one thing."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from tests.content.packs import Example, Json, Pack, a_question, assert_example

PLAN: Json = {
    "skills": ["S2"],
    "tasks": 3,
    "use": {"practice": 1, "quiz": 2},
    "difficulty": {"easy": 3, "medium": 0, "hard": 0},
    "context": {"article": 0, "near": 0, "far": 3},
    "layouts": [{"name": "Pick one", "count": 3, "types": ["single_choice"]}],
}


def planned(*questions: Json, **changes: object) -> Callable[[Pack], object]:
    """Give the pack a plan, and these questions beside its first."""

    def change(pack: Pack) -> None:
        pack.plan = PLAN | changes
        pack.front["refutes"] = ["M03"]
        pack.questions += questions

    return change


def questions(count: int, start: str = "other", **changes: object) -> list[Json]:
    return [a_question(f"{start}-{number}", **changes) for number in range(count)]


def on_article(count: int, start: str = "page", **changes: object) -> list[Json]:
    """Return so many slots on the article, with their twins."""

    def question(number: int, case: str, **own: object) -> Json:
        name = f"{start}-{number}"
        return deepcopy(a_question(f"{name}-{case.lower()}", slot=name, case=case, **own))

    of_article: Json = {
        "context": "article",
        "vignette": None,
        "evidence": ["P7"],
        "sensitivity": ["sabotage"],
    }
    return [
        asked
        for number in range(count)
        for asked in (question(number, "A", **(of_article | changes)), question(number, "B"))
    ]


def with_cards(*names: str, cited: list[str]) -> Callable[[Pack], object]:
    """Ask about the article twenty times, of these cards."""

    def change(pack: Pack) -> None:
        pack.cards += [{**pack.cards[1], "id": name} for name in names]
        for number, name in enumerate(cited):
            pack.questions += on_article(1, f"page-{number}", evidence=[name])
        planned()(pack)

    return change


def refuting(*names: str) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        planned(*questions(2))(pack)
        pack.front["refutes"] = list(names)

    return change


CARDS = [f"P{number}" for number in range(8, 15)]
EVENLY = CARDS * 3

THINKING = [*questions(15), *questions(6, "more", cognitive="evaluate")]

EXAMPLES = [
    Example("L001", refuting("M99"), refuting("M03"), "no misconception M99", "refutes"),
    Example("L001", planned(skills=["S9"]), planned(skills=["S2"]), "no skill S9", "plan"),
    Example("L601", planned(), planned(*questions(1)), "tasks 1 of 3"),
    Example(
        "L601",
        planned(*questions(1, difficulty="hard")),
        planned(*questions(1)),
        "easy 1 of 3",
        "by difficulty",
    ),
    Example("L601", planned(*on_article(1)), planned(*questions(2)), "far 1 of 3", "twins are no tasks"),
    Example(
        "L602",
        lambda pack: pack.questions.extend(on_article(1, use="checkpoint")),
        lambda pack: pack.questions.append(a_question("other", use="checkpoint")),
        "a checkpoint on the article",
    ),
    Example("L602", planned(*on_article(20)), planned(*on_article(4), *questions(19)), "1 of 21, 4%"),
    Example("L603", planned(*questions(20, cognitive="recall")), planned(*THINKING), "too much recall"),
    Example(
        "L603",
        planned(*questions(20)),
        planned(*THINKING),
        "too little to evaluate",
        "evaluates nothing",
    ),
    Example("L606", planned(), planned(*questions(2)), "few questions show it (1 questions"),
    Example("L606", refuting(), refuting("M03"), "no lesson tests it"),
    Example(
        "L607",
        planned(*on_article(9, claims=["C20"])),
        planned(*on_article(8, claims=["C20"]), *on_article(2, "taught", claims=["C20"], use="lesson")),
        "asked about too often",
    ),
    Example(
        "L607",
        planned(skills=["S2", "S3"]),
        planned(*on_article(1, claims=["C20"]), skills=["S2", "S3"]),
        "nothing asks about it",
    ),
    Example(
        "L608",
        with_cards(*CARDS, cited=["P8"] * 20),
        with_cards(*CARDS, cited=EVENLY),
        "20 of 20 times cited",
    ),
    Example(
        "L608",
        planned(skills=["S2", "S3"]),
        planned(*on_article(1), *on_article(1, "age", evidence=["P3"]), skills=["S2", "S3"]),
        "no question cites it",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)


def test_a_pack_without_a_plan_is_asked_for_nothing(pack: Pack):
    found = {problem.rule for problem in pack.problems()}

    assert found.isdisjoint({"L601", "L606", "L607", "L608"})
