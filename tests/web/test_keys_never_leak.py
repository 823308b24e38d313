"""No key, feedback, rubric or rationale reaches a student before its release."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from quizapp.content.catalogue import Item, body_hash
from quizapp.core.questions import Case
from quizapp.services.attempts import start_attempt
from quizapp.services.shelf import Shelf
from tests.builders.content import sample_items
from tests.builders.sitting import Sitting, show_results, sit_down
from tests.conftest import make_app
from tests.support.visitor import TOKEN, Visitor

LINK = re.compile(r'(?:href|action)="(/[^"#?]*)')
SECRETS = ("feedback", "criteria", "anchors")


class Canaries:
    """The sample pack with a word of its own in every text that must stay secret."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}
        self.items = tuple(self._planted(item) for item in sample_items())

    def _planted(self, item: Item) -> Item:
        if item.kind != "question" or item.body["use"] != "quiz":
            return item
        body = json.loads(json.dumps(item.body))
        body["rationale"] += self._word(f"{item.key} rationale")
        body["settings"] = self._inside(body["settings"], item.key, is_secret=False)
        return replace(item, body=body, hash=body_hash(body))

    def _word(self, place: str) -> str:
        word = f"canary{secrets.token_hex(8)}"
        self.places[word] = place
        return f" {word}"

    def _inside(self, value: Any, place: str, *, is_secret: bool) -> Any:
        if isinstance(value, dict):
            name = value.get("id", "")
            return {
                key: inner
                if key in ("id", "level")
                else self._inside(inner, f"{place} {name} {key}", is_secret=is_secret or key in SECRETS)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self._inside(inner, place, is_secret=is_secret) for inner in value]
        return value + self._word(place) if is_secret and isinstance(value, str) else value

    def seen(self, pages: dict[str, str]) -> set[str]:
        """Return the places of the secrets that stand in the pages."""
        text = "\n".join(pages.values())
        return {place for word, place in self.places.items() if word in text}


def crawl(visitor: Visitor, *starts: str) -> dict[str, str]:
    """Open every page that can be reached by links."""
    waiting, pages = ["/", *starts], {}
    while waiting:
        address = waiting.pop()
        answer = visitor.get(address)
        pages[address] = answer.text
        if answer.location:
            waiting.append(answer.location)
        for link in LINK.findall(answer.text):
            if link not in pages and link not in waiting and not link.startswith("/static/"):
                waiting.append(link)
        waiting = [one for one in waiting if one not in pages]
    return pages


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def sit(world: Any, canaries: Canaries, **rules: Any) -> Sitting:
    sitting = sit_down(world, **rules)
    world.content(canaries.items)
    sitting.submit()
    return sitting.again()


def pages_of(app: Flask, sitting: Sitting) -> dict[str, str]:
    student = Visitor(app, sitting.world, sitting.student)
    address = f"/attempts/{sitting.attempt_id}"
    return crawl(
        student, f"/assignments/{sitting.assignment_id}", *(f"{address}{page}" for page in ("", "/summary", "/receipt", "/result"))
    )  # fmt: skip


def answer_all(sitting: Sitting) -> dict[int, Any]:
    """Answer with a wrong choice where one can be picked, with an own text, else rightly."""
    values = sitting.right_answers()
    for asked in sitting.asked:
        if asked.type.name == "single_choice":
            values[asked.slot] = sitting.wrong_answer(asked.slot)
    values[sitting.written_slot] = "The engineer says so, and nobody else was asked."
    sitting.save_all(values)
    return values


def test_the_canaries_are_where_the_secrets_are(canaries):
    kinds = {place.split()[-1] for place in canaries.places.values()}

    assert kinds == {"rationale", "feedback", "right", "wrong", "0", "1", "2", "text", "title", "why"}
    assert len(canaries.places) > 90


def test_an_open_try_shows_no_secret_also_in_what_scripts_get(app, world, canaries):
    sitting = sit(world, canaries)
    answer_all(sitting)
    student = Visitor(app, world, sitting.student)
    address = f"/attempts/{sitting.attempt_id}"

    pages = pages_of(app, sitting)
    pages["lease"] = student.send(f"{address}/leases").text
    for value in ("nonsense", None, ["x"]):
        body = {
            "v": 1,
            "lease": 2,
            "responses": [{"slot": n, "seq": 50, "value": value} for n in range(1, 8)],
        }
        pages[f"save {value}"] = student.send(f"{address}/responses", body).text

    assert f"{address}/summary" in pages
    assert canaries.seen(pages) == set()


def test_a_test_shows_nothing_until_it_is_closed_and_released(app, world, clock, canaries):
    sitting = sit(world, canaries, preset="test", closes_at=clock.now + timedelta(hours=1))
    answer_all(sitting)
    sitting.submit()

    assert canaries.seen(pages_of(app, sitting)) == set()
    clock.move(hours=2)
    assert canaries.seen(pages_of(app, sitting)) == set()
    show_results(world.runtime, sitting.teacher.actor, assignment_id=sitting.assignment_id)
    assert canaries.seen(pages_of(app, sitting)) != set()


def test_homework_explains_the_own_choice_first_and_gives_the_key_when_it_is_due(app, world, clock, canaries):
    sitting = sit(world, canaries, due_at=clock.now + timedelta(days=1))
    values = answer_all(sitting)
    sitting.submit()

    why = canaries.seen(pages_of(app, sitting))
    clock.move(days=1, seconds=1)
    with_key = canaries.seen(pages_of(app, sitting))

    for asked in sitting.asked:
        of_question = {place for place in why if place.startswith(f"{asked.question.key} ")}
        if asked.type.name == "single_choice":
            assert of_question == {f"{asked.question.key}  options {values[asked.slot]} feedback"}
        elif asked.type.name == "short_construct":
            assert of_question == set()
        else:
            assert of_question
            assert not any(place.endswith(" wrong") for place in of_question)
    assert why < with_key
    assert any("anchors" in place for place in with_key)
    assert not any("rationale" in place for place in with_key)


# --- byte-equal pages ------------------------------------------------------------------------------------------


def other_keys(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with other keys, feedback and rubric, and nothing else changed."""
    changed = json.loads(json.dumps(settings))
    if "options" in changed:
        keys = [option.get("key", False) for option in changed["options"]]
        for option, is_key in zip(changed["options"], keys[1:] + keys[:1], strict=True):
            option["key"] = is_key
            option["feedback"] = "Another explanation, which nobody may read before it is time to read it."
    for line in changed.get("lines", []):
        keys = sorted({one["key"] for one in settings["lines"]})
        line["key"] = keys[(keys.index(line["key"]) + 1) % len(keys)]
        line["feedback"] = {"right": "Another text.", "wrong": "Another text again."}
    for element in changed.get("elements", []):
        element["rank"] = 10 - element["rank"]
        element["feedback"] = {"right": "Another text.", "wrong": "Another text again."}
    for criterion in changed.get("criteria", []):
        criterion["levels"] = {level: f"Another level {level}." for level in criterion["levels"]}
    for anchor in changed.get("anchors", []):
        anchor["text"], anchor["why"] = "Another anchor.", "Another reason."
    return changed


def with_other_keys(sitting: Sitting) -> Flask:
    """Return the application on the same database, in a process that knows other keys."""
    shelf = Shelf()
    for asked in sitting.asked:
        question = asked.question
        changed = replace(question, settings=other_keys(question.settings), rationale="Another rationale.")
        assert changed.settings != question.settings
        shelf.put(("question", question.version_id, question.variant), changed)
    return make_app(replace(sitting.runtime, shelf=shelf))


def raw_pages(app: Flask, sitting: Sitting, pages: tuple[str, ...]) -> dict[str, Any]:
    student = Visitor(app, sitting.world, sitting.student)
    told = {}
    for page in pages:
        answer = student.get(page)
        headers = {
            name: value for name, value in answer.headers if name not in ("X-Request-Id", "Set-Cookie")
        }
        told[page] = (answer.status_code, headers, TOKEN.sub("", answer.text))
    return told


@pytest.mark.parametrize("is_handed_in", [False, True])
def test_pages_do_not_depend_on_keys_before_the_release(app, world, clock, is_handed_in):
    sitting = sit_down(world, preset="test", closes_at=clock.now + timedelta(hours=1))
    answer_all(sitting)
    if is_handed_in:
        sitting.submit()
    address = f"/attempts/{sitting.attempt_id}"
    pages = (
        "/", f"/assignments/{sitting.assignment_id}", address, f"{address}/summary", f"{address}/receipt",
        f"{address}/result",
    )  # fmt: skip

    assert raw_pages(app, sitting, pages) == raw_pages(with_other_keys(sitting), sitting, pages)


def test_the_comparison_would_notice_a_key(app, world):
    sitting = sit_down(world, preset="practice")
    answer_all(sitting)
    sitting.submit()
    pages = (f"/attempts/{sitting.attempt_id}/result",)

    assert raw_pages(app, sitting, pages) != raw_pages(with_other_keys(sitting), sitting, pages)


def test_the_draw_does_not_depend_on_keys(world, canaries):
    sitting = sit_down(world)
    other = world.student(classroom=sitting.classroom)
    before = [one.question.key for one in sitting.asked]
    world.content(canaries.items)

    started = start_attempt(world.runtime, other.actor, assignment_id=sitting.assignment_id, case=Case.B)

    assert started.is_new
    assert before == [one.question.key for one in sitting.asked], "a running try keeps its versions"
