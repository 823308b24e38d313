"""Pages are light: 150 kB for the first one, 30 kB for each one after it, as they travel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

from quizapp.core.assignments import Preset
from quizapp.services.assignments import Rules
from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import make_class

FIRST_BYTES = 150_000
LATER_BYTES = 30_000


@dataclass
class Meter:
    """What came over the wire since it was last read."""

    received: float = 0

    def read(self) -> float:
        """Return the bytes since the last reading."""
        received, self.received = self.received, 0
        return received


@contextmanager
def metered(page: Page) -> Iterator[Meter]:
    """Count the bytes of every answer, heads included, as the browser receives them."""
    meter = Meter()

    def add(event: dict[str, float]) -> None:
        meter.received += event["encodedDataLength"]

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", add)
    yield meter
    session.detach()


def test_the_first_page_and_every_page_after_it_are_light(visitor: Visitor) -> None:
    made = make_class(visitor.server, rules=Rules(preset=Preset.PRACTICE))
    closed = made.hand_in()
    running = made.start()
    later = (
        "/home",
        "/lessons/who-says-so",
        f"/attempts/{running}",
        f"/attempts/{closed}/result",
        "/page",
        "/progress",
    )

    with visitor.opens() as page, metered(page) as meter:
        page.goto("/sign-in", wait_until="networkidle")
        first = meter.read()
        assert 0 < first <= FIRST_BYTES

        sign_in(page, made.student.name, made.student.secret)
        page.wait_for_load_state("networkidle")
        meter.read()
        for address in later:
            page.goto(address, wait_until="networkidle")
            weight = meter.read()
            assert 0 < weight <= LATER_BYTES, f"{address}: {weight:.0f} bytes"
