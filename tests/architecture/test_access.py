"""Every endpoint stands in the access table, and every row of the table is requested."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tests.architecture.access_table import ROWS, Row
from tests.architecture.access_world import ACTORS, AccessWorld

from quizapp.services.runtime import Runtime
from tests.conftest import make_app


def test_every_endpoint_has_a_row(app: Flask) -> None:
    routes = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method in ("GET", "POST")
    }

    assert routes == {(row.endpoint, row.method) for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.endpoint}")
def test_each_kind_of_visitor_gets_the_expected_answer(row: Row, runtime: Runtime) -> None:
    access = AccessWorld(runtime)
    app = make_app(runtime)
    app.config["WTF_CSRF_ENABLED"] = False

    got = {actor: status_for(app.test_client(), access, row, actor) for actor in ACTORS}

    assert got == row.expected()


def status_for(client: FlaskClient, access: AccessWorld, row: Row, actor: str) -> int:
    """Return the status that the actor's request gets; what it stored is taken back."""
    with access.taken_back():
        access.sign_in(client, actor)
        address = access.address(row)
        if row.method == "GET":
            return client.get(address).status_code
        return client.post(address, data=row.form, json=row.json).status_code
