"""Thirty phones come in through the door within a minute, at the real costs of hashing, and are all in."""

from __future__ import annotations

import http.client
import re
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from sqlalchemy import select

from quizapp.core.permissions import OPERATOR, Actor, Role
from quizapp.services.accounts import create_person, create_school
from quizapp.services.classrooms import create_classroom
from quizapp.services.door import open_door
from quizapp.services.door_list import live_list
from quizapp.services.rosters import add_to_roster
from quizapp.storage.tables import ClassDoor
from tests.support.server import Server, start_server

PHONES = 30
MOST_SECONDS = 60.0
PIN = "739164"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = start_server(f"sqlite:///{tmp_path / 'school.db'}", tmp_path)
    yield started
    started.stop()


class Phone:
    """A browser without script: cookies, forms, redirects, and a busy page that it sends again."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
        self._cookies = SimpleCookie()
        self.busy_pages = 0

    def open(self, path: str, fields: dict[str, str] | None = None) -> str:
        """Open a page or send a form, go where it leads, and return the text."""
        status, headers, text = self._ask("GET" if fields is None else "POST", path, fields)
        while status == 503:
            self.busy_pages += 1
            time.sleep(float(headers["Retry-After"]))
            status, headers, text = self._ask("POST", path, _hidden(text))
        if status in (302, 303):
            return self.open(headers["Location"])
        assert status == 200, (path, status, text[:400])
        return text

    def _ask(
        self, method: str, path: str, fields: dict[str, str] | None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        cookies = "; ".join(f"{one.key}={one.value}" for one in self._cookies.values())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urllib.parse.urlencode(fields) if fields is not None else None
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(cookie)
        return answer.status, answer.headers, answer.read().decode()

    def close(self) -> None:
        self._connection.close()


def _hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text))


def _token(text: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found is not None
    return {"csrf_token": found[1]}


def comes_in(server: Server, code: str, name: str) -> int:
    """Come in as a student does, and return how many busy pages were in the way."""
    phone = Phone(server)
    try:
        names = phone.open(f"/join/{code}")
        button = re.search(rf'value="(\d+)"><bdi>{name}</bdi>', names)
        assert button is not None, name
        pin = phone.open(f"/join/{code}/name", {**_token(names), "student_id": button[1]})
        home = phone.open(f"/join/{code}/pin", {**_token(pin), "secret": PIN, "again": PIN})
        assert name in home
        return phone.busy_pages
    finally:
        phone.close()


def test_thirty_phones_are_in_within_a_minute(server: Server) -> None:
    names = [f"Student {number:02}" for number in range(PHONES)]
    runtime = server.runtime
    school = create_school(runtime, OPERATOR, name="Hill Street School", time_zone="Europe/London")
    made = create_person(
        runtime,
        OPERATOR,
        school_id=school,
        display_name="Ms Adler",
        role=Role.TEACHER,
        secret="a long sentence",
    )
    teacher = Actor(made.user_id, school, Role.TEACHER)
    classroom = create_classroom(runtime, teacher, title="10A")
    add_to_roster(runtime, teacher, classroom_id=classroom, text="\n".join(names), with_pins=False)
    open_door(runtime, teacher, classroom_id=classroom)
    with runtime.database.reading() as session:
        code = session.scalars(select(ClassDoor.code)).one()

    begun = time.monotonic()
    with ThreadPoolExecutor(PHONES) as pool:
        list(pool.map(lambda name: comes_in(server, code, name), names))
    took = time.monotonic() - begun

    assert took < MOST_SECONDS
    found = live_list(runtime, teacher, classroom_id=classroom)
    assert {line.name for line in found.lines if line.came_in_at is not None} == set(names)
