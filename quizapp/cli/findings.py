"""What `quizapp content check` prints: as lines for authors, or as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from quizapp.content.catalogue import Catalogue
from quizapp.content.lint.checklist import Section, checklist
from quizapp.content.lint.summary import PackReading, readings, rule_rows
from quizapp.content.lint.waiving import Waived

LINE = 118


def as_lines(catalogue: Catalogue) -> Iterator[str]:
    """Yield each problem, each waiver, a row for each rule, and what was read."""
    yield from map(str, catalogue.problems)
    yield from map(_waived, catalogue.waived)
    yield f"{'rule':<6} {'from':<7} {'tells':<16} {'errors':>7} {'warnings':>9} {'waived':>7}"
    for row in rule_rows(catalogue.problems, catalogue.waived):
        tells = " and ".join(row.severities) or "a reader"
        yield f"{row.id:<6} {row.since:<7} {tells:<16} {row.errors:>7} {row.warnings:>9} {row.waived:>7}"
    kinds = Counter(item.kind for item in catalogue.items)
    drafts = f", {len(catalogue.drafts)} drafts left out" if catalogue.drafts else ""
    yield "Read: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) + drafts
    yield from map(_reading, readings(catalogue.library))
    errors = sum(problem.is_error for problem in catalogue.problems)
    waived = f", {len(catalogue.waived)} waived" if catalogue.waived else ""
    yield f"{errors} errors, {len(catalogue.problems) - errors} warnings{waived}"


def _waived(one: Waived) -> str:
    by = f"{one.waiver.signed_by}, {one.waiver.date}"
    found = one.problem
    return f"{found.file}:{found.line}: {found.rule} waived: {found.item}: {found.message} ({by}) — {one.waiver.reason}"


def _reading(reading: PackReading) -> str:
    lessons = f"{len(reading.unread)} of {reading.lessons} lessons not yet read by an editor"
    questions = ", ".join(f"{count} {status}" for status, count in reading.questions)
    return f"{reading.pack}: {lessons}; questions: {questions or 'none'}"


def checklist_lines(catalogue: Catalogue) -> Iterator[str]:
    """Yield the reader's checklist as text that an editor can tick."""
    yield "# Reader's checklist"
    yield ""
    yield "What no program can judge. Put an x between the brackets, and sign each lesson in its `read_by`."
    yield "A box without names is about everything in its section."
    for section in checklist(catalogue.library):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {section.title}"
    yield ""
    yield f"{section.file}. {section.standing}" if section.title not in section.file else section.standing
    yield ""
    for tick in section.ticks:
        yield f"- [ ] {tick.rule} {tick.asks}"
        if tick.items:
            yield textwrap.fill(
                ", ".join(tick.items),
                LINE,
                initial_indent="      ",
                subsequent_indent="      ",
                break_on_hyphens=False,
            )


def as_json(catalogue: Catalogue) -> str:
    """Return problems, waivers, the row of each rule, the reading of each pack, and the checklist."""
    found: dict[str, Any] = {
        "problems": [asdict(problem) for problem in catalogue.problems],
        "waivers": [
            {"problem": asdict(one.problem), "waiver": one.waiver.model_dump(mode="json")}
            for one in catalogue.waived
        ],
        "summary": [asdict(row) for row in rule_rows(catalogue.problems, catalogue.waived)],
        "packs": [
            asdict(reading) | {"questions": dict(reading.questions)}
            for reading in readings(catalogue.library)
        ],
        "checklist": [asdict(section) for section in checklist(catalogue.library)],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)
