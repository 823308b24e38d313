"""Monday's page stands beside today's where there is room, and above it on a phone, also without a script."""

from __future__ import annotations

import pytest

from quizapp.services.assignments import Rules
from tests.browser.conftest import Visitor, sign_in
from tests.browser.lesson import LATER_SLUG, print_both_pages
from tests.browser.school import SchoolClass, make_class
from tests.support.server import Server


@pytest.fixture(scope="module")
def printed(server: Server) -> SchoolClass:
    """A class whose student has printed both pages."""
    made = make_class(server, rules=Rules())
    print_both_pages(server, made)
    return made


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_earlier_page_stands_beside_todays(
    visitor: Visitor, printed: SchoolClass, width: int, javascript: bool
) -> None:
    with visitor.opens(width=width, javascript=javascript) as page:
        sign_in(page, printed.student.name, printed.student.secret)
        page.goto(f"/lessons/{LATER_SLUG}/4")

        earlier = page.get_by_role("group", name="Your page of lesson 2").bounding_box()
        today = page.get_by_role("group", name="Today's page").bounding_box()
        assert earlier
        assert today
        if width == 320:
            assert today["y"] >= earlier["y"] + earlier["height"]
        else:
            assert today["x"] >= earlier["x"] + earlier["width"]
            assert abs(today["y"] - earlier["y"]) < 2
        assert page.get_by_text("for good reason").count() == 1
        assert page.get_by_text("Changed from").count() == page.get_by_text("Changed to").count() > 3
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
