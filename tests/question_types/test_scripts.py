"""What the scripts of the types do to a form, in a real browser: they help, and post what the form posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.question_types.cases import all_cases
from tests.question_types.pages import rendered

STATIC = Path(__file__).parents[2] / "static"
CASES = {case.type.name: case for case in all_cases()}


@pytest.fixture
def page(chromium):
    page = chromium.new_page()
    page.failures = []
    page.on("pageerror", lambda error: page.failures.append(str(error)))
    yield page
    page.close()
    assert page.failures == []


def asked(page, name, value=None, *, is_open=True):
    """Show a question with its scripts."""
    case = CASES[name]
    view = case.type.student_view(case.settings, value, seed=3)
    page.set_content(f"<form>{rendered(name, 'question', view, is_open=is_open)}</form>")
    for script in case.type.scripts:
        # A module runs some time after it was added: the page says when.
        page.evaluate("window.hasRun = false")
        page.add_script_tag(
            content=(STATIC / script).read_text(encoding="utf-8") + "\nwindow.hasRun = true;", type="module"
        )
        page.wait_for_function("window.hasRun")
    return case


def posted(page, case):
    """Return the value that the form would post now."""
    pairs = page.evaluate("[...new FormData(document.forms[0])]")
    fields: dict[str, list[str]] = {}
    for field, held in pairs:
        fields.setdefault(field, []).append(held)
    return case.type.read_form(case.settings, fields, "q3")


def arranged(page):
    return page.evaluate(
        "[...document.querySelectorAll('li select')].map((field) => field.name.split('.')[1])"
    )


def test_an_order_that_nobody_touched_is_blank(page):
    case = asked(page, "order")

    assert posted(page, case) is None
    assert page.locator("[data-order-blank]").is_visible()
    assert not page.locator("select").first.is_visible()


def test_up_and_down_give_the_order_that_is_seen_and_say_the_new_place(page):
    case = asked(page, "order")
    before = arranged(page)
    page.evaluate("document.addEventListener('change', () => { window.changes = (window.changes ?? 0) + 1 })")

    page.locator("[data-move=down]").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")

    moved = [before[1], before[2], before[0], before[3]]
    assert arranged(page) == moved
    assert posted(page, case) == moved
    assert page.locator("[data-order-said]").text_content().startswith("Place 3 of 4: ")
    assert page.evaluate("document.activeElement.dataset.move") == "down"
    assert page.evaluate("window.changes") == 2


def test_the_ends_go_no_further_and_keep_the_focus(page):
    case = asked(page, "order")
    last = page.locator("[data-move=down]").last

    last.focus()
    page.keyboard.press("Enter")

    assert posted(page, case) is None
    assert last.get_attribute("aria-disabled") == "true"
    assert page.evaluate("document.activeElement.dataset.move") == "down"


def test_an_order_can_be_kept_as_it_stands(page):
    case = asked(page, "order")

    page.get_by_role("button", name="Keep this order").click()

    assert posted(page, case) == arranged(page)
    assert not page.locator("[data-order-blank]").is_visible()


def test_an_order_given_before_comes_back(page):
    case = asked(page, "order", ["d", "a", "c", "b"])

    assert arranged(page) == ["d", "a", "c", "b"]
    assert posted(page, case) == ["d", "a", "c", "b"]


def test_a_closed_order_has_no_buttons_to_move(page):
    asked(page, "order", ["d", "a", "c", "b"], is_open=False)

    assert page.locator("[data-move]").count() == 0


@pytest.mark.parametrize("verdict", ["backed", "claimed", "unsourced", "contradicted", "view"])
def test_the_page_sets_itself_as_the_server_would(page, verdict):
    case = asked(page, "ink_and_pencil", {"l1": "view"})

    page.locator(f"input[name='q3.l1'][value={verdict}]").check()

    def first_line():
        return page.locator("#q3-l1").evaluate(
            """line => ({
                kind: line.className.split(" ").toSorted(),
                text: line.querySelector(".ip-text").innerText.trim(),
                words: line.querySelector("[data-set-words]").localName,
            })"""
        )

    by_script = first_line()
    assert posted(page, case) == {"l1": verdict}
    asked(page, "ink_and_pencil", {"l1": verdict})
    assert first_line() == by_script


@pytest.mark.parametrize("text", ["", "  ", "one", " two\n words\t", "Мережа росте щодня", "a - b"])
def test_words_are_counted_as_the_server_counts_them(page, text):
    case = asked(page, "short_construct", "before")

    page.locator("textarea").fill(text)

    count = case.type.student_view(case.settings, text, seed=3)["words"]
    assert page.locator("[data-word-count]").inner_text() == f"Words: {count} (4 to 20 asked for)"
