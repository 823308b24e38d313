"""The folder: the documents that have come, and the verdict page."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.folder import document_page, folder_page, judge_document
from quizapp.services.lesson_questions import Rejected
from quizapp.web.forms import EmptyForm
from quizapp.web.learn.answering import after_answer, given_fields, shown_at
from quizapp.web.learn.blueprint import bp
from quizapp.web.runtime import actor, login_required, runtime

DOCUMENT = "/folder/<string:document_id>"


@bp.get("/folder")
@login_required
def folder() -> ResponseReturnValue:
    """Show what is in the folder, what waits, and every verdict so far."""
    return render_template("learn/folder.html", page=folder_page(runtime(), actor()))


@bp.get(DOCUMENT)
@login_required
def document(document_id: str) -> ResponseReturnValue:
    """Show a document and ask for verdicts."""
    return _document_page(document_id)


@bp.post(f"{DOCUMENT}/verdicts")
@login_required
def judge(document_id: str) -> ResponseReturnValue:
    """Take the verdicts on a document, and go back to them."""
    answered = judge_document(
        runtime(),
        actor(),
        document_id=document_id,
        fields=given_fields(),
        shown_at=shown_at(),
    )
    there = url_for("learn.document", document_id=document_id, _anchor="question-1")
    return after_answer(answered, lambda rejected: _document_page(document_id, rejected), there)


def _document_page(document_id: str, rejected: Rejected | None = None) -> ResponseReturnValue:
    page = document_page(runtime(), actor(), document_id=document_id, rejected=rejected)
    html = render_template(
        "learn/document.html", page=page, form=EmptyForm(), shown=int(page.now.timestamp())
    )
    return html, (422 if rejected else 200)
