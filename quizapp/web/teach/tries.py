"""One try of a student: where it is, and what its teacher can do to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.messages import Message
from quizapp.services.access.attempts import TryPlace
from quizapp.services.staff_views import note_staff_view
from quizapp.services.try_deeds import (
    Done,
    end_attempt,
    extend_attempt,
    reopen_attempt,
    take_back_time,
    void_attempt,
)
from quizapp.services.try_page import TryPage, try_page
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.try_forms import DeedForm, MinutesForm
from quizapp.web.teach.try_words import (
    STATES,
    happened_in_words,
    included_in_words,
    left_in_words,
    offers_of,
    until,
)
from quizapp.web.words import gettext as _
from quizapp.web.words import say

TRY = "/classes/<int:classroom_id>/assignments/<int:assignment_id>/tries/<int:attempt_id>"

OVERTAKEN = Message(
    "This was done a moment ago, by a second press or by somebody else. Nothing was changed now."
)


@dataclass(frozen=True, slots=True)
class _Deed:
    do: Callable[..., Done]
    form: type[DeedForm]
    said: Message


DEEDS: Mapping[str, _Deed] = {
    "extend": _Deed(extend_attempt, MinutesForm, Message("This try now ends: %(end)s.")),
    "take-back": _Deed(take_back_time, DeedForm, Message("Taken back. This try now ends: %(end)s.")),
    "reopen": _Deed(reopen_attempt, MinutesForm, Message("Open again with every answer. It ends: %(end)s.")),
    "end": _Deed(end_attempt, DeedForm, Message("Ended, and handed in with what was saved.")),
}


@bp.get(TRY)
@login_required
def one_try(classroom_id: int, assignment_id: int, attempt_id: int) -> ResponseReturnValue:
    """Show one try; it is noted who looked."""
    return _page(TryPlace(classroom_id, assignment_id, attempt_id))


@bp.post(f"{TRY}/<any(extend, reopen, end, 'take-back'):deed>")
@login_required
def change_try(classroom_id: int, assignment_id: int, attempt_id: int, deed: str) -> ResponseReturnValue:
    """Give more time, take it back, open again or end."""
    place, chosen = TryPlace(classroom_id, assignment_id, attempt_id), DEEDS[deed]
    form = chosen.form(prefix=deed)
    with form.problems():
        if form.validate_on_submit():
            done = chosen.do(runtime(), actor(), place=place, **form.values())
            page = try_page(runtime(), actor(), place=place)
            end = until(done.deadline_at, page.now)
            flash(_(chosen.said.key, end=end) if done.is_done else say(OVERTAKEN))
            return redirect(_address(place))
    return _page(place, failed={deed: form})


@bp.route(f"{TRY}/void", methods=["GET", "POST"])
@login_required
def void_try(classroom_id: int, assignment_id: int, attempt_id: int) -> ResponseReturnValue:
    """Ask once more, then set the try aside for good."""
    place = TryPlace(classroom_id, assignment_id, attempt_id)
    page = try_page(runtime(), actor(), place=place)
    form = DeedForm(seen=page.seen)
    with form.problems():
        if form.validate_on_submit():
            done = void_attempt(runtime(), actor(), place=place, **form.values())
            flash(_("Set aside. It counts nowhere now.") if done.is_done else say(OVERTAKEN))
            return redirect(_address(place))
    html = render_template("teach/void_try.html", page=page, form=form, back=_address(place))
    return html, (422 if form.is_submitted() else 200)


def _address(place: TryPlace) -> str:
    return url_for(
        "teach.one_try",
        classroom_id=place.classroom_id,
        assignment_id=place.assignment_id,
        attempt_id=place.attempt_id,
    )


def _page(place: TryPlace, failed: Mapping[str, DeedForm] | None = None) -> ResponseReturnValue:
    page = try_page(runtime(), actor(), place=place)
    note_staff_view(runtime(), actor(), student_id=page.student_id, page="try")
    forms = _forms(page, failed or {})
    html = render_template(
        "teach/try.html",
        page=page,
        forms=forms,
        state=say(STATES[page.state]),
        end=until(page.deadline_at, page.now),
        included=included_in_words(page),
        left=left_in_words(page),
        history=[(line, happened_in_words(line)) for line in page.history],
    )
    return html, (422 if failed else 200)


def _forms(page: TryPage, failed: Mapping[str, DeedForm]) -> dict[str, Any]:
    """Return the form of each deed: the one that was refused as it was typed, the others fresh."""
    forms: dict[str, Any] = {}
    for name, deed in DEEDS.items():
        form = failed.get(name) or deed.form(formdata=None, prefix=name, seen=page.seen)
        if isinstance(form, MinutesForm):
            form.offer(offers_of(page))
        forms[name] = form
    return forms
