"""A teacher opens the door, and phones come in: from the list, by a typed name, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from quizapp.core.permissions import Role
from tests.browser.conftest import STAFF_PASSWORD, Visitor, make_staff, sign_in

PIN = "739164"
ARABIC = "محمد عبد الرحمن بن خالد آل سعود الهاشمي القرشي المكي المدني"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_two_phones_come_in_through_the_door(visitor: Visitor, *, javascript: bool) -> None:
    teacher = make_staff(visitor.server, Role.TEACHER, f"Door teacher {javascript}")
    listed = f"Door student {javascript}"

    with (
        visitor.opens(javascript=javascript) as desk,
        visitor.opens(width=320, javascript=javascript) as one,
        visitor.opens(width=320, theme="dark", javascript=javascript) as two,
    ):
        sign_in(desk, teacher, STAFF_PASSWORD)
        code = open_the_door(desk, listed)

        come_in_from_the_list(one, code, listed)
        ask_to_come_in(two, code)

        if not javascript:
            desk.get_by_role("link", name="Look again").click()
        line = desk.locator(".door-list__line").filter(has_text=ARABIC)
        expect(desk.locator(".door-list__line").filter(has_text=listed)).to_contain_text("in since")
        line.get_by_role("button", name="Let in").click()
        expect(desk.get_by_text("is in the class now.")).to_be_visible()

        # The page that waits goes on by itself, also without script.
        choose_pin(two)
        expect(two.locator(".account__name")).to_contain_text(ARABIC)
        fits(two)

        see_the_wall(desk, listed)
        undo(desk, listed)
        one.goto("/home")
        expect(one.get_by_role("heading", name="Sign in")).to_be_visible()


def open_the_door(desk: Page, name: str) -> str:
    """Make a class of one, open its door and return the code."""
    desk.get_by_role("link", name="Make a class").first.click()
    desk.get_by_label("Name of the class").fill("10A")
    desk.get_by_role("button", name="Make the class").click()
    desk.get_by_label("Names, one a line").fill(name)
    desk.get_by_role("button", name="Show what will happen").click()
    desk.get_by_role("button", name="Add them without PINs").click()
    desk.get_by_role("link", name="To the class").click()
    desk.get_by_role("link", name="Open the door").click()
    desk.get_by_role("button", name="Open the door for 15 minutes").click()
    expect(desk.get_by_text("0 of 1 are in")).to_be_visible()
    return desk.locator("dd.door-code").inner_text().strip()


def come_in_from_the_list(phone: Page, code: str, name: str) -> None:
    phone.goto("/sign-in")
    phone.get_by_role("link", name="Join with a class code").click()
    phone.get_by_label("Class code").fill("CCCCCC")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("alert")).to_contain_text("No class is open under this code now.")
    phone.get_by_label("Class code").fill(code.lower())
    phone.get_by_role("button", name="Go on").click()
    fits(phone)
    phone.get_by_role("button", name=name).click()
    choose_pin(phone)
    expect(phone.locator(".account__name")).to_contain_text(name)


def ask_to_come_in(phone: Page, code: str) -> None:
    phone.goto(f"/join/{code.replace(' ', '')}")
    expect(phone.get_by_text("chosen already", exact=True)).to_be_visible()
    phone.get_by_label("Your name").fill(ARABIC)
    phone.get_by_role("button", name="Ask to come in").click()
    expect(phone.get_by_role("heading", name="Waiting for your teacher")).to_be_visible()
    fits(phone)


def choose_pin(phone: Page) -> None:
    phone.get_by_label("Your new PIN").fill("123456")
    phone.get_by_label("The same six digits again").fill("123456")
    phone.get_by_role("button", name="Come in").click()
    expect(phone.get_by_role("alert")).to_contain_text("Everybody tries this PIN first.")
    fits(phone)
    phone.get_by_label("Your new PIN").fill(PIN)
    phone.get_by_label("The same six digits again").fill(PIN)
    phone.get_by_role("button", name="Come in").click()


def see_the_wall(desk: Page, name: str) -> None:
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Show it on the projector").click()
    wall = opened.value
    # This server is at 127.0.0.1, where a phone would find itself.
    expect(wall.get_by_text("Phones can't reach this address.")).to_be_visible()
    expect(wall.get_by_role("img", name="QR code of the address")).to_have_count(0)
    expect(wall.locator(".door-wall__code")).to_have_text(re.compile(r"^\w{3} \w{3}$"))
    expect(wall.get_by_text("2 of 2 are in")).to_be_visible()
    expect(wall.get_by_text(name)).to_be_visible()
    expect(wall.get_by_role("button")).to_have_count(0)
    wall.close()


def undo(desk: Page, name: str) -> None:
    desk.locator(".door-list__line").filter(has_text=name).get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("heading", name="Not here yet: 1")).to_be_visible()


def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    page.get_by_role("contentinfo").wait_for()  # a page that is still on its way has no width
    width = page.locator("html").evaluate("page => page.scrollWidth - page.clientWidth")
    assert width == 0
