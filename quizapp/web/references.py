"""Where an evidence tag leads."""

from __future__ import annotations

from quizapp.content.markdown import card_address


def card_url(reference: str) -> str:
    """Return the address of a card of *The page, retold*, or of a vignette's line on this very page.

    >>> card_url("P7"), card_url("pool-notice:3")
    ('/page#P7', '#pool-notice-3')
    """
    vignette, _, line = reference.partition(":")
    return f"#{vignette}-{line}" if line else card_address(reference)
