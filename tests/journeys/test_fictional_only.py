"""A school that uses the made-up cases alone: set up in the browser, then every lesson and its quiz, over HTTP."""

from __future__ import annotations

import re

import pytest

from quizapp.content.catalogue import load_catalogue
from quizapp.content.roots import content_roots
from quizapp.core.assignments import Kind
from quizapp.core.permissions import NOBODY, OPERATOR, Actor, Role
from quizapp.core.questions import Case
from quizapp.services.access.lessons import slug_of
from quizapp.services.accounts import create_person
from quizapp.services.assigning import assign_work
from quizapp.services.assignments import Dates, Rules
from quizapp.services.attempts import start_attempt
from quizapp.services.classrooms import create_classroom
from quizapp.services.content import lessons_in_order, sync_content
from quizapp.services.first_run import new_link_token
from quizapp.services.rehearsal import questions_of_attempt
from quizapp.services.rosters import add_to_roster
from quizapp.services.runtime import reading
from quizapp.services.schools import schools_to_sign_in
from quizapp.services.submitting import submit_attempt
from tests.support.visitor import TOKEN, Visitor

FIRST_RUN = {
    "school_name": "Hill Street School",
    "time_zone": "Europe/Kyiv",
    "language": "en",
    "teaching_days": ["0", "1", "2", "3", "4"],
    "cases": "fictional_only",
    "display_name": "Ada Quist",
    "password": "a long sentence",
}
ASKED = re.compile(r'name="question" value="([^"]+)"')
CARD = re.compile(r'class="card |class="card__')
LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
QUIZ = "second-source:quiz-who-says-so"
THE_ARTICLE = re.compile(r'href="/page|a report from a war|Sky News|Choose your case')


@reading
def lessons(work, actor):
    return lessons_in_order(work)


class Browser:
    """A browser without script."""

    def __init__(self, app):
        self.client = app.test_client()

    def open(self, address):
        page = self.client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        return page.text

    def send(self, page, address, **fields):
        """Send a form of a page that was opened, and return where it leads."""
        token = TOKEN.search(page)[1]
        answer = self.client.post(address, data={"csrf_token": token, **fields})
        assert answer.status_code == 302, (address, answer.status_code)
        return answer.headers["Location"]

    def sign_in(self, name, secret):
        self.send(self.open("/sign-in"), "/sign-in", user_name=name, secret=secret)


@pytest.fixture(scope="session")
def catalogue():
    """What the product ships."""
    return load_catalogue(content_roots())


@pytest.fixture
def course(runtime, catalogue):
    """Every lesson of the course."""
    sync_content(runtime, OPERATOR, items=catalogue.items, assets=catalogue.assets)
    return lessons(runtime, OPERATOR)


@pytest.fixture
def student(app, runtime, course):
    """The browser of a student whose class was given every lesson with its quiz, in a school set up by its link."""
    office = Browser(app)
    assert office.client.get("/").headers["Location"] == "/first-run"
    link = f"/first-run/{new_link_token(app.config['SECRET_KEY'], runtime.clock())}"
    office.send(office.open(link), link, **FIRST_RUN)
    assert "Start here: make your teachers" in office.open("/reports")
    (school,) = schools_to_sign_in(runtime, NOBODY)
    teacher = create_person(
        runtime, OPERATOR, school_id=school.id, display_name="Ruth Adeyemi", role=Role.TEACHER
    )
    actor = Actor(teacher.user_id, school.id, Role.TEACHER)
    classroom = create_classroom(runtime, actor, title="10A")
    (card,) = add_to_roster(runtime, actor, classroom_id=classroom, text="Ben Ode").cards
    for lesson in course:
        assign_work(
            runtime, actor, classroom_id=classroom, kind=Kind.LESSON, content_key=lesson.key,
            dates=Dates(), rules=Rules(), with_quiz=True,
        )  # fmt: skip
    browser = Browser(app)
    browser.sign_in(card.user_name, card.pin)
    return browser


def keys_of_the_article(course):
    """Return the questions that only readers of the article are asked."""
    return {
        key
        for lesson in course
        for key in set(lesson.question_keys(Case.A)) - set(lesson.question_keys(Case.B))
    }


def test_every_lesson_is_whole_without_the_article(student, course):
    article = keys_of_the_article(course)
    assert article

    for lesson in course:
        start = f"/lessons/{slug_of(lesson.key)}"
        page = student.open(start)
        assert not THE_ARTICLE.search(page)
        screen = student.send(page, f"{start}/start")
        asked = set()
        for number in range(1, 9):
            assert screen == f"{start}/{number}"
            page = student.open(screen)
            assert not THE_ARTICLE.search(page)
            on_screen = set(ASKED.findall(page))
            expected = set(lesson.screen(number).question_keys(Case.B))
            assert on_screen == expected
            asked |= on_screen
            screen = student.send(page, f"{start}/{number}/next")
        assert screen == "/home"
        assert not asked & article
        assert not THE_ARTICLE.search(student.open(f"{start}/print"))
    assert not THE_ARTICLE.search(student.open("/lessons"))


def test_every_quiz_starts_without_a_choice_and_asks_nothing_of_the_article(student, course, runtime):
    home = student.open("/home")
    quizzes = sorted(set(re.findall(r"/assignments/\d+", home)))
    assert len(quizzes) == len(course)

    for quiz in quizzes:
        page = student.open(quiz)
        assert not THE_ARTICLE.search(page)
        attempt = student.send(page, f"{quiz}/attempts")
        assert not THE_ARTICLE.search(student.open(attempt))
        asked = questions_of_attempt(runtime, OPERATOR, attempt_id=int(attempt.rpartition("/")[2]))
        assert {one.question.case for one in asked} <= {None, Case.B}


def test_the_page_that_retells_the_article_tells_only_why_it_is_not_shown(student):
    page = student.open("/page")

    assert "Your school uses made-up cases only" in page
    assert not CARD.search(page)
    student.open("/words")


def test_results_from_before_lead_nowhere_that_is_closed(app, world, runtime, course, monkeypatch):
    # A draw with questions on the article among the six: by chance there may be none.
    monkeypatch.setattr("quizapp.services.attempts.secrets.randbits", lambda _bits: 1)
    teacher, office = world.teacher(), Visitor(app, world, world.admin())
    pupil = world.student(classroom=(classroom := world.classroom(teacher)))
    quiz = world.assignment(classroom, preset="practice", content_key=QUIZ)
    reader = Visitor(app, world, pupil)
    attempt = start_attempt(runtime, pupil.actor, assignment_id=quiz, case=Case.A).attempt_id
    submit_attempt(runtime, pupil.actor, attempt_id=attempt)
    result = f"/attempts/{attempt}/result"
    before = reader.get(result).text
    assert CARD.search(reader.get("/page").text)

    office.post("/settings", FIRST_RUN)
    after = reader.get(result)

    assert after.status_code == 200
    tags = {link for link in LINK.findall(after.text) if link.startswith("/page")}
    assert tags
    assert tags == {link for link in LINK.findall(before) if link.startswith("/page")}
    for link in sorted(set(LINK.findall(after.text))):
        assert reader.client.get(link, follow_redirects=True).status_code == 200, link
    page = reader.get(min(tags)).text
    assert "Your school uses made-up cases only" in page
    assert not CARD.search(page)


def test_the_other_case_cannot_be_asked_for(student, course):
    start = f"/lessons/{slug_of(course[0].key)}"
    page = student.open(start)

    student.send(page, f"{start}/start", case="A")
    asked = set(ASKED.findall(student.open(f"{start}/4")))
    token = TOKEN.search(page)[1]
    changed = student.client.post(f"{start}/case", data={"csrf_token": token, "case": "A"})

    assert asked == set(course[0].screen(4).question_keys(Case.B))
    assert changed.status_code == 404
