"""The administrator's report in the browser: figures, reasons, charts with tables, files."""

from __future__ import annotations

import csv
import io
import re

import pytest

from quizapp.core.reports import Missing
from quizapp.services.report_filters import Filters
from quizapp.services.reports import report
from tests.builders.school_by_chance import school_by_chance
from tests.builders.written import hand_in_written, mark_written
from tests.support.visitor import Visitor


@pytest.fixture
def admin(world):
    return world.admin("Ada Quist")


@pytest.fixture
def office(app, world, admin):
    """The administrator's browser."""
    return Visitor(app, world, admin)


@pytest.fixture
def marked_class(world):
    """A class of six whose six tries are marked."""
    world.content()
    teacher = world.teacher("Ruth Adeyemi")
    classroom = world.classroom(teacher, "10A")
    quiz = world.assignment(classroom)
    for place in range(6):
        student = world.student(classroom=classroom)
        mark_written(world, teacher, hand_in_written(world, student, quiz), level=place % 3)
    return classroom


def rows_of(response):
    return list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))


def test_the_first_day_says_what_to_do(office):
    page = office.get("/reports").text

    assert "Start here: make your teachers" in page
    assert "/people/new" in page


def test_the_report_is_the_first_page_and_names_its_places(office):
    assert office.get("/").headers["Location"] == "/reports"
    page = office.get("/reports").text
    assert re.findall(r'<li><a href="(/[a-z]+)"', page) == ["/reports", "/people", "/settings"]


def test_figures_charts_and_definitions_stand_on_one_page(office, marked_class):
    page = office.get("/reports").text

    assert "Ruth Adeyemi" in page
    assert f"/reports/classes/{marked_class}" in page
    assert page.count('<svg viewBox="0 0 320') == 2
    for chart in ("completion", "spread"):
        assert f'aria-labelledby="{chart}-title {chart}-desc"' in page
        assert f'<desc id="{chart}-desc">' in page
    assert "As of Mon 23 Nov 2026, 12:00" in page
    assert "What the figures mean" in page


def test_a_missing_figure_leads_to_its_reason(office, world):
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    for _ in range(3):
        world.student(classroom=classroom)

    page = office.get("/reports").text

    assert '<a href="#why-hidden">hidden</a>' in page
    assert 'id="why-hidden"' in page
    assert "fewer than 5 students" in page


def test_the_page_of_a_class_shows_its_work(office, marked_class):
    page = office.get(f"/reports/classes/{marked_class}").text

    assert "Sample quiz" in page
    assert 'id="spread-title"' in page or "Not shown:" in page


@pytest.mark.parametrize("seed", range(3))
def test_the_file_holds_what_the_report_shows(office, world, runtime, admin, seed):
    school_by_chance(world, seed)
    shown = report(runtime, admin.actor, filters=Filters())

    rows = rows_of(office.get("/reports.csv"))

    figures = [
        ("hidden" if one is Missing.HIDDEN else str(one))
        for line in shown.lines
        for one in (line.figures.students, line.figures.completed)
        if not isinstance(one, Missing) or one is Missing.HIDDEN
    ]
    in_file = [cell for row in rows[1:-1] for cell in (row[2], row[5])]
    assert [row[0] for row in rows[1:-1]] == [line.title for line in shown.lines]
    assert [cell for cell in in_file if cell.isdigit() or cell == "hidden"] == figures
    assert rows[-1][0] == "All of these"


def test_abilities_and_spreadsheets_are_files_too(office, marked_class):
    abilities = rows_of(office.get("/reports.csv?table=abilities"))
    sheet = office.get("/reports.xlsx")

    assert abilities[0][0] == "Ability"
    assert abilities[1][1] == "6"
    assert sheet.data.startswith(b"PK")
    assert sheet.headers["Content-Disposition"].startswith("attachment")


def test_a_class_name_does_not_become_a_formula(office, world):
    world.content()
    world.classroom(world.teacher(), "=1+1")

    assert rows_of(office.get("/reports.csv"))[1][0] == "'=1+1"


def test_a_day_that_is_none_is_told_at_its_field(office, marked_class):
    page = office.get("/reports?since=yesterday")

    assert page.status_code == 422
    assert 'href="#since"' in page.text
    assert office.get("/reports.csv?since=yesterday").status_code == 422


def test_a_choice_that_leaves_out_few_is_told_at_its_filter(office, world, marked_class):
    small = world.classroom(world.teacher(), "Small")
    for _ in range(2):
        world.student(classroom=small)

    page = office.get(f"/reports?classroom={marked_class}")

    assert page.status_code == 422
    assert "leaves out fewer than 5 students" in page.text
    assert '<table class="data-table" id="classes"' not in page.text


@pytest.mark.parametrize(
    "address", ["/reports?classroom=x", "/reports?teacher=999999", "/reports.csv?classroom=99999"]
)
def test_unknown_ids_find_nothing(office, marked_class, address):
    assert office.get(address).status_code == 404


def test_a_selection_without_work_gives_a_clear_answer(office, marked_class):
    page = office.get("/reports?content=sample:who-says")

    assert page.status_code == 200
    assert "nothing given" in page.text
