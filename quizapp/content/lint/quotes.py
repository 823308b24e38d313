"""L302, L304, L410: what is quoted stands in the file of excerpts, is short, and nothing else is copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Library, Text
from quizapp.content.lint.parts import TAG_HTML, words
from quizapp.content.lint.registry import in_text, rule
from quizapp.content.lint.shingles import article_shingles, copied_runs
from quizapp.content.markdown import EXCERPT_MARK, plain_text
from quizapp.content.problems import Problem
from quizapp.core.screens import VignetteBlock

QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘((?:[^‘’]|\b’\b)+)’(?!\w)")
QUOTED_RUN = 4
LONGEST_EXCERPT = 12
MOST_QUOTED = 300
MOST_IN_A_LESSON = 40
EXCERPT_HTML = re.compile(r'<span class="excerpt">.*?</span>')
APART = " ¦ "
"""Stands for a quotation that is allowed; never in what authors write."""


def normal(text: str) -> str:
    """Return a quotation with one kind of quotes and spaces, without the stop that belongs to the sentence around."""
    text = re.sub(r"[“”\"]", '"', text.replace("’", "'").replace("‘", "'"))
    return re.sub(r"\s+", " ", text).strip().strip(".,;:!?… ")


@rule("L302", "4+ words", "A quoted run of four words or more is an excerpt, or stands in the vignette.")
def quotations_exist(library: Library) -> Iterator[Problem]:
    """Look up each quotation; made-up and example text quotes nobody."""
    excerpts = {normal(words_of) for words_of, _ in library.references.excerpts.values()}
    vignettes = _vignettes(library)
    for text in library.texts:
        if text.is_made_up:
            continue
        for found in QUOTED.finditer(EXCERPT_MARK.sub("", text.source)):
            quoted = normal(next(filter(None, found.groups())))
            stands = quoted in excerpts or any(
                quoted in vignette for vignette in vignettes.get(text.item, ())
            )
            if len(words(quoted)) >= QUOTED_RUN and not stands:
                offset = max(0, text.source.find(found[0]))
                remedy = "use [[x-…]] for the article or the vignette's exact words, or say it without quotation marks"
                yield in_text("L302", text, offset, "quotes what stands nowhere", remedy, value=found[0])


def _vignettes(library: Library) -> dict[str, list[str]]:
    """Return the normal text of the vignettes that each item shows."""
    shown = {
        question.key: [_text_of(question.body["vignette"]["lines"])]
        for question in library.questions.values()
        if question.body["vignette"]
    }
    for lesson in library.lessons.values():
        own = [
            _text_of(block.lines)
            for screen in lesson.lesson.screens
            for block in screen.blocks
            if isinstance(block, VignetteBlock)
        ]
        asked = [text for key in lesson.lesson.all_question_keys() for text in shown.get(key, ())]
        shown[lesson.key] = own + asked
    return shown


def _text_of(lines: list[str] | tuple[str, ...]) -> str:
    return normal(" ".join(map(plain_text, lines)))


@rule("L304", "12 words, 300 in all, never a sentence", "Excerpts are short, few, and parts of sentences.")
def excerpts_are_short(library: Library) -> Iterator[Problem]:
    """Measure the file of excerpts."""
    total = 0
    for pack in library.packs:
        for excerpt, source in pack.excerpts:
            before, count = total, len(words(excerpt.text))
            total += count
            slips = (
                (count > LONGEST_EXCERPT, "an excerpt is too long", f"{count} words", str(LONGEST_EXCERPT)),
                (
                    excerpt.text.rstrip("”\"'").endswith((".", "!", "?", "…")),
                    "a whole sentence",
                    excerpt.text,
                    "part of one",
                ),
                (
                    before <= MOST_QUOTED < total,
                    "too much is quoted",
                    f"{total} words so far",
                    str(MOST_QUOTED),
                ),
            )
            for is_slip, message, value, limit in slips:
                if is_slip:
                    yield Problem(
                        rule="L304",
                        file=source.file,
                        line=source.line("text"),
                        item=excerpt.id,
                        message=message,
                        remedy="quote only the words that are examined",
                        value=value,
                        limit=limit,
                    )


@rule("L304", "0 runs of 7 words", "No text repeats the article outside an excerpt.")
def nothing_is_copied(library: Library) -> Iterator[Problem]:
    """Compare every text with the hashes of the article, made-up and teachers' texts too."""
    known = article_shingles()
    excerpts = {normal(words_of) for words_of, _ in library.references.excerpts.values()}
    for text in library.texts:
        for piece in _unquoted(text, excerpts):
            run = words(piece)
            for start, length in copied_runs(run, known):
                copied = run[start : start + length]
                offset = _offset(text.source, copied)
                remedy = "say it in our own words, or examine a few words as an excerpt"
                value = f"{length} words: {' '.join(copied[:6])} …"
                yield in_text(
                    "L304", text, offset, "copies the article", remedy, value=value, limit="6 in a row"
                )


def _unquoted(text: Text, excerpts: set[str]) -> list[str]:
    """Return the pieces of the text between the quotations that are excerpts."""
    html = EXCERPT_HTML.sub(APART, TAG_HTML.sub("", text.html))
    plain = QUOTED.sub(
        lambda found: APART if normal(next(filter(None, found.groups()))) in excerpts else found[0],
        plain_text(html),
    )
    return plain.split(APART.strip())


def _offset(source: str, copied: list[str]) -> int:
    pattern = r"\W+".join(re.escape(word).replace("'", "['’]") for word in copied[:3])
    found = re.search(pattern, source, re.IGNORECASE)
    return found.start() if found else 0


@rule("L410", "40 words a lesson", "A lesson and its questions quote little of the article.")
def lessons_quote_little(library: Library) -> Iterator[Problem]:
    """Add up the excerpts that a lesson and its questions show, each once."""
    texts: dict[str, list[Text]] = {}
    for text in library.texts:
        texts.setdefault(text.item, []).append(text)
    for lesson in library.lessons.values():
        shown = [t for key in (lesson.key, *lesson.lesson.all_question_keys()) for t in texts.get(key, ())]
        used = {found for text in shown for found in EXCERPT_MARK.findall(text.source)}
        quoted = [
            library.references.excerpts[name][0] for name in used if name in library.references.excerpts
        ]
        count = sum(len(words(words_of)) for words_of in quoted)
        if count > MOST_IN_A_LESSON:
            yield Problem(
                rule="L410",
                file=lesson.source.file,
                line=1,
                item=lesson.key,
                message="the lesson quotes too much",
                remedy="retell some of it",
                value=f"{count} words",
                limit=str(MOST_IN_A_LESSON),
            )
