"""One question or lesson as a page of its own, keys and feedback in the open, for authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from quizapp.content.catalogue import Catalogue
from quizapp.content.markdown import plain_text
from quizapp.content.questions import lesson_from_item
from quizapp.core.lessons import Lesson
from quizapp.core.screens import (
    Block,
    DrawingBlock,
    HtmlBlock,
    QuestionBlock,
    SlotBlock,
    VignetteBlock,
)

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }}
section, .box {{ border-top: 1px solid; margin-top: 2rem; }}
.fictional {{ font-family: Georgia, serif; border-left: 3px solid; padding-left: 1rem; }}
.note {{ font-size: .85rem; }} dt {{ font-weight: bold; }} dd {{ margin: 0 0 .5rem 1.2rem; }}
</style>
<h1>{title}</h1>
<p class="note">Preview for authors: keys and feedback are shown.</p>
{body}
</html>
"""


def preview(catalogue: Catalogue, key: str) -> str:
    """Return a self-contained page of the question or lesson with that key; drafts too.

    Raises:
        KeyError: there is no such question or lesson.
    """
    try:
        lesson = lesson_from_item(catalogue.item("lesson", key))
    except KeyError:
        body = catalogue.item("question", key).body
        return PAGE.format(title=escape(str(body["key"])), body=_question(body))
    return PAGE.format(title=escape(lesson.title), body=_lesson(catalogue, lesson))


def _lesson(catalogue: Catalogue, lesson: Lesson) -> str:
    screens = [
        f"<section><h2>{screen.number}. {escape(screen.title)}</h2>"
        + "\n".join(_block(catalogue, block) for block in screen.blocks)
        + "</section>"
        for screen in lesson.screens
    ]
    teacher = [
        f"<section><h2>Teacher: {escape(section.title)}</h2>{section.html}</section>"
        for section in lesson.teacher
    ]
    return "\n".join([f"<p>{escape(lesson.summary)}</p>", *screens, *teacher])


def _block(catalogue: Catalogue, block: Block) -> str:
    match block:
        case HtmlBlock():
            note = f'<p class="note">Case {block.case}</p>' if block.case else ""
            return f'<div class="{"fictional" if block.is_fictional else ""}">{note}{block.html}</div>'
        case QuestionBlock():
            return _question(catalogue.item("question", block.question_key).body)
        case SlotBlock():
            keys = (block.case_a_key, block.case_b_key)
            return "\n".join(_question(catalogue.item("question", key).body) for key in keys)
        case VignetteBlock():
            return _vignette(block.title, block.kind, block.lines)
        case DrawingBlock(drawing=drawing):
            facts = "".join(f"<li>{escape(plain_text(word))}</li>" for word in drawing.words if word)
            return (
                f'<div class="box"><p class="note">Drawing: {escape(drawing.alt)}</p><ul>{facts}</ul></div>'
            )


def _vignette(title: str, kind: str, lines: Sequence[str]) -> str:
    listed = "".join(f"<li>{line}</li>" for line in lines)
    return (
        f'<div class="fictional"><p class="note">Made up for this lesson: {escape(kind)}</p>'
        f"<h3>{escape(title)}</h3><ol>{listed}</ol></div>"
    )


def _question(body: Mapping[str, Any]) -> str:
    vignette = body["vignette"]
    facts = ("key", "type", "skill", "status", "use", "difficulty", "context", "slot", "case", "evidence")
    note = " · ".join(f"{name} {_plain(body[name])}" for name in facts if body[name])
    shown = _vignette(vignette["title"], vignette["kind"], vignette["lines"]) if vignette else ""
    settings = "".join(_tree(body["settings"]))
    rationale = f"<h4>Why the key is right</h4>{body['rationale']}" if body["rationale"] else ""
    return f'<div class="box"><p class="note">{escape(note)}</p>{shown}<h3>{body["stem"]}</h3>{settings}{rationale}</div>'


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _tree(value: object) -> Iterator[str]:
    """Yield the settings as nested lists; their texts are safe HTML."""
    if isinstance(value, Mapping):
        inner = "".join(
            f"<dt>{escape(str(k))}</dt><dd>{''.join(_tree(v))}</dd>"
            for k, v in value.items()
            if v is not None
        )
        yield f"<dl>{inner}</dl>"
    elif isinstance(value, list):
        yield "<ol>" + "".join(f"<li>{''.join(_tree(element))}</li>" for element in value) + "</ol>"
    else:
        yield value if isinstance(value, str) else escape(str(value))
