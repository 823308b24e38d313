"""L402 and L407: sentences that can be read, and screens that fit their minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quizapp.content.library import Audience, LessonSource, Library, Text
from quizapp.content.lint.parts import words
from quizapp.content.lint.readability import sentences
from quizapp.content.lint.registry import in_text, rule
from quizapp.content.markdown import plain_text
from quizapp.content.measures import prose_words, screen_seconds
from quizapp.content.problems import Problem, Severity
from quizapp.content.questions import question_from_item
from quizapp.core.questions import Case
from quizapp.core.screens import Screen, ScreenKind

LONGEST_SENTENCE = 28
MEAN_SENTENCE = 17
WORDS_ON = {ScreenKind.FIRST_GUESS: 30, ScreenKind.REFUTATION: 150, ScreenKind.WORKED_EXAMPLE: 200}
HEADINGS = ("title", "heading")
LENIENCE_PERCENT = 120


@rule(
    "L402",
    "28 words a sentence, 17 on average",
    "Lesson prose has short sentences.",
    Severity.ERROR,
    Severity.WARNING,
)
def sentences_are_short(library: Library) -> Iterator[Problem]:
    """Measure the prose that learners read in lessons and on the page."""
    prose = {*library.lessons, *(f"{pack.name}:page" for pack in library.packs)}
    lengths: dict[str, list[int]] = {}
    firsts: dict[str, Text] = {}
    for text in library.texts:
        if text.item not in prose or text.audience is Audience.TEACHER or _is_label(text):
            continue
        for sentence in sentences(plain_text(text.html)):
            count = len(words(sentence))
            firsts.setdefault(text.item, text)
            lengths.setdefault(text.item, []).append(count)
            if count > LONGEST_SENTENCE:
                offset = max(0, text.source.find(sentence[:20]))
                value, limit = f"{count} words", str(LONGEST_SENTENCE)
                remedy = f"split it: {sentence[:40]}…"
                yield in_text("L402", text, offset, "a long sentence", remedy, value=value, limit=limit)
    for item, counts in lengths.items():
        mean = sum(counts) / len(counts)
        if mean > MEAN_SENTENCE:
            value, limit = f"{mean:.1f} words", str(MEAN_SENTENCE)
            yield in_text(
                "L402",
                firsts[item],
                0,
                "long sentences on average",
                "split some",
                value=value,
                limit=limit,
                severity=Severity.WARNING,
            )


@rule(
    "L407",
    "words and minutes of the eight screens, +20%",
    "A screen holds as much as can be read and decided in its minutes.",
    Severity.ERROR,
    Severity.WARNING,
)
def screens_fit_their_minutes(library: Library) -> Iterator[Problem]:
    """Count what a reader of either case reads and decides."""
    questions = {key: question_from_item(question) for key, question in library.questions.items()}
    for lesson in library.lessons.values():
        for screen in lesson.lesson.screens:
            limit = WORDS_ON.get(screen.kind)
            count = max(prose_words(screen, case) for case in Case)
            if limit is not None and count > limit:
                is_far = 100 * count > LENIENCE_PERCENT * limit
                severity = Severity.ERROR if is_far else Severity.WARNING
                found = _on_screen(lesson, screen, "too many words", f"{count} words", f"{limit} words")
                yield replace(found, severity=severity)
            seconds = max(screen_seconds(screen, case, questions) for case in Case)
            if 100 * seconds > LENIENCE_PERCENT * 60 * screen.minutes:
                value, most = f"about {seconds / 60:.1f} minutes", f"{screen.minutes} minutes"
                yield _on_screen(lesson, screen, "takes too long", value, most)


def _is_label(text: Text) -> bool:
    """Words that stand alone: a heading, or what is written in a drawing, but not the notes beside it."""
    is_drawn = text.field.startswith("drawings.") and not text.field.endswith("note")
    return is_drawn or text.field.endswith(HEADINGS)


def _on_screen(lesson: LessonSource, screen: Screen, message: str, value: str, limit: str) -> Problem:
    return Problem(
        rule="L407",
        file=lesson.source.file,
        line=lesson.screen_lines[screen.number - 1],
        item=lesson.key,
        field=str(screen.kind),
        message=message,
        remedy="cut, or move it to the extension",
        value=value,
        limit=limit,
    )
