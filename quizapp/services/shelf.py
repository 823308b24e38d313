"""Immutable content, kept in the process once it was read.

Versions never change, and neither does what an attempt was given, so both may be kept without asking again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

MAX_KEPT = 20_000


class Shelf:
    """Keeps the newest used of what never changes."""

    def __init__(self, max_kept: int = MAX_KEPT) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._max = max_kept

    def get(self, key: Hashable) -> Any | None:
        """Return what is kept under the key, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, thing: Any) -> None:
        """Keep a thing, and let go of the longest unused when there are too many."""
        with self._lock:
            self._kept[key] = thing
            self._kept.move_to_end(key)
            while len(self._kept) > self._max:
                self._kept.popitem(last=False)

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under the key; make it first where it is missing."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found
