"""The settings of a school, for its administrators: what the first run asked, to be changed later."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.settings import CASES, TEACHING_DAYS, Cases, Weekday
from quizapp.services.access.staff import access_office
from quizapp.services.accounts import checked_name
from quizapp.services.audit import record
from quizapp.services.first_run import checked_time_zone
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.settings import setting_of, store_setting
from quizapp.storage.tables import School


@dataclass(frozen=True, slots=True)
class SchoolValues:
    """What a school can set for itself."""

    name: str
    time_zone: str
    language: str
    teaching_days: frozenset[Weekday]
    cases: Cases


@reading
def school_values(work: Work, actor: Actor) -> SchoolValues:
    """Return what holds in the actor's school.

    Raises:
        NotFound: the actor is no administrator.
    """
    access_office(actor)
    school = work.session.get_one(School, actor.school_id)
    return SchoolValues(
        name=school.name,
        time_zone=school.time_zone,
        language=school.language,
        teaching_days=setting_of(work, school.id, TEACHING_DAYS),
        cases=setting_of(work, school.id, CASES),
    )


@use_case
def change_school(work: Work, actor: Actor, *, values: SchoolValues) -> None:
    """Store what an administrator set. Dates stay the same instants; another time zone shows them by its clocks.

    Raises:
        NotFound: the actor is no administrator.
        Refusal: something can't be taken, at its field.
    """
    access_office(actor)
    if not values.teaching_days:
        raise Refusal("teaching_days", Message("Choose one day at least."))
    school = work.session.get_one(School, actor.school_id)
    new = {
        "name": checked_name(values.name, "school_name"),
        "time_zone": checked_time_zone(values.time_zone),
        "language": values.language,
    }
    before = {key: getattr(school, key) for key in new}
    changed = [key for key, value in new.items() if before[key] != value]
    for key in changed:
        setattr(school, key, new[key])
    if changed:
        record(
            work, actor, "school.changed", subject_kind="school", subject_id=school.id,
            before={key: before[key] for key in changed}, after={key: new[key] for key in changed},
        )  # fmt: skip
    store_setting(work, actor, school.id, TEACHING_DAYS, values.teaching_days)
    store_setting(work, actor, school.id, CASES, values.cases)
