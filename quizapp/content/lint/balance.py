"""L508, L509, L510, L511: neither trust nor doubt pays by itself, and no kind of person is the villain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import parts
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.core.questions import Case, Verdict
from quizapp.core.screens import HtmlBlock, ScreenKind

SHARES_FROM = 20
LEAST_PERCENT, MOST_PERCENT = 40, 60
CLAIMS_FROM = 2
MOST_OF_AN_ACTOR = 35


@rule(
    "L508",
    "40–60% of a strand's lines with a verdict, from 20 on",
    "In each strand, about half of the lines hold up.",
    Severity.WARNING,
)
def half_holds_up_in_each_strand(library: Library) -> Iterator[Problem]:
    """Count how often *Backed up* is the key, by the strand of the skill."""
    strands = {skill.id: str(skill.strand) for pack in library.packs for skill in pack.skills}
    keys: dict[str, Counter[str]] = {}
    first: dict[str, QuestionSource] = {}
    for question in library.published:
        found = [str(part.written.get("key")) for part in parts(question)]
        verdicts = [key for key in found if key in tuple(Verdict)]
        if verdicts:
            strand = strands.get(question.record.skill, "")
            first.setdefault(strand, question)
            keys.setdefault(strand, Counter()).update(verdicts)
    for strand, counted in keys.items():
        yield from _share(
            "L508",
            first[strand],
            counted[Verdict.BACKED],
            counted.total(),
            f"of the lines of {strand}, too few or too many hold up",
        )


@rule(
    "L510",
    "40–60% each, from 20 tagged questions on",
    "As many questions correct too much doubt as too much trust.",
    Severity.WARNING,
)
def doubt_and_trust_are_corrected(library: Library) -> Iterator[Problem]:
    """Count the tags `corrects` over the bank."""
    tagged = [question for question in library.published if question.record.corrects]
    doubt = sum(question.record.corrects == "doubt" for question in tagged)
    if tagged:
        message = "corrections of doubt and of trust are out of balance"
        yield from _share("L510", tagged[0], doubt, len(tagged), message)


def _share(rule_id: str, first: QuestionSource, some: int, of: int, message: str) -> Iterator[Problem]:
    if of >= SHARES_FROM and not LEAST_PERCENT <= 100 * some / of <= MOST_PERCENT:
        yield in_item(
            rule_id,
            first,
            (),
            message,
            "balance the bank",
            value=f"{some} of {of}, {100 * some // of}%",
            limit=f"{LEAST_PERCENT}–{MOST_PERCENT}%",
            severity=Severity.WARNING,
        )


@rule(
    "L511",
    "35% each, from 20 made-up pages on",
    "Officials, activists, firms and individuals turn out unreliable alike.",
    Severity.WARNING,
)
def no_kind_of_actor_is_the_villain(library: Library) -> Iterator[Problem]:
    """Count the tags `actor`, once a made-up page."""
    cases = {
        (question.record.actor, question.record.vignette or question.key): question
        for question in library.published
        if question.record.actor
    }
    counted = Counter(actor for actor, _ in cases)
    for actor, count in counted.items():
        if len(cases) >= SHARES_FROM and 100 * count > MOST_OF_AN_ACTOR * len(cases):
            yield in_item(
                "L511",
                next(question for (kind, _), question in cases.items() if kind == actor),
                ("actor",),
                f"{actor} is unreliable too often",
                "let others be wrong",
                value=f"{count} of {len(cases)}, {100 * count // len(cases)}%",
                limit=f"{MOST_OF_AN_ACTOR}%",
                severity=Severity.WARNING,
            )


@rule(
    "L509",
    "1 in each lesson on 2 claims or more",
    "A lesson says what holds up, to readers of either case.",
)
def lessons_say_what_holds_up(library: Library) -> Iterator[Problem]:
    """Look at the screen for it in lessons that ask about several claims."""
    for lesson in library.lessons.values():
        asked = [library.questions[k] for k in lesson.lesson.all_question_keys() if k in library.questions]
        touched = {claim for question in asked for claim in question.record.claims}
        if len(touched) >= CLAIMS_FROM:
            screen = lesson.lesson.screen_of(ScreenKind.HOLDS_UP)
            silent = [case for case in Case if not _speaks(screen.blocks_for(case))]
            if silent:
                remedy = "write two to four lines under `# holds_up`, for both cases"
                message, steps = "says nothing of what holds up", ("key",)
                value = f"case {' and '.join(silent)}"
                yield in_item("L509", lesson, steps, message, remedy, value=value)


def _speaks(blocks: Sequence[object]) -> bool:
    return any(isinstance(block, HtmlBlock) and block.html for block in blocks)
