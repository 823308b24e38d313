"""Pages of a long list: which one is asked for, and where the others are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request


@dataclass(frozen=True, slots=True)
class Paging:
    """What stands under a long list. Addresses keep the filters; None where there is no such page."""

    page: int
    pages: int
    previous_url: str | None
    next_url: str | None


def page_asked_for() -> int:
    """Return the page that the address asks for; what can't be one is the first."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def paging(page: int, pages: int, filters: Mapping[str, str]) -> Paging:
    """Return the way to the pages before and after, with the filters that hold."""
    kept = {name: value for name, value in filters.items() if value}

    def address(number: int) -> str | None:
        return f"{request.path}?{urlencode({**kept, 'page': number})}" if 1 <= number <= pages else None

    return Paging(page, pages, address(page - 1), address(page + 1))
