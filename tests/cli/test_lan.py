"""``serve --lan``: explicit, private networks only, and refused where something else is meant."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import click
import pytest

from quizapp.cli.lan import invitation, lan_environment, own_address, self_test
from quizapp.services.environment import read_settings
from tests.cli.test_commands import SAFE, quizapp, school  # noqa: F401 - a fixture
from tests.support.server import free_port


def test_the_address_is_trusted_and_shown_and_there_is_no_tls():
    changed = lan_environment({**SAFE, "QUIZAPP_DATABASE_URL": "sqlite:///x.db"}, "192.168.1.20", 8000)

    settings = read_settings(changed)

    assert set(settings.trusted_hosts) >= {"192.168.1.20", "127.0.0.1", "quiz.example.org"}
    assert settings.public_address == "http://192.168.1.20:8000"
    assert not settings.is_tls


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"QUIZAPP_MODE": "development"}, "QUIZAPP_MODE"),
        ({"QUIZAPP_MODE": "demo"}, "QUIZAPP_MODE"),
        ({"QUIZAPP_PROXY_HOPS": "1"}, "QUIZAPP_PROXY_HOPS"),
        ({"QUIZAPP_IS_TLS": "true"}, "QUIZAPP_IS_TLS"),
    ],
)
def test_settings_that_mean_something_else_are_refused(change, told):
    with pytest.raises(click.ClickException, match=told):
        lan_environment({**SAFE, **change}, "192.168.1.20", 8000)


@pytest.mark.parametrize("address", ["8.8.8.8", "quiz.example.org", "::1"])
def test_only_an_address_of_a_private_network_is_taken(address):
    with pytest.raises(click.ClickException):
        own_address(address)


def test_a_public_address_or_a_host_stops_the_command(school):  # noqa: F811 - the fixture
    public = quizapp(school, "serve", "--lan", "--lan-address", "8.8.8.8")
    host = quizapp(school, "serve", "--lan", "--host", "0.0.0.0")

    assert public.returncode == host.returncode == 1
    assert "open internet" in public.stderr
    assert "--host" in host.stderr


def test_the_invitation_warns_and_draws_the_address():
    told = invitation("192.168.1.20", 8000)

    assert "Without TLS" in told
    assert "http://192.168.1.20:8000/join" in told
    assert re.search("[▀▄█]", told)


def test_a_server_that_does_not_answer_is_told_with_advice():
    told = self_test("127.0.0.1", free_port(), seconds=0.3)

    assert "does not reach itself" in told
    assert "client isolation" in told


def test_phones_reach_the_server_at_the_address_that_it_prints(school, tmp_path):  # noqa: F811 - the fixture
    quizapp(school, "db", "upgrade")
    port = free_port()
    log = tmp_path / "server.log"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    command = [sys.executable, "-u", "-m", "quizapp", "serve", "--lan", "--lan-address", "127.0.0.1"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**inherited, **school},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        assert "reaches itself" in self_test("127.0.0.1", port, seconds=90)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/join", timeout=30) as page:
            cookie = page.headers["Set-Cookie"]
        end = time.monotonic() + 60
        while "reaches itself" not in log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)

    assert "Secure" not in cookie
    assert "This computer reaches itself at 127.0.0.1." in log.read_text()
    assert f"http://127.0.0.1:{port}/join" in log.read_text()
