"""What every question type promises, tried on each type's own ``cases.yaml``."""

from __future__ import annotations

import copy
import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import ValidationError

from quizapp.core.questions import Move
from quizapp.core.scoring import Outcome, Score, score
from quizapp.question_types.contract import INSTRUCTIONS, Cardinality, Shown
from quizapp.question_types.registry import question_type, question_types
from tests.question_types.cases import (
    SECRET,
    TypeCases,
    all_cases,
    changed,
    every_choice,
    with_other_keys,
    with_secrets,
)
from tests.question_types.pages import TYPES, Form, rendered

ALL = all_cases()
MARKED_BY_MACHINE = [case for case in ALL if case.type.move is not Move.WRITE]
EVERYTHING = Shown(score=True, why=True, key=True)
NOTHING = Shown(score=False, why=False, key=False)

every_type = pytest.mark.parametrize("case", ALL, ids=lambda case: case.type.name)
every_marked_type = pytest.mark.parametrize("case", MARKED_BY_MACHINE, ids=lambda case: case.type.name)

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["a", "b", "l1", "backed"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(max_size=4) | st.sampled_from(["l1", "a"]), inner, max_size=4)
    ),
    max_leaves=8,
)


# --- the folder -------------------------------------------------------------------------------------------------


@every_type
def test_a_type_is_named_as_its_folder_and_documented(case):
    folder = TYPES / case.type.name

    assert {"__init__.py", "type.py", "question.html", "review.html", "cases.yaml", "README.md"} <= {
        path.name for path in folder.iterdir()
    }
    assert str(case.type.label)
    assert case.type.instruction == INSTRUCTIONS[case.type.move]


@every_type
def test_the_example_in_the_readme_is_allowed(case):
    readme = (TYPES / case.type.name / "README.md").read_text(encoding="utf-8")

    [example] = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)

    assert case.type.parse(yaml.safe_load(example))


@every_type
def test_the_readme_names_every_key(case):
    readme = (TYPES / case.type.name / "README.md").read_text(encoding="utf-8")

    assert [key for key in case.type.settings_model.model_fields if f"| `{key}" not in readme] == []


@every_type
def test_settings_of_every_published_version_are_still_read(case):
    for version in range(1, case.type.schema_version + 1):
        published = yaml.safe_load(
            (TYPES / case.type.name / f"schema-{version}.yaml").read_text(encoding="utf-8")
        )

        assert published["schema_version"] == version
        assert case.type.parse(case.type.upgrade(published["settings"], version))


@every_type
def test_a_version_from_the_future_is_refused(case):
    with pytest.raises(ValueError, match="no settings of version"):
        case.type.upgrade({}, case.type.schema_version + 1)


@every_type
def test_settings_survive_the_database(case):
    stored = json.loads(json.dumps(case.settings.model_dump(mode="json"), sort_keys=True))

    assert case.type.parse(stored) == case.settings


def test_an_unknown_type_is_a_key_error():
    with pytest.raises(KeyError):
        question_type("crossword")


def test_types_come_in_alphabetical_order():
    assert list(question_types()) == sorted(question_types())


# --- the author -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "mistake"),
    [(case, mistake) for case in ALL for mistake in case.content["mistakes"]],
    ids=lambda part: part.type.name if isinstance(part, TypeCases) else ",".join(part["change"]),
)
def test_an_authors_mistake_is_named_with_what_is_allowed(case, mistake):
    wrong = changed(case.content["settings"], mistake["change"])

    with pytest.raises(ValidationError) as refused:
        case.type.parse(wrong)

    assert mistake["says"] in "; ".join(error["msg"] for error in refused.value.errors())


# --- the score --------------------------------------------------------------------------------------------------


@every_marked_type
def test_each_value_earns_what_its_case_says(case):
    for row in case.content["values"]:
        decisions = case.type.decisions(case.settings, row["value"])

        assert score(case.type.move, decisions) == Score(row["earned"], row["of"]), row


@every_type
def test_each_value_is_as_complete_as_its_case_says(case):
    for row in case.content["values"]:
        assert case.type.problems(case.settings, row["value"]) == []
        assert case.type.is_complete(case.settings, row["value"]) is row["is_complete"], row


@every_marked_type
def test_the_types_own_correct_value_earns_everything(case):
    correct = case.type.correct_value(case.settings)

    assert case.type.problems(case.settings, correct) == []
    assert case.type.is_complete(case.settings, correct)
    assert score(case.type.move, case.type.decisions(case.settings, correct)).is_full


@every_type
def test_blank_is_never_wrong(case):
    assert case.type.is_blank(case.settings, None)
    assert not case.type.is_complete(case.settings, None)

    decisions = case.type.decisions(case.settings, None)

    assert {decision.outcome for decision in decisions} <= {Outcome.BLANK, Outcome.MISSED, Outcome.LEFT}
    assert all(decision.given is None for decision in decisions)
    assert case.type.feedback(case.settings, None) == ()


@every_type
def test_an_answer_is_only_read(case):
    for value in case.values:
        before = copy.deepcopy(value)

        case.type.decisions(case.settings, value)
        case.type.feedback(case.settings, value)
        case.type.student_view(case.settings, value, seed=3)
        case.type.review_view(case.settings, value, seed=3, shown=EVERYTHING)
        case.type.summary(case.settings, value)

        assert value == before


@every_type
def test_what_leaves_a_type_is_json(case):
    for value in case.values:
        outcome = [
            [[d.part, d.given, d.outcome] for d in case.type.decisions(case.settings, value)],
            case.type.correct_value(case.settings),
            case.type.student_view(case.settings, value, seed=3),
            case.type.review_view(case.settings, value, seed=3, shown=EVERYTHING),
            list(case.type.summary(case.settings, value)),
        ]

        assert json.loads(json.dumps(outcome)) == outcome


@every_type
def test_a_value_has_the_shape_of_its_cardinality(case):
    shape = {
        Cardinality.SINGLE: str,
        Cardinality.MULTIPLE: list,
        Cardinality.ORDERED: list,
        Cardinality.RECORD: dict,
    }[case.type.cardinality]

    assert isinstance(case.type.correct_value(case.settings), shape)


@every_type
def test_feedback_exists_for_every_choice(case):
    for value in every_choice(case):
        feedback = case.type.feedback(case.settings, value)

        assert {part.part for part in feedback} <= set(case.type.part_ids(case.settings))
        assert feedback
        assert all(part.html.strip() for part in feedback)


# --- what can't be an answer ------------------------------------------------------------------------------------


@every_type
def test_a_malformed_value_is_named_and_shown_without_a_crash(case):
    for value in case.content["malformed"]:
        assert case.type.problems(case.settings, value), value
        assert all(str(problem) for problem in case.type.problems(case.settings, value))
        rendered(case.type.name, "question", case.type.student_view(case.settings, value, seed=3))


@every_type
@hypothesis_settings(deadline=None, max_examples=150)
@given(value=junk)
def test_any_value_has_problems_or_can_be_scored_and_shown(case, value):
    if case.type.problems(case.settings, value):
        case.type.student_view(case.settings, value, seed=3)
        return

    decisions = case.type.decisions(case.settings, value)
    case.type.review_view(case.settings, value, seed=3, shown=EVERYTHING)
    case.type.summary(case.settings, value)

    if case.type.move is not Move.WRITE:
        assert score(case.type.move, decisions).earned >= 0


@every_type
@hypothesis_settings(deadline=None, max_examples=150)
@given(
    fields=st.dictionaries(
        st.sampled_from(["q3", "q3.a", "q3.b", "q3.l1", "q3.l2", "q3.", "q30", "q30.a", "other"]),
        st.lists(st.sampled_from(["", "a", "b", "1", "2", "backed", "x", " ", "\0", "٣", "²"]), max_size=3),
    )
)
def test_any_form_is_read(case, fields):
    value = case.type.read_form(case.settings, fields, "q3")

    case.type.problems(case.settings, value)
    case.type.student_view(case.settings, value, seed=3)


@every_type
def test_a_neighbours_fields_are_not_read(case):
    fields = {f"q30.{part}": ["1"] for part in case.type.part_ids(case.settings)} | {
        "q30": ["a"],
        "flag": ["q3"],
    }

    assert case.type.read_form(case.settings, fields, "q3") is None


# --- the form ---------------------------------------------------------------------------------------------------


@every_type
def test_the_form_without_script_gives_the_same_value_back(case):
    for value in case.values:
        form = Form(
            rendered(case.type.name, "question", case.type.student_view(case.settings, value, seed=3))
        )

        assert case.type.read_form(case.settings, form.fields, "q3") == value


@every_type
def test_every_control_has_a_label_and_every_fieldset_a_legend(case):
    form = Form(rendered(case.type.name, "question", case.type.student_view(case.settings, None, seed=3)))

    assert form.controls
    assert form.unlabelled == []
    assert form.fieldsets == form.legends


@every_type
def test_a_closed_question_can_not_be_changed(case):
    view = case.type.student_view(case.settings, None, seed=3)

    form = Form(rendered(case.type.name, "question", view, is_open=False))

    assert all("disabled" in control or "readonly" in control for control in form.controls)


@every_type
@pytest.mark.parametrize("shown", [EVERYTHING, NOTHING, Shown(score=True, why=True, key=False)], ids=repr)
def test_a_review_asks_nothing(case, shown):
    for value in case.values:
        review = rendered(
            case.type.name,
            "review",
            case.type.review_view(case.settings, value, seed=3, shown=shown),
            is_open=False,
        )

        assert Form(review).controls == []


# --- what is kept back ------------------------------------------------------------------------------------------


@every_type
def test_a_student_view_is_the_same_bytes_whatever_the_key(case):
    other = case.type.parse(with_other_keys(with_secrets(case.content["settings"])))
    assert other != case.settings

    for value in case.values:
        for seed in (1, 2, 3):
            asked = json.dumps(case.type.student_view(case.settings, value, seed=seed))

            assert json.dumps(case.type.student_view(other, value, seed=seed)) == asked


@every_type
def test_neither_question_nor_closed_review_holds_feedback_or_rubric(case):
    settings = case.type.parse(with_secrets(case.content["settings"]))
    assert SECRET in settings.model_dump_json()

    for value in case.values:
        asked = case.type.student_view(settings, value, seed=3)
        reviewed = case.type.review_view(settings, value, seed=3, shown=NOTHING)
        scored = case.type.review_view(settings, value, seed=3, shown=Shown(score=True, why=False, key=False))

        for view in (asked, reviewed, scored):
            assert SECRET not in json.dumps(view)


@every_type
def test_a_review_with_nothing_released_is_the_same_bytes_whatever_the_key(case):
    other = case.type.parse(with_other_keys(with_secrets(case.content["settings"])))

    for value in case.values:
        reviewed = json.dumps(case.type.review_view(case.settings, value, seed=3, shown=NOTHING))

        assert json.dumps(case.type.review_view(other, value, seed=3, shown=NOTHING)) == reviewed


@every_marked_type
def test_feedback_is_shown_only_with_the_why(case):
    settings = case.type.parse(with_secrets(case.content["settings"]))
    answer = next(every_choice(case))

    told = case.type.review_view(settings, answer, seed=3, shown=Shown(score=True, why=True, key=False))

    assert SECRET in json.dumps(told)
    assert SECRET in rendered(case.type.name, "review", told, is_open=False)
