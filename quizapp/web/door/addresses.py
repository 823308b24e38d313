"""Addresses that another device opens, in letters and as a picture for its camera."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import current_app, request, url_for

OF_THIS_COMPUTER = re.compile(r"localhost|127(\.\d+){3}|0\.0\.0\.0|\[?::1?\]?")
"""Names and addresses at which every device finds itself and no other."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is typed, without what every browser adds, and its QR code as a data address.

    ``picture`` is empty where the address means this computer only: a phone would look for the school in itself.
    """

    url: str
    typed: str
    picture: str


def address_of(endpoint: str, **values: Any) -> Address:
    """Return the address at which another device opens the endpoint."""
    base = current_app.config["PUBLIC_ADDRESS"]
    url = (
        base.rstrip("/") + url_for(endpoint, **values)
        if base
        else url_for(endpoint, _external=True, **values)
    )
    typed = url.removeprefix("https://").removeprefix("http://")
    return Address(url, typed, qr_picture(url) if phones_can_reach_us() else "")


def qr_picture(text: str) -> str:
    """Return a QR code as an SVG in a data address, dark on white in every theme."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=4, light="#fff", dark="#000"))


def phones_can_reach_us() -> bool:
    """Say whether the address means the same server on another device."""
    host = urlsplit(current_app.config["PUBLIC_ADDRESS"] or request.host_url).hostname or ""
    return OF_THIS_COMPUTER.fullmatch(host) is None
