"""The gallery of exercise types: every state of every type, and two questions and the sample of each to try."""

from __future__ import annotations

import json

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from quizapp.services.gallery import gallery_type, gallery_types, states_of, worked_questions_of

bp = Blueprint("gallery", __name__, url_prefix="/gallery")


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the types by their moves."""
    return render_template("gallery/index.html", types=gallery_types())


@bp.get("/<type_name>")
def of_type(type_name: str) -> ResponseReturnValue:
    """Show a type in each of its states."""
    return _page(type_name)


@bp.post("/<type_name>/<which>")
def try_one(type_name: str, which: str) -> ResponseReturnValue:
    """Show what becomes of an answer to a worked question or the sample. Nothing is stored."""
    return _page(type_name, which)


def _page(type_name: str, which: str | None = None) -> ResponseReturnValue:
    kind = gallery_type(type_name)
    fields = dict(request.form.lists()) if which else None
    worked = worked_questions_of(kind, which=which, fields=fields)
    tried = next((one.tried for one in worked if one.tried), None)
    return render_template(
        "gallery/type.html",
        kind=kind,
        states=states_of(kind),
        worked=worked,
        value=json.dumps(tried.value, sort_keys=True, ensure_ascii=False) if tried else None,
        form=FlaskForm(),
    ), 422 if tried and tried.problems else 200
