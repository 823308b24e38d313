"""What a reader of questions and screens reads and decides, in words and seconds.

Everything here takes published questions and lessons, so that files and database are measured alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizapp.content.lint.parts import TAG_HTML, is_said_later, words
from quizapp.content.markdown import plain_text
from quizapp.content.prose import Kind, rendered
from quizapp.content.yaml_reader import Path
from quizapp.core.questions import Case, Move, Question
from quizapp.core.screens import DrawingBlock, HtmlBlock, Screen, VignetteBlock
from quizapp.question_types.registry import question_types

WORDS_A_MINUTE = 150
SECONDS_A_DECISION = 20


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text of a question as plain words; ``is_said_later`` is true for what follows the answer."""

    words: str
    is_said_later: bool


def read_words(html: str) -> str:
    """Return the words of a text as a reader reads them; the tags of cards don't count."""
    return plain_text(TAG_HTML.sub("", html))


def texts_of(question: Question) -> Iterator[ReadText]:
    """Yield what a question says to students, its vignette left out."""
    yield ReadText(read_words(question.stem), is_said_later=False)
    found: list[ReadText] = []

    def note(text: str, kind: Kind, path: Path) -> str:
        del kind
        found.append(ReadText(read_words(text), is_said_later(map(str, path))))
        return text

    rendered(question_types()[question.type].parse(question.settings), note)
    yield from found


def asked_words(question: Question) -> int:
    """Return how many words a student reads before answering, without the vignette."""
    return sum(len(words(text.words)) for text in texts_of(question) if not text.is_said_later)


def vignette_words(question: Question) -> str:
    """Return the lines of the made-up page of a question; empty where it has none."""
    return "\n".join(map(plain_text, question.vignette["lines"])) if question.vignette else ""


def decisions_of(question: Question) -> int:
    """Return how many decisions a student makes: one to pick one or to write, else one a part."""
    kind = question_types()[question.type]
    if kind.move in (Move.PICK_ONE, Move.WRITE):
        return 1
    return len(kind.part_ids(kind.parse(question.settings)))


def prose_words(screen: Screen, case: Case) -> int:
    """Return how many words of prose and made-up pages a reader of that case reads on a screen."""
    count = 0
    for block in screen.blocks_for(case):
        if isinstance(block, HtmlBlock):
            count += len(words(plain_text(block.html)))
        elif isinstance(block, VignetteBlock):
            count += sum(len(words(plain_text(line))) for line in block.lines)
    return count


def screen_seconds(screen: Screen, case: Case, questions: Mapping[str, Question]) -> float:
    """Return the time that reading and deciding take; a vignette that several questions share is read once."""
    count, decided = prose_words(screen, case) + _drawn_words(screen, case), 0
    vignettes: dict[str, int] = {b.vignette_key: 0 for b in screen.blocks if isinstance(b, VignetteBlock)}
    for key in screen.question_keys(case):
        question = questions.get(key)
        if question is None:
            continue
        decided += decisions_of(question)
        count += asked_words(question)
        if question.vignette:
            vignettes.setdefault(question.vignette["key"], len(words(vignette_words(question))))
    return (count + sum(vignettes.values())) * 60 / WORDS_A_MINUTE + decided * SECONDS_A_DECISION


def _drawn_words(screen: Screen, case: Case) -> int:
    """Count the words in drawings. They take time like others, and are bounded by the room in their boxes."""
    drawings = [block.drawing for block in screen.blocks_for(case) if isinstance(block, DrawingBlock)]
    return sum(len(words(plain_text(text))) for drawing in drawings for text in drawing.words)
