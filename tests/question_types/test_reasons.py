"""Why a key is the key, told to somebody who chose otherwise."""

from __future__ import annotations

import pytest

from quizapp.question_types.answers import without_nod
from quizapp.question_types.contract import Shown
from quizapp.question_types.registry import question_type


@pytest.mark.parametrize(
    ("feedback", "reason"),
    [
        ("Yes. Line 3 names the baker.", "Line 3 names the baker."),
        ("Right. The reporter counted.", "The reporter counted."),
        ("Yes, with a name.", "Yes, with a name."),
        ("Yesterday is a relative date.", "Yesterday is a relative date."),
    ],
)
def test_a_reason_begins_without_the_nod(feedback: str, reason: str) -> None:
    assert without_nod(feedback) == reason


def test_a_wrong_line_is_not_told_yes() -> None:
    line = {"text": "The kiosk opens at ten.", "key": "claimed", "evidence": "kiosk:1"}
    told = {"right": "Yes. The owner says so.", "wrong": "Look who speaks."}
    kind = question_type("decide_lines")
    settings = kind.parse(
        {"choices": "verdicts", "lines": [{"id": f"l{n}", **line, "feedback": told} for n in (1, 2, 3)]}
    )
    shown = Shown(score=True, why=True, key=True)

    view = kind.review_view(settings, {"l1": "backed", "l2": "claimed", "l3": "claimed"}, seed=1, shown=shown)

    assert [one["key_feedback"] for one in view["lines"]] == ["The owner says so.", None, None]
    assert view["lines"][1]["feedback"] == "Yes. The owner says so."
