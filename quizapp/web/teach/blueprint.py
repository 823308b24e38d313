"""The part of the web that teachers see."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint

from quizapp.web.teach.wording import COUNTS, FACTORS, KINDS, PRESETS, STANDINGS, UNTIMED
from quizapp.web.words import gettext as _

bp = Blueprint("teach", __name__)


@bp.context_processor
def wording() -> dict[str, object]:
    """Give the templates of this part the words of its enumerations."""
    return {
        "kind_words": KINDS,
        "preset_words": PRESETS,
        "counts_words": COUNTS,
        "factor_words": FACTORS,
        "untimed_words": UNTIMED,
        "standing_words": STANDINGS,
    }


@bp.app_template_filter("minutes")
def in_minutes(duration: timedelta | None) -> str:
    """Return a duration as people write it, "25 min"; a begun minute counts. Nothing for none."""
    if duration is None:
        return ""
    return _("%(count)d min", count=-(-int(duration.total_seconds()) // 60))
