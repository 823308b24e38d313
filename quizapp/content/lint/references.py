"""L001 between files: what is named must exist, and a quiz must be fillable. L010: nothing left over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from quizapp.content.library import Library, Pack
from quizapp.content.lint.parts import parts
from quizapp.content.lint.registry import HasSource, Status, in_item, in_text, rule
from quizapp.content.problems import Problem
from quizapp.content.questions import question_from_item
from quizapp.core.questions import Case
from quizapp.core.quizzes import Quiz, QuizShort, draw

EXISTS = "Required fields are present, ids are unique and well formed, and what is named exists."
LEFT_OVER = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|lorem ipsum|\?\?\?", re.IGNORECASE)


def _unknown(
    item: HasSource, steps: tuple[str | int, ...], kind: str, named: Iterable[str], known: frozenset[str]
) -> Iterator[Problem]:
    for name in sorted(set(named) - known):
        yield in_item("L001", item, steps, f"no {kind} {name}", f"name a {kind} that exists", value=name)


@rule("L001", "all", EXISTS, since=Status.DRAFT)
def questions_name_what_exists(library: Library) -> Iterator[Problem]:
    """Check skills, claims and misconceptions of questions."""
    for question in library.questions.values():
        record = question.record
        yield from _unknown(question, ("skill",), "skill", [record.skill], library.skill_ids)
        yield from _unknown(question, ("also",), "skill", record.also, library.skill_ids)
        yield from _unknown(question, ("claims",), "claim", record.claims, library.claim_ids)
        for part in parts(question):
            shown = [part.written["misconception"]] if part.written.get("misconception") else []
            steps = (*part.steps, "misconception")
            yield from _unknown(question, steps, "misconception", shown, library.misconception_ids)
            claims = [part.written["claim"]] if part.written.get("claim") else []
            yield from _unknown(question, (*part.steps, "claim"), "claim", claims, library.claim_ids)


@rule("L001", "all", EXISTS, since=Status.DRAFT)
def lessons_name_what_exists(library: Library) -> Iterator[Problem]:
    """Check skills, words and claims of lessons, and the lessons of a course and a quiz."""
    words = library.references.words
    for lesson in library.lessons.values():
        written = lesson.lesson
        yield from _unknown(lesson, ("skill",), "skill", [written.skill], library.skill_ids)
        yield from _unknown(lesson, ("also",), "skill", written.also, library.skill_ids)
        yield from _unknown(lesson, ("words",), "word", written.words, words)
        yield from _unknown(lesson, ("holds_up_claims",), "claim", written.holds_up_claims, library.claim_ids)
        yield from _unknown(lesson, ("refutes",), "misconception", written.refutes, library.misconception_ids)
    lessons = frozenset(library.lessons)
    for quiz in library.quizzes.values():
        named = [quiz.body["lesson"]] if quiz.body["lesson"] else []
        yield from _unknown(quiz, ("lesson",), "lesson", named, lessons)
    for pack in library.packs:
        yield from _course_names_what_exists(pack, lessons)


def _course_names_what_exists(pack: Pack, lessons: Collection[str]) -> Iterator[Problem]:
    named = [("lessons", key) for key in pack.course["lesson_keys"] if key not in lessons]
    start = pack.course["start_key"]
    if start is not None and start not in pack.course["lesson_keys"]:
        named.append(("start", start))
    for field, key in named:
        yield Problem(
            rule="L001",
            file=pack.course_source.file,
            line=pack.course_source.line(field),
            field=field,
            message=f"no lesson {key}",
            remedy="name the key of a lesson.md" if field == "lessons" else "name a lesson of the course",
        )


@rule(
    "L001",
    "every row, for either case",
    "A quiz finds enough questions for each row of its blueprint.",
    since=Status.DRAFT,
)
def quizzes_can_be_filled(library: Library) -> Iterator[Problem]:
    """Draw each quiz once for each case: a way of filling its rows exists for every seed, or for none."""
    pool = [question_from_item(question) for question in library.published]
    for written in library.quizzes.values():
        quiz = Quiz.from_body(written.body)
        for case in Case:
            try:
                draw(quiz, pool, 0, case)
            except QuizShort as short:
                row = quiz.blueprint.index(short.row)
                message = f"{short.missing} more needed for {short.row.in_words()}"
                remedy = "write questions with `use: quiz` of this kind, or ask for fewer"
                yield in_item("L001", written, ("blueprint", row), message, remedy)


@rule("L010", "0", "No leftovers such as to-do marks and filler text.")
def nothing_is_left_over(library: Library) -> Iterator[Problem]:
    """Look for marks of unfinished writing in what is published."""
    for text in library.texts:
        found = LEFT_OVER.search(text.source)
        if found:
            yield in_text("L010", text, found.start(), "a leftover", "finish the text", value=found[0])
