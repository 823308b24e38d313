"""How verdicts set a page, and what an editor who knew the key would count on it.

A page has two faults. A line is *printed without backing* when it stands in plain ink, as a fact, and is not
backed up. It is *left out although backed* when it is backed up and does not stand on the page as something to
know: in pencil, struck out, or quoted as somebody's view.

"Claimed" prints the line with the name of who says it. That is never a fault of these two kinds: on a backed
line it is more careful than it has to be, but readers get it; on any other line nothing is stated as a fact.
A line without a verdict is neither: it is still open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from quizapp.core.questions import Verdict


class Setting(StrEnum):
    """How a line is set."""

    INK = "ink"
    CLAIMED = "claimed"
    PENCIL = "pencil"
    STRUCK = "struck"
    QUOTED = "quoted"
    BLANK = "blank"


_SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        Verdict.BACKED.value: Setting.INK,
        Verdict.CLAIMED.value: Setting.CLAIMED,
        Verdict.UNSOURCED.value: Setting.PENCIL,
        Verdict.CONTRADICTED.value: Setting.STRUCK,
        Verdict.VIEW.value: Setting.QUOTED,
    }
)
_LEFT_OUT = frozenset({Setting.PENCIL, Setting.STRUCK, Setting.QUOTED})


@dataclass(frozen=True, slots=True)
class Counts:
    """The miscounted lines of one page, by their ids, in the order of the page."""

    printed_without_backing: tuple[str, ...]
    left_out_although_backed: tuple[str, ...]

    @property
    def lines(self) -> frozenset[str]:
        """All miscounted lines."""
        return frozenset(self.printed_without_backing + self.left_out_although_backed)


def setting_of(verdict: str | None) -> Setting:
    """Return how a line with this verdict is set; what is no verdict leaves it open."""
    return _SETTINGS.get(verdict or "", Setting.BLANK)


def counts(keys: Mapping[str, str], verdicts: Mapping[str, str]) -> Counts:
    """Return the miscounted lines of a page that these verdicts set."""
    settings = {line: setting_of(verdicts.get(line)) for line in keys}
    return Counts(
        tuple(
            line
            for line, key in keys.items()
            if settings[line] is Setting.INK and key != Verdict.BACKED.value
        ),
        tuple(
            line for line, key in keys.items() if settings[line] in _LEFT_OUT and key == Verdict.BACKED.value
        ),
    )


def believe_everything(keys: Mapping[str, str]) -> dict[str, str]:
    """Return the verdicts of somebody who prints every line as a fact."""
    return dict.fromkeys(keys, Verdict.BACKED.value)


def doubt_everything(keys: Mapping[str, str]) -> dict[str, str]:
    """Return the verdicts of somebody who prints nothing."""
    return dict.fromkeys(keys, Verdict.UNSOURCED.value)
