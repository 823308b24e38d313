"""L101 to L208, L301 to L309, L402 to L507: options, feedback, evidence, quotations, sentences, safety."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizapp.content.lint import quotes
from quizapp.content.lint.parts import words
from quizapp.content.lint.shingles import article_shingles, copied_runs, main, shingles
from tests.content.packs import (
    CORRECTION,
    FEEDBACK,
    Example,
    Pack,
    a_question,
    assert_example,
    card,
    decide,
    key_option,
    line,
    option,
    verdict_lines,
)

COPIED = "the keeper of the old lamp walked slowly down the hill"
"""Stands for the article in these tests."""


@pytest.fixture(autouse=True)
def _article_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "article_shingles", lambda: frozenset(shingles(words(COPIED))))


def changed(**changes: object) -> Callable[[Pack], object]:
    return lambda pack: pack.questions.append(a_question("other", **changes))


def options(*given: dict[str, object]) -> Callable[[Pack], object]:
    return changed(settings={"options": list(given)})


def feedback_on_line(wrong: str) -> Callable[[Pack], object]:
    lines = verdict_lines()
    lines[0] = line("l0", "backed", feedback={"right": FEEDBACK, "wrong": wrong})
    return lambda pack: pack.questions.append(decide("deciding", lines))


def search(wrong: str) -> Callable[[Pack], object]:
    said = {"right": FEEDBACK, "wrong": FEEDBACK}
    origins = ["same", "keeper", "log"]
    results = [
        {
            "id": f"r{number}",
            "headline": "The lamp",
            "address": "lamp › page",
            "snippet": "The lamp is lit …",
            "body": "The lamp is lit at dusk.",
            "credit": "By the keeper",
            "key": origin,
        }
        for number, origin in enumerate([*origins, "beside"])
    ]
    settings = {
        "searched": "lamp",
        "origins": [{"id": origin, "text": f"the {origin}"} for origin in origins],
        "results": results,
        "verdict": {
            "text": "It is lit.",
            "key": "backed",
            "evidence": "lamp:1",
            "feedback": said | {"wrong": wrong},
        },
        "cited": {"feedback": said | {"again": FEEDBACK}},
    }
    return changed(type="simulated_search", settings=settings)


def on_screen(kind: str, text: str) -> Callable[[Pack], object]:
    return lambda pack: pack.screens.update({kind: text})


def excerpt(text: str) -> Callable[[Pack], object]:
    return lambda pack: pack.excerpts.append({"id": "x-p7-more", "card": "P7", "text": text})


def excerpts(count: int, words_each: int) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        text = " ".join(["lamp"] * words_each)
        pack.excerpts = [{"id": f"x-p7-n{n}", "card": "P7", "text": text} for n in range(count)]
        pack.screens["extension"] = " ".join(f"[[x-p7-n{n}]]" for n in range(min(count, 4)))

    return change


def with_teacher(text: str) -> Callable[[Pack], object]:
    return lambda pack: pack.teacher.update({"Timing": text})


def notes(label: str, status: str = "live") -> Callable[[Pack], object]:
    note = {"text": "AP names speakers.", "label": label}
    return changed(status=status, rationale="Because.", source_notes=[note])


def cards(*given: dict[str, object]) -> Callable[[Pack], object]:
    return lambda pack: setattr(pack, "cards", [card("P7"), card("F"), *given])


def age_claim(claim: str, **changes: object) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        pack.claims.append({**pack.claims[0], "id": "C07", "cards": ["P3"], "text": claim})
        changed(claims=["C07"], **changes)(pack)

    return change


nothing = changed()
AGE = "Anyone may join, whatever their age."
LONG = " ".join(["lamp"] * 29)

EXAMPLES = [
    Example(
        "L101",
        options(key_option("a"), option("b"), option("c", text="All of the above")),
        nothing,
        "All of the above",
    ),
    Example(
        "L113",
        options(key_option("a"), option("b"), option("c", misconception=None)),
        nothing,
        "without a reason",
    ),
    Example(
        "L201",
        options(key_option("a"), option("b"), {"id": "c", "text": "Three"}),
        nothing,
        "`feedback` is missing",
    ),
    Example("L202", options(key_option("a"), option("b"), option("c", feedback="No.")), nothing, "1 words"),
    Example(
        "L202",
        options(key_option("a"), option("b"), option("c", feedback="One two three four five six.")),
        nothing,
        "warning",
        "warns",
    ),
    Example(
        "L208",
        options(
            key_option("a", text="The keeper"),
            option("b"),
            option("c", feedback=f"It was the keeper. {FEEDBACK}"),
        ),
        options(
            key_option("a", text="The keeper"), option("b"), option("c", feedback=f"It was not. {FEEDBACK}")
        ),
        "feedback names the key",
    ),
    Example("L208", feedback_on_line(f"Backed up. {FEEDBACK}"), feedback_on_line(FEEDBACK), "backed up"),
    Example("L202", search("No."), search(FEEDBACK), "1 words"),
    Example("L208", search(f"Backed up. {FEEDBACK}"), search(FEEDBACK), "backed up"),
    Example("L301", changed(evidence=["P7"]), nothing, "cites none of its lines"),
    Example("L301", changed(evidence=["lamp:9"]), nothing, "no line 9 of lamp"),
    Example("L301", changed(evidence=["lamp:1", "moon:1"]), nothing, "no vignette 'moon'"),
    Example("L301", changed(evidence=["lamp:1", "P15"]), changed(evidence=["lamp:1", "F2"]), "no card P15"),
    Example(
        "L301", changed(stem="See [line 9](line:9)."), changed(stem="See [line 2](line:2)."), "no line '9'"
    ),
    Example(
        "L301",
        changed(context="article", slot="s", case="A", evidence=["lamp:1"]),
        changed(context="article", slot="s", case="A", evidence=["lamp:1", "P7"]),
        "cites no paragraph",
    ),
    Example(
        "L302",
        changed(stem="Who says “we lit it at seven”?"),
        changed(stem="Who says “We lit it at six”?"),
        "stands nowhere",
    ),
    Example(
        "L302",
        on_screen("task", 'He said "lamps are all lit now".'),
        on_screen("task", "::: fictional\n“Lamps are all lit now.”\n:::"),
        "stands nowhere",
        "made up",
    ),
    Example(
        "L302",
        on_screen("task", "So ‘lamps don’t ever get lit’."),
        on_screen("task", "The keeper’s lamp, ‘lit’ at six."),
        "stands nowhere",
        "single quotes",
    ),
    Example(
        "L304",
        excerpt("one two three four five six seven eight nine ten eleven twelve thirteen"),
        excerpt("one two three"),
        "13 words",
    ),
    Example("L304", excerpt("The lamp was lit."), excerpt("The lamp was lit"), "a whole sentence"),
    Example("L304", excerpts(31, 10), excerpts(30, 10), "310 words so far"),
    Example(
        "L304",
        changed(stem="Is it [[x-p9-none]]?"),
        changed(stem="Is it [[x-p7-seemingly]]?"),
        "no excerpt x-p9-none",
    ),
    Example(
        "L304",
        on_screen("task", f"So {COPIED}."),
        on_screen("task", "So the keeper of the old lamp slept."),
        "copies the article",
    ),
    Example(
        "L304",
        with_teacher(f"Say: “{COPIED}”."),
        with_teacher("Say nothing."),
        "copies the article",
        "in quotes",
    ),
    Example(
        "L304", changed(rationale=COPIED.title()), changed(rationale="Because."), "11 words", "for teachers"
    ),
    Example("L305", notes("R"), notes("V"), "from memory only"),
    Example("L305", notes("R", "review"), notes("V", "review"), "warning", "warns"),
    Example(
        "L305",
        lambda p: p.front.update(source_notes=[{"text": "t", "label": "R"}]),
        nothing,
        "from memory only",
        "lesson",
    ),
    Example(
        "L309",
        changed(stem="Who saw the comets?"),
        changed(stem="Who saw the cometary?"),
        "a topic of the checkpoints",
    ),
    Example(
        "L309",
        changed(stem="Who saw the comet?"),
        changed(stem="Who saw the comet?", use="checkpoint"),
        "comet",
        "in a checkpoint",
    ),
    Example("L402", on_screen("task", f"{LONG}."), on_screen("task", "One sentence. Another."), "29 words"),
    Example("L402", lambda p: p.screens.update(dict.fromkeys(p.screens, LONG[:-5])), nothing, "on average"),
    Example(
        "L407",
        on_screen("refutation", "Short words. " * 91),
        on_screen("refutation", "Short words. " * 75),
        "182 words",
    ),
    Example(
        "L407",
        on_screen("first_guess", "Short words. " * 16),
        on_screen("first_guess", "Short. " * 30),
        "warning: test:lamps first_guess",
    ),
    Example(
        "L407",
        on_screen("holds_up", "Short words. " * 181),
        on_screen("holds_up", "Short words. " * 100),
        "takes too long",
    ),
    Example("L410", excerpts(4, 11), excerpts(4, 10), "44 words"),
    Example(
        "L502",
        changed(stem="See lamps.example.org?"),
        changed(stem="See the example. Or not?"),
        "an address on the web",
    ),
    Example("L502", changed(stem="Ask @lamps?"), nothing, "a handle"),
    Example("L502", changed(stem="Mail a.b@lamps.town?"), nothing, "an e-mail address"),
    Example(
        "L502",
        changed(stem="Ring +380 44 123 45 67?"),
        changed(stem="From 2022 to 2023, 14 000?"),
        "a phone number",
    ),
    Example("L502", changed(stem="Open [it](https://lamps.town)?"), nothing, "an external link"),
    Example(
        "L502", on_screen("task", "Find it on Telegram."), with_teacher("It is on Telegram."), "a channel"
    ),
    Example("L502", on_screen("task", "Contact them by letter."), nothing, "a way to join"),
    Example(
        "L506", cards(card("P3")), cards(card("P3", correction=CORRECTION)), "the card P3 stands without"
    ),
    Example(
        "L506",
        on_screen("task", AGE),
        on_screen("task", f"{AGE} {CORRECTION}"),
        "age wording without correction",
    ),
    Example(
        "L506",
        age_claim(AGE),
        age_claim(AGE, stem="Fuller copies say adults. Who says so?"),
        "asks about C07",
    ),
    Example("L506", on_screen("task", "You can join."), on_screen("task", "He can join."), "seems to invite"),
    Example(
        "L507",
        options(key_option("a"), option("b"), option("c", feedback=f"Trust nobody. {FEEDBACK}")),
        on_screen("refutation", "Trust nobody? No."),
        "believe nobody",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)


def test_a_valid_pack_has_no_problem(pack: Pack):
    assert pack.problems() == []


def test_an_excerpt_may_hold_seven_words_of_the_article(pack: Pack):
    pack.excerpts.append({"id": "x-p7-walk", "card": "P7", "text": " ".join(COPIED.split()[:9])})
    pack.screens["task"] = "The page says [[x-p7-walk]]."

    assert pack.problems() == []


def test_a_copied_run_is_found_whole():
    known = frozenset(shingles(words(COPIED)))
    text = words(f"Well, {COPIED.replace(' ', '  ').upper()}; and so on.")

    assert list(copied_runs(text, known)) == [(1, 11)]


def test_the_hashes_of_the_article_are_there_and_tell_no_words():
    hashes = article_shingles()

    assert len(hashes) > 500
    assert all(len(found) == 8 and int(found, 16) >= 0 for found in hashes)


def test_the_hashes_can_be_made_anew(tmp_path, monkeypatch):
    text = tmp_path / "text.txt"
    text.write_text(COPIED)
    monkeypatch.setattr("quizapp.content.lint.shingles.FILE", tmp_path / "made.shingles")

    main(str(text))

    assert sorted(shingles(words(COPIED))) == (tmp_path / "made.shingles").read_text().split()
