"""The newest few rows of every group, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select


def newest_in_each(inner: Any, group: Sequence[Any], order: Sequence[Any], most: int) -> Select[Any]:
    """Return the select of at most ``most`` rows of ``inner`` for each group; the first in the order is the newest.

    Columns have the names of the inner select's, and the rows come newest first.
    """
    place = func.row_number().over(partition_by=group, order_by=order).label("place")
    ranked = inner.add_columns(place).subquery()
    columns = [column for column in ranked.c if column.key != "place"]
    return select(*columns).where(ranked.c.place <= most).order_by(ranked.c.place)
