"""A lesson on the projector, the prompter and the paper. Case and step are kept in the address."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quizapp.core.questions import Case
from quizapp.services.lesson_paper import lesson_paper
from quizapp.services.present import presented_step, prompted_step
from quizapp.web.runtime import actor, login_required, runtime

bp = Blueprint("present", __name__)

LESSON = "/library/lessons/<string:slug>"

AT_HAND = ("Prompts", "Sensitive points")
"""The sections of the teacher's page that stand open beside a step; the others are folded."""


@bp.get(f"{LESSON}/present")
@login_required
def step(slug: str) -> ResponseReturnValue:
    """Show one step to the class."""
    page = presented_step(runtime(), actor(), slug=slug, case=_case(), number=_number())
    return render_template("present/step.html", page=page)


@bp.get(f"{LESSON}/prompter")
@login_required
def prompter(slug: str) -> ResponseReturnValue:
    """Show the same step to the teacher: prompts, the key, and all steps."""
    page = prompted_step(runtime(), actor(), slug=slug, case=_case(), number=_number())
    return render_template("present/prompter.html", page=page, at_hand=AT_HAND)


@bp.get(f"{LESSON}/print")
@login_required
def paper(slug: str) -> ResponseReturnValue:
    """Show a lesson for paper, for the class or with the keys."""
    with_keys = request.args.get("keys") == "yes"
    page = lesson_paper(runtime(), actor(), slug=slug, case=_case(), with_keys=with_keys)
    return render_template("present/paper.html", page=page, with_keys=with_keys)


def _case() -> Case:
    """Return the case of the address; the made-up one where none is named, so that a class sees no war unasked."""
    return Case.A if request.args.get("case") == Case.A else Case.B


def _number() -> int:
    return request.args.get("step", default=1, type=int)
