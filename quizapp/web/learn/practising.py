"""Practise a skill: the skills, and one question at a time."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.messages import Message
from quizapp.core.skills import Strand
from quizapp.services.lesson_questions import Rejected
from quizapp.services.practising import answer_practice, practice_list, practice_page, unfinished_practice
from quizapp.web.forms import EmptyForm
from quizapp.web.learn.answering import after_answer, given_fields, shown_at
from quizapp.web.learn.blueprint import bp
from quizapp.web.runtime import actor, login_required, runtime

STRANDS = {
    Strand.SOURCING: Message("Sourcing"),
    Strand.ANONYMITY: Message("Anonymity"),
    Strand.PROMOTIONAL_VIDEO: Message("Promotional video"),
}

SKILL = "/practise/<string:skill_id>"
TURN = f"{SKILL}/<int:number>"


@bp.get("/practise")
@login_required
def practise() -> ResponseReturnValue:
    """Show the skills that can be practised."""
    listed = practice_list(runtime(), actor())
    strands = [(STRANDS[strand], listed[strand]) for strand in STRANDS if strand in listed]
    return render_template("learn/practise.html", strands=strands)


@bp.get(SKILL)
@login_required
def practise_skill(skill_id: str) -> ResponseReturnValue:
    """Ask what is due on a skill."""
    return _turn_page(skill_id, None)


@bp.get(TURN)
@login_required
def practice_turn(skill_id: str, number: int) -> ResponseReturnValue:
    """Show a question that was asked with what became of it, or the one that is due."""
    return _turn_page(skill_id, number)


@bp.post(f"{TURN}/answers")
@login_required
def answer_practice_turn(skill_id: str, number: int) -> ResponseReturnValue:
    """Take the answer to a question, and go back to it; or draw what is given so far."""
    question_key = request.form.get("question", "")
    if "draw" in request.form:
        drawn = unfinished_practice(
            runtime(),
            actor(),
            skill_id=skill_id,
            number=number,
            question_key=question_key,
            fields=given_fields(),
        )
        return _turn_page(skill_id, number, drawn)
    answered = answer_practice(
        runtime(),
        actor(),
        skill_id=skill_id,
        number=number,
        question_key=question_key,
        fields=given_fields(),
        shown_at=shown_at(),
    )
    there = url_for("learn.practice_turn", skill_id=skill_id, number=number, _anchor=f"question-{number}")
    return after_answer(answered, lambda rejected: _turn_page(skill_id, number, rejected), there)


def _turn_page(skill_id: str, number: int | None, rejected: Rejected | None = None) -> ResponseReturnValue:
    page = practice_page(runtime(), actor(), skill_id=skill_id, number=number, rejected=rejected)
    html = render_template(
        "learn/practise_skill.html",
        page=page,
        question=page.question,
        form=EmptyForm(),
        shown=int(page.now.timestamp()),
    )
    return html, (422 if rejected and rejected.problems else 200)
