"""The button under a question says what it does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import render_template_string

from quizapp.content.samples import sample_of
from quizapp.question_types.registry import question_type

FORM = "{% include 'learn/form.html' %}"


@pytest.mark.parametrize(
    ("name", "words"), [("ink_and_pencil", "Print my page"), ("six_pages", "Check"), ("label_page", "Check")]
)
def test_only_a_page_that_is_set_anew_is_printed(app, name, words):
    kind = question_type(name)
    view = kind.student_view(sample_of(kind).settings, None, seed=1)
    asked = SimpleNamespace(
        key="sample:one",
        name="one",
        type=name,
        move=kind.move,
        stem="Which?",
        instruction="Decide each line.",
        is_whole_page=kind.whole_page,
        is_guess=False,
        review=None,
        form=SimpleNamespace(problems=(), sure=(), view=view),
    )

    with app.test_request_context():
        form = SimpleNamespace(csrf_token=lambda **_: "")
        page = render_template_string(FORM, question=asked, form=form, answer_url="/x", shown="1")

    assert page.rsplit("<button", 1)[1].split(">")[1].split("<")[0].strip() == words
