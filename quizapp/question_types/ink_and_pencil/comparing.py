"""An earlier page and today's: which of their lines are the same, and which of those were judged anew."""

from __future__ import annotations

from collections.abc import Mapping

from quizapp.question_types.ink_and_pencil.settings import InkAndPencilSettings, PageLine


def joined(today: InkAndPencilSettings, earlier: InkAndPencilSettings) -> dict[str, str]:
    """Return the lines of the earlier page by the lines of today's that are the same.

    An author's ``before`` counts first, then the claim, then the tag where it is a line of a vignette. A line that
    none of them joins is new, or is gone.
    """
    ids = {line.id for line in earlier.lines}
    by_claim = {line.claim: line.id for line in reversed(earlier.lines) if line.claim is not None}
    by_tag = {line.tag: line.id for line in reversed(earlier.lines) if ":" in line.tag}
    found: dict[str, str] = {}
    for line in today.lines:
        was = _before(line, by_claim, by_tag)
        if was in ids and was not in found.values():
            found[line.id] = was
    return found


def _before(line: PageLine, by_claim: Mapping[str, str], by_tag: Mapping[str, str]) -> str:
    if line.before is not None:
        return line.before
    return by_claim.get(line.claim or "") or by_tag.get(line.tag) or ""


def judged_anew(lines: Mapping[str, str], now: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Return the lines of today, by id, whose verdict was another one then, and the line that each was.

    A first verdict on a line is no change.
    """
    return {
        line: was
        for line, was in lines.items()
        if now.get(line) is not None and then.get(was) is not None and now[line] != then[was]
    }
