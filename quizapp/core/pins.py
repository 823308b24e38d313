"""PINs of six digits: which of them everybody tries first."""

from __future__ import annotations

from itertools import pairwise

PIN_DIGITS = 6


def is_pin(text: str) -> bool:
    """Say whether the text is six digits, 0 to 9."""
    return len(text) == PIN_DIGITS and text.isascii() and text.isdigit()


def is_easy_pin(pin: str) -> bool:
    """Say whether a PIN is among the first that anybody tries.

    One or two different digits, a run up or down (also over the zero), or a part that is repeated.
    """
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    halves_agree = pin[:3] == pin[3:] or pin[:2] * 3 == pin
    doubled = pin[0] == pin[1] and pin[2] == pin[3] and pin[4] == pin[5]
    return len(set(pin)) <= 2 or steps in ({1}, {9}) or halves_agree or doubled
