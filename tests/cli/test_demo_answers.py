"""What the students of the demo school answer can be an answer, whatever the type."""

from __future__ import annotations

from random import Random

import pytest

from quizapp.cli.demo_school.answers import fields_for, value_for
from tests.question_types.cases import all_cases


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.type.name)
@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_a_demo_student_gives_an_answer_that_the_type_takes(case, strength):
    chance = Random(3)

    for _ in range(20):
        value = value_for(case.type, case.settings, strength, chance)

        assert case.type.problems(case.settings, value) == []
        fields = fields_for(case.type, value, "q3")
        assert case.type.read_form(case.settings, fields, "q3") == value
