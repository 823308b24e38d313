"""L303 to L306, L501 to L514: tags that stand, no side, no recipe, no intrusion, no appeal, and balance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.packs import (
    FEEDBACK,
    Example,
    Json,
    Pack,
    a_question,
    assert_example,
    decide,
    key_option,
    line,
    option,
)


def changed(**changes: object) -> Callable[[Pack], object]:
    return lambda pack: pack.questions.append(a_question("other", **changes))


def on_article(**changes: object) -> Callable[[Pack], object]:
    own: Json = {"context": "article", "slot": "twin", "case": "A", "vignette": None, "evidence": ["P7"]}
    return changed(**(own | {"claims": ["C20"], "sensitivity": ["sabotage"]} | changes))


def claim_line(**changes: object) -> Callable[[Pack], object]:
    """Ask for verdicts on a page of lines, the first of them on the claim C20, which the page's own voice makes."""
    said = {"right": FEEDBACK, "wrong": FEEDBACK}
    first: Json = {"claim": "C20", "speaker": "the page says", "tag": "P7", "key": "backed"} | changes
    others: Json = {"claim": None, "speaker": "the keeper says", "tag": "P7", "key": "claimed"}
    lines = [
        {"id": f"l{n}", "text": "it is lit", "correction": None, "feedback": dict(said)}
        | (others if n else first)
        for n in range(12)
    ]
    settings = {"masthead": "Lamps", "lines": lines}
    return changed(type="ink_and_pencil", settings=settings, claims=["C20"], evidence=["lamp:1", "P7"])


def without(tag: str) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        question = a_question("other")
        del question[tag]
        pack.questions.append(question)

    return change


def on_screen(text: str, kind: str = "task") -> Callable[[Pack], object]:
    return lambda pack: pack.screens.update({kind: text})


def with_teacher(text: str) -> Callable[[Pack], object]:
    return lambda pack: pack.teacher.update({"Prompts": text})


def tagged(**counts: int) -> Callable[[Pack], object]:
    """Write so many questions that correct doubt and trust."""

    def change(pack: Pack) -> None:
        for tag, count in counts.items():
            pack.questions += [a_question(f"{tag}-{n}", corrects=tag) for n in range(count)]

    return change


def unreliable(**counts: int) -> Callable[[Pack], object]:
    """Write so many made-up pages on which such an actor is unreliable."""

    def change(pack: Pack) -> None:
        for actor, count in counts.items():
            for n in range(count):
                name = f"{actor}-{n}"
                pack.vignettes.append({"id": name, "title": "Oil", "kind": "news", "lines": ["It burns."]})
                pack.questions.append(a_question(name, actor=actor, vignette=name, evidence=[f"{name}:1"]))

    return change


def verdicts(backed: int, claimed: int) -> Callable[[Pack], object]:
    keys = ["backed"] * backed + ["claimed"] * claimed
    return lambda pack: pack.questions.extend(
        decide(f"lines-{start}", [line(f"l{n}", key) for n, key in enumerate(keys[start : start + 6])])
        for start in range(0, len(keys), 6)
    )


def two_claims(holds_up: str) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        pack.claims.append({**pack.claims[0], "id": "C21"})
        pack.questions.append(a_question("asked", claims=["C20", "C21"], evidence=["lamp:1", "P7"]))
        pack.screens["task"] = "::: question asked\n:::"
        pack.screens["holds_up"] = holds_up

    return change


nothing = changed()

EXAMPLES = [
    Example("L303", on_article(claims=[]), on_article(), "names no claim"),
    Example("L303", changed(claims=["C20"]), on_article(), "C20 stands on no paragraph that is cited"),
    Example("L303", claim_line(key="claimed"), claim_line(), "the key is not that of C20"),
    Example("L303", claim_line(speaker="the colonel says"), claim_line(), "is given to a speaker"),
    Example("L306", without("corrects"), nothing, "`corrects` is not said"),
    Example("L306", without("actor"), changed(actor="firm"), "`actor` is not said"),
    Example("L501", changed(stem="Who is the hero?"), changed(stem="Who says “the hero”?"), "takes a side"),
    Example(
        "L503", with_teacher("Say how to burn a lamp."), with_teacher("Lamps burn."), "operational detail"
    ),
    Example("L504", changed(stem="Unmask the keeper."), changed(stem="Who speaks?"), "asks to unmask"),
    Example(
        "L505",
        on_article(sensitivity=[]),
        on_article(evidence=["P7"]),
        "no sensitivity tag",
        "on paragraph 7",
    ),
    Example("L508", verdicts(18, 6), verdicts(12, 12), "18 of 24, 75%"),
    Example(
        "L509",
        two_claims("::: case A\nThe lamp does.\n:::"),
        two_claims("The lamp does."),
        "says nothing of what holds up",
    ),
    Example("L510", tagged(doubt=4, trust=16), tagged(doubt=10, trust=10), "4 of 20, 20%"),
    Example(
        "L511",
        unreliable(official=8, firm=4, activist=4, individual=4),
        unreliable(official=5, firm=5, activist=5, individual=5),
        "official is unreliable too often",
    ),
    Example("L512", changed(stem="Did the army light it?"), changed(stem="A warm lamp?"), "war in a case"),
    Example(
        "L512",
        lambda pack: pack.vignettes[0]["lines"].append("The troops saw it."),
        lambda pack: (
            pack.vignettes[0]["lines"].append("The troops saw it."),
            pack.questions[0].update(context="near"),
        ),
        "war in a case",
        "on the made-up page",
    ),
    Example(
        "L513",
        with_teacher("Ask: where is your family from?"),
        with_teacher("Never ask for a family. Where is your lamp from?"),
        "asks about the learner",
    ),
    Example(
        "L514",
        on_screen("So now: Donate a lamp."),
        on_screen("::: fictional\nDonate a lamp.\n:::\n\nWho calls upon whom?"),
        "calls upon the reader",
    ),
    Example(
        "L514",
        changed(
            settings={
                "options": [
                    key_option("a"),
                    option("b"),
                    option("c", feedback=f"So you should join. {FEEDBACK}"),
                ]
            }
        ),
        nothing,
        "calls upon the reader",
        "in feedback",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)
