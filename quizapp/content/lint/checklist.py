"""What only a reader can judge, as a list to tick: the checks hold the tags, people hold the meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizapp.content.library import LessonSource, Library, QuestionSource
from quizapp.content.lint.parts import part_words, parts
from quizapp.core.questions import Move

JOINED = re.compile(r"\b(?:and|because|since|so that)\b", re.IGNORECASE)
LINE = re.compile(r"\blines? \d+(?: and \d+)?", re.IGNORECASE)
NUMBER = re.compile(r"\d|\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June"
    r"|July|August|September|October|November|December|hundred|thousand|percent|per cent|dozen)\b")  # fmt: skip
READERS = 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """Something to judge. ``concerns`` names what of a question it is about; nothing means that it is not."""

    rule: str
    asks: str
    concerns: Callable[[QuestionSource], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tick:
    """One box: a rule, what to judge, and the items that it is about; none stands for all of the section."""

    rule: str
    asks: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The boxes of one lesson or one file of questions or vignettes."""

    title: str
    file: str
    standing: str
    ticks: tuple[Tick, ...]


def _whole(question: QuestionSource) -> tuple[str, ...]:
    return (question.record.id,)


def _picked(question: QuestionSource) -> tuple[str, ...]:
    return _whole(question) if question.type.move is Move.PICK_ONE else ()


def _guessable(question: QuestionSource) -> tuple[str, ...]:
    return _whole(question) if question.type.move is not Move.WRITE else ()


def _of_the_article(question: QuestionSource) -> tuple[str, ...]:
    return _whole(question) if question.record.context == "article" else ()


def _with_claims(question: QuestionSource) -> tuple[str, ...]:
    tagged = question.record.claims or any(part.written.get("claim") for part in parts(question))
    return _whole(question) if tagged else ()


def _joined_statements(question: QuestionSource) -> tuple[str, ...]:
    """Return the lines that may join two claims."""
    if question.type.move is not Move.DECIDE_EACH:
        return ()
    return tuple(
        f"{question.record.id}.{part.written['id']}"
        for part in parts(question)
        if "text" in part.written and "id" in part.written and JOINED.search(part_words(question, part))
    )


def _keys_with_numbers(question: QuestionSource) -> tuple[str, ...]:
    """Return the questions whose key holds a number or a date."""
    keys = [
        LINE.sub("", part_words(question, part))
        for part in parts(question)
        if part.is_key and "text" in part.written
    ]
    return _whole(question) if any(map(NUMBER.search, keys)) else ()


OF_QUESTIONS = (
    Judgement("L108", "The options of a question begin with the same part of speech.", _picked),
    Judgement("L112", "A line to decide holds one claim; these have a joining word.", _joined_statements),
    Judgement("L115", "No key hangs on a date or number that the text does not give; these name one.", _keys_with_numbers),
    Judgement("L116", "Two people who see the options and not the text can't guess the key.", _guessable),
    Judgement("L205", "Feedback on a wrong choice names what tempts, then the better idea.", _guessable),
    Judgement("L303", "Nothing is put into a speaker's mouth or made firmer than its claim is coded.", _with_claims),
    Judgement("L306", "What is contested is said to be said.", _of_the_article),
    Judgement("L307", "Nothing is told of the real video beyond P3, P7, P8 and P13.", _of_the_article),
    Judgement("L406", "No idiom and nothing of one culture stands without a gloss.", _whole),
)  # fmt: skip
OF_LESSONS = (
    ("L009", "Two people have read it from the first screen to the last and signed in `read_by`."),
    ("L205", "Refutation and feedback name what tempts, then the better idea."),
    ("L303", "Nothing is put into a speaker's mouth or made firmer than its claim is coded."),
    ("L306", "What is contested is said to be said."),
    ("L307", "Nothing is told of the real video beyond P3, P7, P8 and P13."),
    ("L406", "No idiom and nothing of one culture stands without a gloss."),
)
OF_VIGNETTES = (
    ("L308", "Each invented name was searched for, and nobody known bears it."),
    ("L406", "No idiom and nothing of one culture stands without a gloss."),
)


def judged_rules() -> frozenset[str]:
    """Return the rules that a reader judges, wholly or in part."""
    asked = {judgement.rule for judgement in OF_QUESTIONS}
    return frozenset(asked | {rule for rule, _ in (*OF_LESSONS, *OF_VIGNETTES)})


def checklist(library: Library) -> tuple[Section, ...]:
    """Return the boxes lesson by lesson, bank by bank, and those of the vignettes of each pack."""
    return (*_lessons(library), *_banks(library), *_vignettes(library))


def _lessons(library: Library) -> Iterator[Section]:
    for source in sorted(library.lessons.values(), key=lambda source: source.lesson.number):
        lesson = source.lesson
        ticks = tuple(Tick(rule, asks) for rule, asks in OF_LESSONS)
        yield Section(f"Lesson {lesson.number}: {lesson.title}", source.source.file, _standing(source), ticks)


def _standing(source: LessonSource) -> str:
    signed = source.lesson.read_by
    if not signed:
        return "Not yet read by an editor."
    one_more = " One more reader is wanted." if len(signed) < READERS else ""
    return f"Read by {', '.join(signed)}.{one_more}"


def _banks(library: Library) -> Iterator[Section]:
    files: dict[str, list[QuestionSource]] = {}
    for question in library.published:
        files.setdefault(question.source.file, []).append(question)
    for file, questions in files.items():
        everything = tuple(question.record.id for question in questions)
        found = (
            Tick(judgement.rule, judgement.asks, () if items == everything else items)
            for judgement in OF_QUESTIONS
            if (items := tuple(item for question in questions for item in judgement.concerns(question)))
        )
        live = sum(question.record.status == "live" for question in questions)
        standing = f"{len(questions)} questions, {live} of them live."
        yield Section(file.rpartition("/")[2], file, standing, tuple(found))


def _vignettes(library: Library) -> Iterator[Section]:
    for pack in library.packs:
        own = [source for key, source in library.vignettes.items() if key.startswith(f"{pack.name}:")]
        if own:
            ticks = tuple(Tick(rule, asks) for rule, asks in OF_VIGNETTES)
            folder = own[0].source.file.rpartition("/")[0]
            yield Section(f"Vignettes of {pack.name}", folder, f"{len(own)} vignettes.", ticks)
