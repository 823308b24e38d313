"""Words stay in their boxes, on a phone and on a desk, and a drawing follows the theme."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visitor

# The smallest box around the middle of some words, and how far they pass it.
PASSING = """() => [...document.querySelectorAll("svg.drawing__paper")].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll("rect, .drawing__box")].map((box) => box.getBoundingClientRect());
  return [...svg.querySelectorAll("text")].map((text) => {
    const words = text.getBoundingClientRect();
    const x = words.x + words.width / 2, y = words.y + words.height / 2;
    const around = [...boxes, svg.getBoundingClientRect()]
      .filter((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)
      .sort((one, other) => one.width * one.height - other.width * other.height)[0];
    const passes = !around || words.left < around.left || words.right > around.right
      || words.top < around.top - 1 || words.bottom > around.bottom + 1;
    return passes ? text.textContent : "";
  }).filter(Boolean);
})"""
SIZES = """() => [...document.querySelectorAll("svg.drawing__paper text")]
  .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
COLOURS = """() => ["box", "line", "label"].map((part) => {
  const style = getComputedStyle(document.querySelector(`.drawing__${part}`));
  return part === "box" ? style.fill : part === "line" ? style.stroke : style.fill;
})"""


@pytest.mark.parametrize("width", [320, 1280])
def test_words_stay_in_their_boxes_and_can_be_read(visitor: Visitor, width: int) -> None:
    with visitor.opens(width=width) as page:
        page.goto("/style")

        assert page.locator("svg.drawing__paper").count() == 3
        assert page.evaluate(PASSING) == []
        assert min(page.evaluate(SIZES)) > 12
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_drawing_follows_the_theme(visitor: Visitor) -> None:
    with visitor.opens(theme="light") as light, visitor.opens(theme="dark") as dark:
        light.goto("/style")
        dark.goto("/style")

        assert all(
            one != other for one, other in zip(light.evaluate(COLOURS), dark.evaluate(COLOURS), strict=True)
        )


def test_a_drawing_is_named_and_told(visitor: Visitor) -> None:
    with visitor.opens() as page:
        page.goto("/style")

        found = page.get_by_role("img", name="Four pages, two sources")
        assert "Three of them lead to one interview" in (
            found.get_attribute("aria-labelledby") and found.inner_html()
        )
        page.get_by_text("The drawing in words").last.click()
        page.get_by_text("Page 2, A blog, got it from page 1").wait_for()
