"""``quizapp serve --lan``: a class without a server of its own, in one room, for an hour, without TLS."""

from __future__ import annotations

import io
import ipaddress
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click
import segno

EVERY_INTERFACE = "0.0.0.0"  # noqa: S104 - phones in the room must reach it; `own_address` refuses public ones
TEST_SECONDS = 30.0

# A test network of RFC 5737: choosing a route to it sends nothing.
_ANYWHERE = ("192.0.2.1", 9)

WARNING = """\
Without TLS: whoever is in this network can read along, PINs included.
Use it in your own classroom network, stop it after the lesson, and never on the open internet."""

IF_PHONES_DO_NOT_REACH_IT = """\
If a phone doesn't reach it:
  1. The phone must be in the same network as this computer, with mobile data off.
  2. Many school and guest networks separate devices from one another ("client isolation").
     Ask for a network without it, or let a phone or this computer make a hotspot for the class.
  3. A firewall on this computer must let port {port} in."""


def own_address(wanted: str) -> str:
    """Return the address of this computer in its network: the wanted one, or the one it would send from.

    Raises:
        click.ClickException: there is none, or it is a public one.
    """
    address = wanted or _sends_from()
    try:
        is_private = ipaddress.IPv4Address(address).is_private
    except ValueError:
        raise click.ClickException(f"{address!r} is no address: write one such as 192.168.1.20") from None
    if not is_private:
        raise click.ClickException(
            f"{address} can be reached from the open internet, and --lan has no TLS: put a proxy with TLS in front"
        )
    return address


def lan_environment(environment: Mapping[str, str], address: str, port: int) -> dict[str, str]:
    """Return the settings of the environment changed for a room: no TLS, and the address trusted and shown.

    Raises:
        click.ClickException: the settings say that something else is meant.
    """
    if environment.get("QUIZAPP_MODE", "production") != "production":
        raise click.ClickException(
            "--lan is for a school: set QUIZAPP_MODE=production (a demo stays on 127.0.0.1)"
        )
    if environment.get("QUIZAPP_PROXY_HOPS", "0") != "0":
        raise click.ClickException(
            "--lan has no proxy in front, and would believe any phone: unset QUIZAPP_PROXY_HOPS"
        )
    if environment.get("QUIZAPP_IS_TLS", "").lower() in {"true", "1", "yes", "on"}:
        raise click.ClickException("--lan speaks without TLS: unset QUIZAPP_IS_TLS, or serve without --lan")
    trusted = [*filter(None, environment.get("QUIZAPP_TRUSTED_HOSTS", "").split(",")), address]
    return {
        **environment,
        "QUIZAPP_IS_TLS": "false",
        "QUIZAPP_TRUSTED_HOSTS": ",".join([*trusted, "127.0.0.1", "localhost"]),
        "QUIZAPP_PUBLIC_ADDRESS": f"http://{address}:{port}",
    }


def invitation(address: str, port: int) -> str:
    """Return what the teacher reads: the warning, the address and its QR code."""
    url = f"http://{address}:{port}"
    picture = io.StringIO()
    segno.make(f"{url}/join", micro=False).terminal(out=picture, compact=True)
    return f"{WARNING}\n\nPhones open {url}/join\n\n{picture.getvalue()}"


@contextmanager
def tested_beside(address: str, port: int) -> Iterator[None]:
    """Let a process of its own ask the server and print what came of it.

    A thread would live in this process when the server forks its workers, and now and then one of them would wait
    for ever on a lock that the thread held.
    """
    command = [sys.executable, "-m", "quizapp", "lan-test", address, str(port)]
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own command and a checked address
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


@click.command("lan-test", hidden=True)
@click.argument("address")
@click.argument("port", type=int)
def lan_test(address: str, port: int) -> None:
    """Print whether the server answers at its address in the network."""
    click.echo(self_test(address, port))


def self_test(address: str, port: int, seconds: float = TEST_SECONDS) -> str:
    """Ask this server at its address in the network, and return what came of it and what to do."""
    advice = IF_PHONES_DO_NOT_REACH_IT.format(port=port)
    url = f"http://{address}:{port}/healthz"
    # A proxy that the environment names is not how a phone comes.
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + seconds
    reason = ""
    while time.monotonic() < end:
        try:
            with straight.open(url, timeout=5) as answer:
                answer.read()
            return f"This computer reaches itself at {address}.\n{advice}"
        except (urllib.error.URLError, OSError) as error:
            reason = str(error)
            time.sleep(0.2)
    return f"This computer does not reach itself at {address} ({reason}).\n{advice}"


def _sends_from() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ANYWHERE)
        except OSError:
            raise click.ClickException(
                "this computer is in no network: connect it, or name its address with --lan-address"
            ) from None
        address: str = probe.getsockname()[0]
        return address
