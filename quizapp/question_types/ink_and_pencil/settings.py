"""What an author writes for *Ink and pencil*."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from quizapp.core.questions import Verdict
from quizapp.question_types.authoring import InlineText, PartId, Reference, check_count, check_unique
from quizapp.question_types.contract import SettingsModel
from quizapp.question_types.decide_each import VERDICTS, Line, check_choices

LINES = 12

_CLAIM = re.compile(r"C(?:0[1-9]|[123][0-9]|40)")


def _claim(text: str) -> str:
    if not _CLAIM.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is no claim: write C01 to C40, or null")
    return text


class PageLine(Line):
    """One line of the page.

    ``speaker`` stands before it when the verdict is "claimed". Every line has one, also those that nobody
    said: a line without would tell students what it is. ``before`` is the id of the same line on the earlier
    page, where claim or tag do not join the two.
    """

    tag: Reference
    speaker: InlineText
    claim: Annotated[str, AfterValidator(_claim)] | None = None
    correction: InlineText | None = None
    before: PartId | None = None


class InkAndPencilSettings(SettingsModel):
    """The page. ``beside`` is the slot of an earlier page, which then stands beside this one."""

    masthead: InlineText
    lines: tuple[PageLine, ...]
    beside: PartId | None = None

    @model_validator(mode="after")
    def _whole_page(self) -> Self:
        check_count("lines", len(self.lines), LINES, LINES)
        check_unique("lines", (line.id for line in self.lines))
        check_choices(self.lines, VERDICTS)
        for line in self.lines:
            if line.key == Verdict.CONTRADICTED.value and line.correction is None:
                raise ValueError(f"line “{line.id}” is contradicted: write its correction for the margin")
            if line.before is not None and self.beside is None:
                raise ValueError(
                    f"line “{line.id}” says `before`: name the slot of the earlier page in `beside`"
                )
        check_unique("lines of the earlier page", (line.before for line in self.lines if line.before))
        return self

    @property
    def keys(self) -> dict[str, str]:
        """The verdict that each line deserves."""
        return {line.id: line.key for line in self.lines}
