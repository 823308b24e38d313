"""Packs in folders of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.content.packs import Pack


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[[str], Pack]:
    """Make a valid pack under a name."""
    return lambda name: Pack(tmp_path / name)


@pytest.fixture
def pack(make_pack: Callable[[str], Pack]) -> Pack:
    """A valid pack."""
    return make_pack("pack")
