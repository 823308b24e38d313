"""Opening a page changes nothing in the database but two logs: who was seen, and who looked at whom."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import Connection, text

from quizapp.services.runtime import Runtime
from quizapp.storage.tables import Base
from tests.architecture.access_table import ROWS
from tests.architecture.access_world import ACTORS, AccessWorld
from tests.conftest import FixedClock, make_app

LOGS = frozenset({"staff_views"})
SEEN = frozenset({"last_seen_at", "expires_at"})


def state_of(connection: Connection) -> dict[str, str]:
    """Return a digest of every table, without the logs and without when a session was seen."""
    digests = {}
    for table in Base.metadata.sorted_tables:
        if table.name in LOGS:
            continue
        columns = ", ".join(f'"{c.name}"' for c in table.columns if c.name not in SEEN)
        rows = connection.execute(text(f'SELECT {columns} FROM "{table.name}"')).all()
        digests[table.name] = hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
    return digests


@pytest.mark.parametrize("actor", ACTORS)
def test_no_page_stores_anything(
    actor: str, runtime: Runtime, connection: Connection, clock: FixedClock
) -> None:
    access = AccessWorld(runtime, connection)
    client = make_app(runtime).test_client()
    access.sign_in(client, actor)
    clock.move(minutes=2)
    before = state_of(connection)

    for row in ROWS:
        if row.method == "GET":
            client.get(access.address(row))

    assert state_of(connection) == before
