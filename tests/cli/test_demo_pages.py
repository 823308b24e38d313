"""Everybody and everything that the demo promises, read from its pages as a visitor reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from quizapp.cli.demo import demo_settings
from quizapp.cli.demo_school.people import (
    CLASS_10A,
    CLASS_10B,
    CLASS_11C,
    IDLE,
    JOINED_LATE,
    LAST_YEAR,
    LONG_NAME,
    MAYA,
    MORE_TIME,
    STUCK,
    SURE_BUT_WRONG,
    SUSPENDED,
    TRANSFERRED,
    WITH_A_CODE,
)
from quizapp.cli.demo_school.planted import AWAY_FROM_THE_KEY, PLANTED_QUESTION
from quizapp.core.demo import DemoDoor
from quizapp.storage.engine import make_engine
from quizapp.web.app import create_app
from tests.support.visitor import TOKEN

TAG = re.compile(r"<[^>]+>")
BANNER = "Start my own school"


@pytest.fixture(scope="module")
def demo_app(demo_folder: Path) -> Flask:
    """The application as `quizapp demo` serves it."""
    app = create_app(demo_settings(demo_folder))
    app.testing = True
    return app


class Guest:
    """Somebody who went through a door of the demo; every page that opens carries the banner."""

    def __init__(self, app: Flask, door: DemoDoor | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        self.came_to = ""
        if door is not None:
            answer = self.client.post(f"/demo/{door}", data={"csrf_token": self.token("/sign-in")})
            self.came_to = answer.headers["Location"]

    def token(self, address: str) -> str:
        """Return the token of a page's form."""
        found = TOKEN.search(self.page(address))
        assert found is not None
        return found[1]

    def page(self, address: str) -> str:
        """Return a page of the demo."""
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        assert BANNER in answer.text, address
        return answer.text

    def words(self, address: str) -> str:
        """Return what a page says, without its tags."""
        return words_of(self.page(address))

    def link(self, address: str, words: str) -> str:
        """Return where the link with these words leads."""
        for target, inside in re.findall(
            r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', self.page(address), re.DOTALL
        ):
            if words_of(inside) == words:
                return unescape(target)
        raise AssertionError(f"no link {words!r} on {address}")


def words_of(html: str) -> str:
    """Return text without tags, each gap one space."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def row_of(html: str, first: str) -> list[str]:
    """Return the cells of the table row that begins with these words."""
    for row in re.findall(r"<tr\b.*?</tr>", html, re.DOTALL):
        cells = [words_of(cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        if cells and cells[0].startswith(first):
            return cells
    raise AssertionError(f"no row {first!r}")


@pytest.fixture(scope="module")
def teacher(demo_app: Flask) -> Guest:
    """Behind the teacher's door."""
    return Guest(demo_app, DemoDoor.TEACHER)


@pytest.fixture(scope="module")
def admin(demo_app: Flask) -> Guest:
    """Behind the administrator's door."""
    return Guest(demo_app, DemoDoor.ADMIN)


@pytest.fixture(scope="module")
def rows(demo_folder: Path) -> Iterator[Connection]:
    """A connection, for what no page counts yet."""
    engine = make_engine(demo_settings(demo_folder).database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("door", "leads_to"),
    [
        (DemoDoor.STUDENT, "/home"),
        (DemoDoor.TEACHER, "/classes"),
        (DemoDoor.ADMIN, "/reports"),
        (DemoDoor.AUTHOR, "/library/content"),
    ],
)
def test_each_door_opens_with_one_click(demo_app: Flask, door: DemoDoor, leads_to: str) -> None:
    guest = Guest(demo_app, door)

    came_to = guest.client.get(guest.came_to, follow_redirects=True).request.path

    assert came_to == leads_to
    assert BANNER in guest.page(leads_to)


def test_the_school_has_82_students_in_three_classes_and_an_empty_one(teacher: Guest, admin: Guest) -> None:
    classes = {
        title: teacher.words(teacher.link("/classes", title)) for title in ("10A", "10B", "11C", WITH_A_CODE)
    }

    assert "28 students" in classes["10A"]
    assert "27 students" in classes["10B"]
    assert "27 students" in classes["11C"]
    assert "No students yet" in classes[WITH_A_CODE]
    assert row_of(admin.page("/reports"), "All of these")[1] == "82"


@pytest.mark.parametrize(("title", "names"), [("10A", CLASS_10A), ("10B", CLASS_10B), ("11C", CLASS_11C)])
def test_each_class_lists_its_people(teacher: Guest, title: str, names: tuple[str, ...]) -> None:
    page = teacher.words(teacher.link("/classes", title))

    assert [name for name in names if name not in page] == []


def test_names_are_long_and_in_several_scripts(teacher: Guest) -> None:
    page = teacher.words(teacher.link("/classes", "11C"))

    assert {"李娜", "فاطمة الزهراء", LONG_NAME} <= {name for name in CLASS_11C if name in page}
    assert len(LONG_NAME) == 60
    assert not re.search(r"[\u0400-\u04ff]", page)


def test_two_classes_are_through_the_course(teacher: Guest, admin: Guest) -> None:
    report = admin.page("/reports")

    for title, students in (("10A", 28), ("10B", 27)):
        started, completed, given = row_of(report, title)[2:5]
        assert started == completed == given == str(students * 10)


def test_11c_has_exactly_three_to_check_in_with(teacher: Guest) -> None:
    page = teacher.page(f"{teacher.link('/classes', '11C')}/check-in")
    named = [words_of(one) for one in re.findall(r'<h2 id="student-\d+">(.*?)</h2>', page)]

    assert named == [STUCK, IDLE, SURE_BUT_WRONG]
    assert "left alone for 4 days of school" in words_of(page)


def test_six_written_answers_wait_the_oldest_for_four_days(teacher: Guest, admin: Guest) -> None:
    queue = teacher.page("/grading")
    waiting = [
        int(count)
        for count, _ in re.findall(r'<td class="is-number">(\d+)</td>\s*<td class="is-number">(\d+)', queue)
    ]

    assert sum(waiting) == 6
    assert "4 days ago" in words_of(queue)
    assert "6 written answers wait" in teacher.words(teacher.link("/classes", "11C"))
    assert "oldest: 4 days" in " ".join(row_of(admin.page("/reports"), "11C"))


def test_a_quiz_is_open_and_somebody_is_in_it(teacher: Guest) -> None:
    class_11c = teacher.page(teacher.link("/classes", "11C"))
    open_rows = [row for row in re.findall(r"<tr\b.*?</tr>", class_11c, re.DOTALL) if "Quiz, Homework" in row]

    cells = [words_of(cell) for cell in re.findall(r"<td\b[^>]*>(.*?)</td>", open_rows[-1], re.DOTALL)]

    assert cells[3:] == ["6", "1", "6"]


def test_the_student_behind_the_door_has_something_to_go_on_with(demo_app: Flask) -> None:
    home = Guest(demo_app, DemoDoor.STUDENT).words("/home")

    assert MAYA in home
    assert "Continue" in home
    assert "Results" in home


def test_one_student_has_more_time_and_no_clock(teacher: Guest) -> None:
    student = teacher.words(teacher.link(teacher.link("/classes", "11C"), MORE_TIME))

    assert "1.5" in student
    assert "the clock is hidden" in student


def test_one_moved_with_what_was_done_and_one_joined_late(teacher: Guest) -> None:
    class_11c = teacher.link("/classes", "11C")
    moved, late = (teacher.words(teacher.link(class_11c, name)) for name in (TRANSFERRED, JOINED_LATE))

    assert TRANSFERRED not in teacher.words(teacher.link("/classes", "10B"))
    assert row_of(teacher.page(class_11c), TRANSFERRED)[1] == "finished"
    assert "8 of 8 screens" in moved
    assert "excused" in moved.lower()
    assert "excused" in late.lower()


def test_one_is_suspended(teacher: Guest) -> None:
    class_11c = teacher.words(teacher.link("/classes", "11C"))

    assert f"{SUSPENDED} Suspended" in class_11c


def test_gradebooks_hold_marks_and_excuses(teacher: Guest) -> None:
    book = teacher.page(f"{teacher.link('/classes', '11C')}/gradebook")

    assert "excused" in " ".join(row_of(book, JOINED_LATE)).lower()
    assert any("%" in cell or " of " in cell for cell in row_of(book, MAYA)[1:])


def test_the_class_of_last_year_is_put_away(admin: Guest, teacher: Guest) -> None:
    assert LAST_YEAR in admin.words("/school/classes?state=archived")
    assert f"Archived {LAST_YEAR}" in teacher.words("/classes")


def test_the_empty_class_has_a_code(teacher: Guest) -> None:
    page = teacher.words(f"{teacher.link('/classes', WITH_A_CODE)}/door")

    assert re.search(r"\b[A-HJ-NP-Z2-9]{6}\b|\b[A-HJ-NP-Z2-9]{3}[ -][A-HJ-NP-Z2-9]{3}\b", page)


def test_two_lists_to_try_lie_beside_the_roster(teacher: Guest) -> None:
    roster = f"{teacher.link('/classes', WITH_A_CODE)}/roster"

    for words in ("A good list", "a list with mistakes"):
        with teacher.client.get(teacher.link(roster, words)) as answer:
            assert answer.status_code == 200
            assert "Ana Silva" in answer.text


def test_the_strongest_chose_against_the_planted_key(rows: Connection) -> None:
    chosen = Counter(
        row[0]
        for row in rows.execute(
            text(
                "SELECT r.value FROM responses r"
                " JOIN attempt_slots s ON s.attempt_id = r.attempt_id AND s.slot = r.slot"
                " JOIN content_versions v ON v.id = s.question_version_id"
                " JOIN content_items i ON i.id = v.item_id WHERE i.key = :key"
            ),
            {"key": PLANTED_QUESTION},
        )
    )

    # Who joined late and who moved here were excused.
    assert chosen[f'"{AWAY_FROM_THE_KEY}"'] == (len(CLASS_11C) - 2) // 3
    assert max(chosen, key=chosen.__getitem__) == '"a"'


def test_twenty_questions_have_sixty_answers_each(rows: Connection) -> None:
    answers = rows.execute(
        text(
            "SELECT i.key, count(DISTINCT p.student_id || p.purpose || p.ordinal) FROM practice_answers p"
            " JOIN content_versions v ON v.id = p.question_version_id"
            " JOIN content_items i ON i.id = v.item_id GROUP BY i.key"
        )
    ).all()

    assert sum(count >= 60 for _, count in answers) >= 20


def test_one_exercise_can_be_tried_without_a_sign_in(demo_app: Flask) -> None:
    guest = Guest(demo_app)
    page = guest.page("/try")
    fields = dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', page), "backed")

    answer = guest.client.post("/try", data={"csrf_token": guest.token("/try"), **fields})

    said = words_of(answer.text)
    assert answer.status_code == 200
    assert "Partly right 4 of 12 right" in said
    assert "What settles it" in said
    assert "To the doors of the demo school" in said
    assert guest.link("/sign-in", "Try one exercise, no sign-in") == "/try"


def test_an_exercise_without_an_answer_says_what_is_missing(demo_app: Flask) -> None:
    guest = Guest(demo_app)

    answer = guest.client.post("/try", data={"csrf_token": guest.token("/try")})

    assert answer.status_code == 422
    assert "Nothing is chosen yet" in answer.text


def test_an_exercise_tried_stores_nothing_and_needs_the_pages_token(
    demo_app: Flask, rows: Connection
) -> None:
    guest = Guest(demo_app)
    before = rows.execute(text("SELECT count(*) FROM practice_answers")).scalar()

    answer = guest.client.post("/try", data={"l2-page-b.l1": "backed"})

    assert answer.status_code == 400
    assert rows.execute(text("SELECT count(*) FROM practice_answers")).scalar() == before


def test_an_author_sees_what_is_written(demo_app: Flask) -> None:
    author = Guest(demo_app, DemoDoor.AUTHOR)
    page = author.page("/library/content")

    assert 'href="/gallery/"' in page
    assert "Six pages. How many sources?" in author.page("/gallery/")
    assert row_of(page, "2. Who says so?")[2] == "25"
    assert int(row_of(page, "S2 ")[-1]) > 0
