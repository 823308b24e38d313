"""Six pages: what a student can read again when the answer has come back."""

from __future__ import annotations

import pytest

from quizapp.question_types.contract import Shown
from tests.question_types.cases import all_cases
from tests.question_types.pages import rendered

[CASE] = [case for case in all_cases() if case.type.name == "six_pages"]
TYPE, SETTINGS = CASE.type, CASE.settings


@pytest.mark.parametrize("is_shown", [True, False])
def test_every_page_can_be_read_again_in_a_review(is_shown):
    shown = Shown(score=is_shown, why=is_shown, key=is_shown)

    html = rendered("six_pages", "review", TYPE.review_view(SETTINGS, {"p1": "own"}, seed=1, shown=shown))

    assert html.count("<details>") == 6
    for page in SETTINGS.pages:
        assert page.body in html
        assert page.credit in html
