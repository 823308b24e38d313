"""*Ink and pencil*: decide each of 12 lines, and see the page that your verdicts print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.contract import Shown
from quizapp.question_types.decide_each import (
    VERDICTS,
    DecideEach,
    asked_line,
    choice_of,
    evidence_view,
    reviewed_line,
)
from quizapp.question_types.ink_and_pencil.comparing import joined, judged_anew
from quizapp.question_types.ink_and_pencil.printing import (
    Counts,
    Setting,
    believe_everything,
    counts,
    doubt_everything,
    setting_of,
)
from quizapp.question_types.ink_and_pencil.settings import InkAndPencilSettings, PageLine

LEFT_OUT = "left-out"
"""How a line of the small page is drawn that is not printed at all."""


class InkAndPencil(DecideEach[InkAndPencilSettings]):
    """One verdict a line, on one page."""

    name = "ink_and_pencil"
    label = Message("Ink and pencil")
    whole_page = True
    scripts = ("js/ink-and-pencil.js",)
    settings_model = InkAndPencilSettings

    def lines(self, settings: InkAndPencilSettings) -> Sequence[PageLine]:
        """Return the lines as they stand on the page."""
        return settings.lines

    def choice_ids(self, settings: InkAndPencilSettings) -> Sequence[str]:
        """Return the five verdicts."""
        del settings
        return VERDICTS

    def student_view(self, settings: InkAndPencilSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the page as the verdicts so far set it."""
        del seed
        return {
            "masthead": settings.masthead,
            "choices": [{"id": verdict} for verdict in VERDICTS],
            "lines": [_set_line(line, number, value) for number, line in enumerate(settings.lines, 1)],
        }

    def review_view(
        self, settings: InkAndPencilSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the printed page, and under it the three small pages with their counts.

        The counts follow from the key line by line, so they come with the key or where a lesson shows them
        before it, and so does the mark on a miscounted line. A correction tells that a line is contradicted: it
        comes with the why.
        """
        del seed
        is_counted = shown.key or shown.counts
        miscounted = counts(settings.keys, value or {}).lines if is_counted else frozenset()
        return {
            "masthead": settings.masthead,
            "open_lines": sum(line.id not in (value or {}) for line in settings.lines),
            "lines": [
                _set_line(line, number, value)
                | reviewed_line(line, value, shown)
                | {
                    "correction": _correction(line, value, shown),
                    "is_miscounted": line.id in miscounted,
                }
                for number, line in enumerate(settings.lines, 1)
            ],
            "editions": _editions(settings, value or {}) if is_counted else None,
            "beside": None,
        }

    def beside(self, settings: InkAndPencilSettings) -> str | None:
        """Return the slot of the page that this one is laid beside."""
        return settings.beside

    def beside_view(
        self,
        settings: InkAndPencilSettings,
        value: Value,
        *,
        earlier: InkAndPencilSettings,
        earlier_value: Value,
        shown: Shown,
    ) -> Mapping[str, Any]:
        """Return the earlier page as it was printed, and the lines that were judged anew.

        ``now`` and ``was`` are the other verdict on such a line, by its id here and there. A change is for good reason
        where today's verdict is that of today's key: a total that comes with the score.
        """
        now, then = value or {}, earlier_value or {}
        anew = judged_anew(joined(settings, earlier), now, then)
        lines = {line.id: line for line in settings.lines}
        printed = Shown(score=False, why=True, key=False)
        return {
            "masthead": earlier.masthead,
            "lines": [
                _set_line(line, number, earlier_value)
                | {"correction": _correction(line, earlier_value, printed)}
                for number, line in enumerate(earlier.lines, 1)
            ],
            "now": {was: now[line] for line, was in anew.items()},
            "was": {line: then[was] for line, was in anew.items()},
            "changed": len(anew),
            "for_good": sum(lines[line].accepts(now[line]) for line in anew) if shown.score else None,
        }


def _set_line(line: PageLine, number: int, value: Value) -> dict[str, Any]:
    """Return a line as its verdict sets it. ``speaker`` is for every line, whatever its key."""
    return asked_line(line, number, value) | {
        "setting": setting_of(choice_of(value, line)).value,
        "tag": evidence_view(line.tag),
        "speaker": line.speaker,
    }


def _correction(line: PageLine, value: Value, shown: Shown) -> str | None:
    is_struck = setting_of(choice_of(value, line)) is Setting.STRUCK
    return line.correction if is_struck and (shown.why or shown.key) else None


def _editions(settings: InkAndPencilSettings, verdicts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the three small pages: how their lines are drawn, and which are miscounted."""
    keys = settings.keys
    believing, doubting = believe_everything(keys), doubt_everything(keys)
    own = [setting_of(verdicts.get(line)).value for line in keys]
    return [
        _edition("believe", [Setting.INK.value] * len(keys), counts(keys, believing), keys),
        _edition("doubt", [LEFT_OUT] * len(keys), counts(keys, doubting), keys),
        _edition("yours", own, counts(keys, verdicts), keys),
    ]


def _edition(name: str, drawn: list[str], found: Counts, keys: Mapping[str, str]) -> dict[str, Any]:
    lines = [{"id": line, "number": number} for number, line in enumerate(keys, 1)]
    return {
        "name": name,
        "lines": drawn,
        "printed_without_backing": [line for line in lines if line["id"] in found.printed_without_backing],
        "left_out_although_backed": [line for line in lines if line["id"] in found.left_out_although_backed],
    }


TYPE = InkAndPencil()
