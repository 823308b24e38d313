"""What a school set for itself, read and stored by the registry of `quizapp.core.settings`."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, select

from quizapp.core.permissions import Actor
from quizapp.core.settings import SchoolSetting
from quizapp.services.audit import record
from quizapp.services.runtime import Work
from quizapp.storage.tables import Setting

T = TypeVar("T")


def setting_of(work: Work, school_id: int, setting: SchoolSetting[T]) -> T:
    """Return what holds in a school: its own value, else the default."""
    row = work.session.get(Setting, (school_id, setting.key))
    return setting.default if row is None else setting.read(row.value)


def stored_value(school_id: int | ColumnElement[int], setting: SchoolSetting[T]) -> ScalarSelect[Any]:
    """Return the stored value of a setting as a column, for a select that reads other things anyway."""
    return (
        select(Setting.value)
        .where(Setting.school_id == school_id, Setting.key == setting.key)
        .scalar_subquery()
    )


def store_setting(work: Work, actor: Actor, school_id: int, setting: SchoolSetting[T], value: T) -> None:
    """Store a value for a school and record it; nothing happens when it holds already.

    Raises:
        ValueError: the value is none of this setting.
    """
    before = setting_of(work, school_id, setting)
    stored = setting.to_json(value)
    if setting.parse(stored) == before:
        return
    row = work.session.get(Setting, (school_id, setting.key))
    if row is None:
        row = Setting(school_id=school_id, key=setting.key)
        work.session.add(row)
    row.value, row.changed_at, row.changed_by = stored, work.now, actor.user_id or None
    record(
        work, actor, "setting.changed", subject_kind="school", subject_id=school_id, school_id=school_id,
        before={setting.key: setting.to_json(before)}, after={setting.key: stored},
    )  # fmt: skip
