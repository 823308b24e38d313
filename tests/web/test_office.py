"""Classes, the record of deeds and the settings of a school in the browser, and the first run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import quizapp
from quizapp.core.permissions import NOBODY
from quizapp.services.accounts import suspend
from quizapp.services.audit_list import GROUPS, NOT_LISTED
from quizapp.services.first_run import has_school, new_link_token
from quizapp.web.admin.wording import ACTIONS, action_in_words
from tests.support.visitor import TOKEN, Visitor

FIRST_RUN = {
    "school_name": "Hill Street School",
    "time_zone": "Europe/Kyiv",
    "language": "en",
    "teaching_days": ["0", "1", "6"],
    "cases": "fictional_only",
    "display_name": "Ada Quist",
    "password": "a long sentence",
}


@pytest.fixture
def office(app, world):
    """An administrator's browser."""
    return Visitor(app, world, world.admin("Ada Quist"))


def link(app, runtime):
    return f"/first-run/{new_link_token(app.config['SECRET_KEY'], runtime.clock())}"


def post(client, address, fields):
    token = TOKEN.search(client.get(address).text)[1]
    return client.post(address, data={**fields, "csrf_token": token})


def test_a_class_is_archived_and_brought_back(office, world):
    classroom = world.classroom(world.teacher("Ruth"), "10A")

    office.post(f"/school/classes/{classroom}/archive")

    assert "10A is archived" in office.get("/school/classes").text
    assert "10A" in office.get("/school/classes?state=archived").text
    office.post(f"/school/classes/{classroom}/restore")
    assert "10A is back" in office.get("/school/classes").text


def test_a_search_without_result_says_what_to_do(office, world):
    world.classroom(world.teacher(), "10A")

    assert "No class found" in office.get("/school/classes?text=zzz").text


def test_deeds_are_read_in_words(office, world, runtime):
    student = world.student("Ben Ode")
    suspend(runtime, world.admin("Eve").actor, user_id=student.id, reason="<b>Shared</b>")

    page = office.get("/audit").text

    assert "suspended <bdi>Ben Ode</bdi>" in page
    assert "&lt;b&gt;Shared&lt;/b&gt;" in page
    assert "Nothing found" in office.get("/audit?group=classes").text
    assert office.get("/audit?since=never").status_code == 422


def test_settings_are_changed_and_a_slip_loses_nothing(office):
    page = office.get("/settings").text
    assert 'value="Hill Street School"' in page
    assert page.count("checked") == 6

    fields = {**FIRST_RUN, "school_name": "New name"}
    refused = office.post("/settings", {**fields, "teaching_days": []})
    saved = office.post("/settings", fields)

    assert refused.status_code == 422
    assert "Choose one day at least." in refused.text
    assert 'value="New name"' in refused.text
    assert saved.status_code == 302
    page = office.get("/settings").text
    assert 'value="New name"' in page
    assert '<option selected value="Europe/Kyiv">' in page


@pytest.mark.parametrize("address", ["/", "/sign-in", "/lessons", "/reports", "/start"])
def test_before_there_is_a_school_every_page_leads_to_the_first_run(app, address):
    client = app.test_client()

    response = client.get(address)

    assert response.headers["Location"] == "/first-run"
    assert "quizapp users setup-link" in client.get("/first-run").text
    assert client.get("/healthz").status_code == 200


def test_the_link_makes_the_school_and_signs_its_administrator_in(app, runtime):
    client = app.test_client()
    address = link(app, runtime)

    made = post(client, address, FIRST_RUN)

    assert made.status_code == 302
    assert "Start here: make your teachers" in client.get("/", follow_redirects=True).text
    assert client.get(address).status_code == 404
    assert client.get("/first-run").status_code == 404


def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost(app, runtime):
    client = app.test_client()

    refused = post(client, link(app, runtime), {**FIRST_RUN, "time_zone": "", "password": "short"})

    assert refused.status_code == 422
    assert "Choose the time zone of the school." in refused.text
    assert 'value="Hill Street School"' in refused.text
    assert not has_school(runtime, NOBODY)


def test_a_weak_password_is_told_at_its_field(app, runtime):
    refused = post(app.test_client(), link(app, runtime), {**FIRST_RUN, "password": "short"})

    assert refused.status_code == 422
    assert 'href="#password"' in refused.text


def test_a_link_that_is_over_says_so(app, runtime, clock):
    address = link(app, runtime)
    clock.move(days=2)

    response = app.test_client().get(address)

    assert response.status_code == 404
    assert "does not work any more" in response.text


def test_time_zones_are_offered_by_continent(office):
    page = office.get("/settings").text

    assert '<optgroup label="Europe">' in page
    assert re.search(r'<option value="America/Argentina/Buenos_Aires">Argentina/Buenos Aires', page)


def recorded_actions():
    """Return every action that a service records and administrators read."""
    services = Path(quizapp.__file__).parent / "services"
    texts = (path.read_text(encoding="utf-8") for path in services.rglob("*.py"))
    called = (
        found for text in texts for found in re.findall(r'record\(.*?"([a-z_]+\.[a-z_]+)"', text, re.DOTALL)
    )
    return sorted({action for action in called if not action.startswith(NOT_LISTED)})


@pytest.mark.parametrize("action", recorded_actions())
def test_every_deed_has_words_and_a_group(action):
    assert action in ACTIONS
    assert any(action.startswith(beginnings) for beginnings in GROUPS.values())


def test_a_deed_of_a_later_release_is_named_by_its_record():
    assert str(action_in_words("moon.painted_blue")) == "moon: painted blue"
