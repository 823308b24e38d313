"""The library, and that every page of teachers is closed to everybody else."""

from __future__ import annotations

import pytest

from tests.builders.written import hand_in_written, written_slot
from tests.support.visitor import Visitor


def test_the_library_shows_keys_to_staff(app, world):
    world.content()

    for person in (world.teacher(), world.admin()):
        visitor = Visitor(app, world, person)
        assert "Who says?" in visitor.get("/library").text
        lesson = visitor.get("/library/lessons/who-says").text
        assert "Case A" in lesson
        assert "Case B" in lesson
        assert lesson.count("The key, as a full answer") >= 5
        quiz = visitor.get("/library/quizzes/quiz").text
        assert "The key, as a full answer" in quiz
        assert "Who says that the bakery moves in May?" in quiz
        assert visitor.get("/library/lessons/none").status_code == 404
        assert visitor.get("/library/quizzes/none").status_code == 404


@pytest.fixture
def paths(world):
    """Return every page of one class, its assignment, a student and an answer, with its teacher."""
    world.content()
    teacher = world.teacher("Ms Adler")
    classroom = world.classroom(teacher)
    student = world.student("Ana", classroom=classroom)
    quiz = world.assignment(classroom)
    attempt = hand_in_written(world, student, quiz)
    version = written_slot(world, attempt)[1]
    pages = [
        f"/classes/{classroom}",
        f"/classes/{classroom}/name",
        f"/classes/{classroom}/roster",
        f"/classes/{classroom}/assign",
        f"/classes/{classroom}/assignments/{quiz}",
        f"/classes/{classroom}/assignments/{quiz}/dates",
        f"/classes/{classroom}/students/{student.id}/remove",
        f"/students/{student.id}",
        f"/students/{student.id}/accommodation",
        f"/students/{student.id}/pin",
        f"/grading/{quiz}/{version}",
        f"/grading/{quiz}/{version}/{attempt}",
    ]
    posts = [
        f"/classes/{classroom}/assignments/{quiz}/results",
        f"/students/{student.id}/accommodation/1/end",
        *[page for page in pages if not page.endswith((f"/{classroom}", f"/{quiz}", f"/{version}"))],
    ]
    return teacher, classroom, student, pages, [post for post in posts if post != f"/students/{student.id}"]


def test_the_own_teacher_opens_all(app, world, paths):
    teacher, _, _, pages, _ = paths
    visitor = Visitor(app, world, teacher)

    assert {page: visitor.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("who", ["teacher", "admin", "student", "classmate", "other teacher", "other admin"])
def test_nobody_else_opens_or_does_anything(app, world, paths, who):
    _, classroom, student, pages, posts = paths
    other_school = world.school("Other School")
    people = {
        "teacher": world.teacher,
        "admin": world.admin,
        "student": lambda: student,
        "classmate": lambda: world.student(classroom=classroom),
        "other teacher": lambda: world.teacher(school_id=other_school),
        "other admin": lambda: world.admin(school_id=other_school),
    }
    visitor = Visitor(app, world, people[who]())

    assert {page: visitor.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    fields = {"title": "Mine", "names": "Mallory", "step": "add", "time": "200", "extra_attempts": "0"}
    assert {post: visitor.post(post, fields).status_code for post in posts} == dict.fromkeys(posts, 404)


@pytest.mark.parametrize(
    "path", ["/classes", "/classes/new", "/library", "/library/lessons/who-says", "/grading"]
)
def test_students_have_no_pages_of_teachers(app, world, path):
    world.content()

    assert Visitor(app, world, world.student()).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/classes", "/classes/1", "/students/1", "/grading", "/people", "/library"])
def test_who_is_not_signed_in_is_asked_to(app, world, path):
    world.school()

    answer = app.test_client().get(path)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")
