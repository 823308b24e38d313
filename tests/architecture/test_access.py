"""Every endpoint stands in the access table, and every row of the table is requested."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Connection

from quizapp.services.runtime import Runtime
from tests.architecture.access_table import ROWS, Row
from tests.architecture.access_world import ACTORS, AccessWorld
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
def test_each_kind_of_visitor_gets_the_expected_answer(
    row: Row, runtime: Runtime, connection: Connection
) -> None:
    access = AccessWorld(runtime, connection)
    app = make_app(runtime)

    got = {actor: status_for(app, access, row, actor) for actor in ACTORS}

    assert got == row.expected()


def status_for(app: Flask, access: AccessWorld, row: Row, actor: str) -> int:
    """Return the status that the actor's request gets; what it stored is taken back."""
    client = app.test_client()
    with access.taken_back():
        access.sign_in(client, actor)
        address = access.address(row)
        if row.method == "GET":
            return client.get(address).status_code
        token = {"X-CSRFToken": csrf_token(app, client)}
        fields = {"csrf_token": token["X-CSRFToken"], **row.form}
        if row.json is not None:
            return client.post(address, json=row.json, headers=token).status_code
        return client.post(address, data=fields).status_code


def csrf_token(app: Flask, client: FlaskClient) -> str:
    """Return a token that belongs to the client's session, as a page of ours would hold it."""
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "the raw token"
    return URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps("the raw token")
