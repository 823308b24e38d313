"""A name of one long word breaks before it makes a page wider than the screen."""

from __future__ import annotations

import pytest

from quizapp.core.permissions import Role
from quizapp.services.classrooms import create_classroom
from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import make_person
from tests.browser.steps import press

TITLE = "Mediengruppe" * 4


@pytest.mark.parametrize("page_of", ["", "/roster", "/archive", "/name"])
def test_the_pages_of_a_class_with_a_long_name_fit_a_phone(visitor: Visitor, page_of: str) -> None:
    teacher = make_person(visitor.server, Role.TEACHER, "Ruth Moor")
    classroom_id = create_classroom(visitor.server.runtime, teacher.actor, title=TITLE)

    with visitor.opens(width=320) as page:
        sign_in(page, teacher.name, teacher.secret)
        page.goto(f"/classes/{classroom_id}{page_of}")

        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_said_of_a_class_with_a_long_name_fits_too(visitor: Visitor) -> None:
    teacher = make_person(visitor.server, Role.TEACHER, "Ruth Moor")
    classroom_id = create_classroom(visitor.server.runtime, teacher.actor, title=TITLE)

    with visitor.opens(width=320) as page:
        sign_in(page, teacher.name, teacher.secret)
        page.goto(f"/classes/{classroom_id}/archive")
        press(page, "Archive the class")

        page.get_by_text("is archived. Nothing is deleted").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
