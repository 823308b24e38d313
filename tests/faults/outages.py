"""A database that is slow, silent, cut off or restarted while a class saves."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.faults.browsers import Browser, NotAnswered
from tests.faults.conditions import PATIENCE_SECONDS
from tests.faults.place import RECOVERS_WITHIN_SECONDS, Place, Result, Size
from tests.faults.proxy import Proxy, proxied
from tests.faults.servers import CONDITIONED, server_at
from tests.faults.writers import Load, make_writers, result_of, wait_until, writing

SLOW_SECONDS = 0.05
"""Each way, so that a save takes half a second."""


def slow(place: Place, size: Size) -> Result:
    """Saves through a slow connection take their time and are all stored."""
    return _broken(place, size, lambda proxy: proxy.slow_down(SLOW_SECONDS), _goes_on)


def stalled(place: Place, size: Size) -> Result:
    """A database that takes everything and answers nothing: people are told within the patience of the server."""
    return _broken(place, size, Proxy.stall, _is_refused)


def cut_off(place: Place, size: Size) -> Result:
    """Every connection to the database is reset, and each new one: people are told at once."""
    return _broken(place, size, Proxy.cut, _is_refused)


def _broken(
    place: Place, size: Size, do: Callable[[Proxy], None], look: Callable[[Load, Browser], list[str]]
) -> Result:
    writers = make_writers(place, size.writers)
    with proxied(place) as (proxy, through), server_at(through, CONDITIONED) as server:
        reader = Browser(server.port, writers[0].browser.cookie)
        with writing(writers, server.port) as load:
            load.wait_for(10 * len(writers))
            do(proxy)
            time.sleep(size.outage_seconds)
            problems = look(load, reader)
            proxy.heal()
            recovery = load.recovery_seconds()
    late = "" if recovery is not None else "saving did not go on by itself"
    return result_of(place, writers, recovery).found(*problems, late)


def _goes_on(load: Load, reader: Browser) -> list[str]:
    before = load.saves
    went_on = load.wait_for(before + len(load.writers))
    refused = sum(len(one.refused) for one in load.writers)
    return [
        "" if went_on else "nothing was saved any more",
        f"{refused} saves were refused" if refused else "",
        "" if reader.open("/attempts").status < 500 else "pages failed",
    ]


def _is_refused(load: Load, reader: Browser) -> list[str]:
    """Return what is wrong with how people are told."""
    patient = RECOVERS_WITHIN_SECONDS + PATIENCE_SECONDS
    all_told = wait_until(lambda: all(one.refused for one in load.writers), patient)
    return [
        "" if all_told else "not everybody was told that nothing is saved",
        *refused_well(load),
        *page_of(reader),
    ]


def refused_well(load: Load) -> list[str]:
    """Return refusals of saves that don't say in a sentence what to do."""
    texts = {text for one in load.writers for text in one.refused}
    return [f"refused without a sentence: {text[:200]}" for text in texts if "try again" not in text]


def page_of(reader: Browser) -> list[str]:
    """Return what is wrong with a page that can't be read now: 503 and a sentence is right, 500 is not."""
    began = time.monotonic()
    try:
        answer = reader.open("/account")
    except NotAnswered:
        return ["a page was not answered"]
    took = time.monotonic() - began
    return [
        "" if answer.status == 503 else f"a page answered {answer.status}",
        "" if "try again" in answer.text.lower() else "a page had no sentence",
        "" if took < 4 * PATIENCE_SECONDS + 10 else f"a page took {took:.0f} s to say so",
    ]


def restarted(place: Place, size: Size) -> Result:
    """``pg_ctl restart -m immediate`` under writers, several times: a crash of the whole database."""
    writers = make_writers(place, size.writers)
    recoveries: list[float | None] = []
    with server_at(place, workers=2) as server, writing(writers, server.port) as load:
        for _ in range(max(3, size.kills // 50)):
            load.wait_for(load.saves + 5 * len(writers))
            place.restart_database()
            recoveries.append(load.recovery_seconds())
    worst = None if None in recoveries else max(one for one in recoveries if one is not None)
    late = "" if worst is not None else "saving did not go on by itself"
    return result_of(place, writers, worst).found(late, *refused_well(load))
