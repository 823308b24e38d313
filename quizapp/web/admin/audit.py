"""The record of deeds."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from quizapp.services.audit_list import AuditFilters, audit_page
from quizapp.web.admin.blueprint import bp
from quizapp.web.admin.report_forms import AuditForm
from quizapp.web.admin.wording import ACTORS, action_in_words
from quizapp.web.paging import page_asked_for, paging
from quizapp.web.runtime import actor, login_required, runtime


@bp.get("/audit")
@login_required
def audit() -> ResponseReturnValue:
    """List who did what, the newest first."""
    form = AuditForm(request.args)
    form.offer()
    filters = form.filters() if form.validate() else AuditFilters()
    found = audit_page(runtime(), actor(), filters=filters, page=page_asked_for())
    html = render_template(
        "admin/audit.html",
        found=found,
        form=form,
        actors=ACTORS,
        action_in_words=action_in_words,
        paging=paging(found.page, found.pages, form.address_values()),
    )
    return html, (422 if form.errors else 200)
