"""Ids in addresses."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST_ID = 2**63 - 1
"""What a database's column of ids can hold."""


class IdConverter(IntegerConverter):
    """A whole number that can be an id. A larger one is an address that leads nowhere: no database can be asked."""

    def to_python(self, value: str) -> int:
        """Return the number.

        Raises:
            ValidationError: no id is that large.
        """
        number: int = super().to_python(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


def init_addresses(app: Flask) -> None:
    """Let ``<int:…>`` mean an id; done before the first address is registered."""
    app.url_map.converters["int"] = IdConverter
