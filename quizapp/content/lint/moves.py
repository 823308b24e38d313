"""L002 to L006: what each of the five moves asks of its questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import Part, decisions, parts
from quizapp.content.lint.registry import Status, in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.core.questions import Move, Verdict

FOUR = 4
"""Options of *Pick one* that a waiver allows."""
SORTING_BINS = 3
"""Own choices from this number on make bins; two are a yes and a no."""
FEWEST = {"gaps": 2, "four_point": 1}
"""Layouts whose lines stand in a text of their own may have fewer."""
VERDICT_TYPES = frozenset({"decide_lines", "ink_and_pencil"})
SHARE_FROM = 20
"""Lines with a verdict from which their shares mean something."""
LEAST_BACKED, MOST_BACKED = 40, 60


def _of(library: Library, move: Move) -> Iterator[tuple[QuestionSource, list[Part]]]:
    for question in library.questions.values():
        if question.type.move is move:
            yield question, list(parts(question))


def _published(library: Library) -> Iterator[tuple[QuestionSource, list[Part]]]:
    """Yield what *Decide each* asks of students; drafts do not balance a bank."""
    return (pair for pair in _of(library, Move.DECIDE_EACH) if pair[0].record.status != "draft")


def _choices(question: QuestionSource) -> tuple[str, ...]:
    """Return what all lines of a question can be decided as; empty where each has choices of its own."""
    for name in ("choices", "bins"):
        listed = question.written.get(name)
        if isinstance(listed, list):
            return tuple(str(choice["id"]) for choice in listed)
    return tuple(Verdict) if _has_verdicts(question) else ()


def _has_verdicts(question: QuestionSource) -> bool:
    """Say whether lines are decided by the five verdicts."""
    return question.type.name in VERDICT_TYPES and not isinstance(question.written.get("choices"), list)


@rule(
    "L002",
    "exactly 3 options (4 with a waiver), exactly 1 key",
    "*Pick one* has three options and one key.",
    since=Status.DRAFT,
)
def pick_one_has_three_options(library: Library) -> Iterator[Problem]:
    """Count options and keys."""
    for question, options in _of(library, Move.PICK_ONE):
        steps = ("settings", "options")
        keys = sum(option.is_key for option in options)
        if len(options) != 3:
            value = f"{len(options)} options"
            found = in_item(
                "L002", question, steps, "not three options", "write three", value=value, limit="3"
            )
            yield replace(found, is_waivable=len(options) == FOUR)
        if keys != 1:
            remedy = "set `key: true` on exactly one"
            yield in_item("L002", question, steps, "not one key", remedy, value=f"{keys} keys", limit="1")


@rule("L003", "3–14 lines", "*Decide each* has 3 to 14 lines.", since=Status.DRAFT)
def decide_each_has_lines(library: Library) -> Iterator[Problem]:
    """Count what is decided: lines, or whatever a layout has in their place."""
    for question, _parts in _of(library, Move.DECIDE_EACH):
        count = decisions(question)
        if not FEWEST.get(question.type.name, 3) <= count <= 14:
            value, remedy = f"{count} lines", "add lines, or split the question"
            steps = ("settings", "lines")
            yield in_item("L003", question, steps, "too few or many lines", remedy, value=value, limit="3–14")


@rule(
    "L003",
    "all",
    "Every verdict or choice that is offered is right somewhere in the bank.",
    since=Status.DRAFT,
)
def every_choice_is_right_somewhere(library: Library) -> Iterator[Problem]:
    """Collect the keys of the verdicts over the bank, and of own choices over questions that share them."""
    used: dict[tuple[str, ...], set[str]] = {}
    first: dict[tuple[str, ...], QuestionSource] = {}
    for question, lines in _published(library):
        offered = _choices(question)
        first.setdefault(offered, question)
        used.setdefault(offered, set()).update(str(line.written.get("key")) for line in lines)
    for offered, keys in used.items():
        for choice in offered:
            if choice not in keys:
                message = f"{choice} is offered and is never right in the bank"
                remedy = "write a line whose key it is, or offer other choices"
                yield in_item("L003", first[offered], ("settings",), message, remedy)


@rule(
    "L003",
    "40–60% of lines with a verdict",
    "Lines that are backed up are about half of all.",
    Severity.WARNING,
    since=Status.DRAFT,
)
def about_half_is_backed(library: Library) -> Iterator[Problem]:
    """Compare how often *Backed up* is the key, over the bank."""
    keys: Counter[str] = Counter()
    first: QuestionSource | None = None
    for question, lines in _published(library):
        if _has_verdicts(question):
            first = first or question
            keys.update(str(line.written.get("key")) for line in lines)
    percent = 100 * keys[Verdict.BACKED] // keys.total() if keys else 0
    if first and keys.total() >= SHARE_FROM and not LEAST_BACKED <= percent <= MOST_BACKED:
        value = f"{keys[Verdict.BACKED]} of {keys.total()} lines, {percent}%"
        yield in_item(
            "L003",
            first,
            ("settings", "lines"),
            "the share of backed lines over the bank teaches to trust or to doubt everything",
            "balance the keys of the bank",
            value=value,
            limit=f"{LEAST_BACKED}–{MOST_BACKED}%",
            severity=Severity.WARNING,
        )


@rule(
    "L004",
    "6–14 cards, 2–4 bins plus cannot-tell, 1 card a bin",
    "Sorting into bins gives each bin a card.",
    since=Status.DRAFT,
)
def sorting_fills_every_bin(library: Library) -> Iterator[Problem]:
    """Check *Decide each* with three or more choices of the author's."""
    for question, lines in _of(library, Move.DECIDE_EACH):
        bins = _choices(question)
        if _has_verdicts(question) or question.written.get("is_match") or len(bins) < SORTING_BINS:
            continue
        if not 6 <= len(lines) <= 14:
            value, steps = f"{len(lines)} cards", ("settings", "lines")
            yield in_item(
                "L004", question, steps, "too few or many cards", "sort 6 to 14", value=value, limit="6–14"
            )
        if len(bins) > 5:
            value, steps = f"{len(bins)} bins", ("settings", "choices")
            yield in_item(
                "L004", question, steps, "too many bins", "merge some", value=value, limit="4 and cannot-tell"
            )
        keys = {str(line.written.get("key")) for line in lines}
        for index, name in enumerate(bins):
            if name not in keys:
                remedy = "give it a card, or leave it out"
                yield in_item(
                    "L004", question, ("settings", "choices", index), f"no card for the bin {name}", remedy
                )


@rule(
    "L005",
    "4–6 elements, order or ties declared",
    "*Put in order* has 4 to 6 elements that are not all tied.",
    since=Status.DRAFT,
)
def order_has_an_order(library: Library) -> Iterator[Problem]:
    """Count elements and look at their ranks."""
    for question, elements in _of(library, Move.PUT_IN_ORDER):
        steps = ("settings", "elements")
        if not 4 <= len(elements) <= 6:
            value, remedy = f"{len(elements)} elements", "order 4 to 6"
            yield in_item(
                "L005", question, steps, "too few or many elements", remedy, value=value, limit="4–6"
            )
        ranks = [element.written.get("rank") for element in elements]
        if any(not isinstance(rank, int) for rank in ranks) or len(set(ranks)) < 2:
            yield in_item(
                "L005", question, steps, "no order", "give ranks; equal ranks are ties, not all equal"
            )


@rule(
    "L006",
    "keys at most half of the options",
    "*Find them* never pays for ticking everything.",
    since=Status.DRAFT,
)
def at_most_half_are_keys(library: Library) -> Iterator[Problem]:
    """Count the keys."""
    for question, options in _of(library, Move.FIND_THEM):
        keys = sum(option.is_key for option in options)
        if not options or keys == 0 or 2 * keys > len(options):
            value, remedy = f"{keys} keys of {len(options)}", "add wrong options or take keys away"
            yield in_item(
                "L006",
                question,
                ("settings", "options"),
                "too many keys or none",
                remedy,
                value=value,
                limit="half",
            )
