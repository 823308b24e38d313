"""Ink and pencil on a phone: a list in place of five buttons a line, and the same form behind it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from quizapp.content.samples import sample_key
from quizapp.question_types.registry import question_type
from tests.browser.conftest import Visitor
from tests.browser.steps import given, send

NAME = sample_key(question_type("ink_and_pencil"))


def line(page: Page, line_id: str) -> Locator:
    return page.locator(f'form[data-worked="{NAME}"] [id="{NAME}-{line_id}"]')


def test_a_list_stands_for_the_buttons_on_a_phone_and_posts_what_they_post(visitor: Visitor) -> None:
    with visitor.opens(width=320) as page:
        page.goto(f"/gallery/ink_and_pencil#{NAME}-number")
        first = line(page, "l1")
        verdict = first.get_by_label("Your verdict on line 1")
        expect(first.get_by_role("radio")).to_have_count(0)
        verdict.focus()
        page.keyboard.type("No source")

        expect(first.get_by_text("[who says?]")).to_be_visible()
        assert given(page.locator(f'form[data-worked="{NAME}"] fieldset').first, NAME) == {
            f"{NAME}.l1": ["unsourced"]
        }
        send(page, page.locator(f'form[data-worked="{NAME}"]').get_by_role("button", name="Check"))
        expect(page.locator("[data-value]")).to_have_text('{"l1": "unsourced"}')


def test_a_verdict_stays_when_the_phone_is_turned_and_when_it_is_taken_back(visitor: Visitor) -> None:
    with visitor.opens(width=320) as page:
        page.goto("/gallery/ink_and_pencil")
        first = line(page, "l1")
        first.get_by_role("combobox").select_option("backed")
        page.set_viewport_size({"width": 900, "height": 400})
        expect(first.get_by_role("radio", name="Backed up")).to_be_checked()
        first.get_by_role("radio", name="Contradicted").check()
        page.set_viewport_size({"width": 320, "height": 900})
        expect(first.get_by_role("combobox")).to_have_value("contradicted")

        first.get_by_role("combobox").select_option("")

        expect(first.get_by_text("[no verdict yet]")).to_be_visible()
        assert given(page.locator(f'form[data-worked="{NAME}"] fieldset').first, NAME) == {}


def test_without_script_a_phone_has_the_buttons(visitor: Visitor) -> None:
    with visitor.opens(width=320, javascript=False) as page:
        page.goto("/gallery/ink_and_pencil")

        expect(line(page, "l1").get_by_role("radio")).to_have_count(5)
        expect(line(page, "l1").get_by_role("combobox")).to_have_count(0)
