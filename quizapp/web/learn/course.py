"""What every lesson refers to: *The page, retold* and the word wall."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from quizapp.services.retold import retold_page, words_of_course
from quizapp.web.learn.blueprint import bp
from quizapp.web.runtime import actor, login_required, runtime


@bp.get("/page")
@login_required
def page() -> ResponseReturnValue:
    """Show The page, retold: tags lead to its cards, which carry the ids that tags name.

    Where a school uses the made-up cases alone, the tags of older results lead to a sentence that says so.
    """
    page = retold_page(runtime(), actor())
    if page is None:
        return render_template("learn/page_not_shown.html")
    return render_template("learn/page.html", page=page)


@bp.get("/words")
@login_required
def word_wall() -> ResponseReturnValue:
    """Show the word wall: words in lessons lead here."""
    return render_template("learn/word_wall.html", words=words_of_course(runtime(), actor()))
