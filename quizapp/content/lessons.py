"""Reading lessons: front matter, eight screens, and the teacher's page beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quizapp.content.assets import images_beside
from quizapp.content.directives import Directive, Markdown, Node, ScreenText, cut_screens
from quizapp.content.drawings import Drawings, read_drawings
from quizapp.content.front_matter import FrontMatter, read_front_matter
from quizapp.content.library import Audience, LessonSource, Library, Pack, Source
from quizapp.content.prose import PLAIN, rendered
from quizapp.content.reading import Reader
from quizapp.content.records import LessonRecord, TeacherRecord
from quizapp.content.roots import Root
from quizapp.content.writing import Writer
from quizapp.core.lessons import Lesson, SourceNote, TeacherSection
from quizapp.core.questions import Case
from quizapp.core.screens import (
    Block,
    DrawingBlock,
    HtmlBlock,
    QuestionBlock,
    Screen,
    ScreenKind,
    SlotBlock,
    VignetteBlock,
)
from quizapp.question_types.contract import BLOCK

TEACHER_SECTIONS = (
    "Timing",
    "Before you start",
    "Prompts",
    "Sensitive points",
    "Answers",
    "If someone says: you are against us",
    "Discrepancies",
)
SECTION = re.compile(r"##\s+(\S.*?)\s*$")


def read_lessons(library: Library, pack: Pack, root: Root) -> None:
    """Read every lesson of the pack. Vignettes and questions stand on the shelf already."""
    for path in sorted(root.lessons.glob("*/lesson.md")):
        reader = Reader(path, root.told(path), pack.name, library.problems)
        front = read_front_matter(reader)
        record = reader.record(LessonRecord, front.document) if front else None
        if front is not None and record is not None:
            _lesson(library, reader, front, record, root)


def _lesson(library: Library, reader: Reader, front: FrontMatter, record: LessonRecord, root: Root) -> None:
    key = reader.key(record.key)
    source = Source(reader.file, front.document, ())
    if key in library.lessons:
        reader.problem("L001", source.line("key"), "the key stands twice", "choose another", item=key)
        return
    folder = reader.path.parent
    references = replace(library.references, image=images_beside(library, folder))
    writer = Writer(library, reader, references, key, front.document)
    body = rendered(record, writer)
    written = _screens(reader, front, key)
    drawings = read_drawings(writer, folder / "drawings.yaml", root)
    screens = tuple(_Builder(library, reader, writer, drawings, text).screen() for text in written)
    drawings.tell_unused()
    teacher_path = folder / "teacher.md"
    teacher_reader = replace(reader, path=teacher_path, file=root.told(teacher_path))
    lesson = Lesson(
        key=key,
        number=record.number,
        title=record.title,
        skill=record.skill,
        also=record.also,
        summary=record.summary,
        case_b=record.case_b,
        objectives=tuple(body["objectives"]),
        words=record.words,
        try_tonight=body["try_tonight"],
        provenance=body["provenance"],
        screens=screens,
        teacher=_teacher(teacher_reader, record, writer),
        holds_up_claims=record.holds_up_claims,
        source_notes=tuple(SourceNote(**note) for note in body["source_notes"]),
        read_by=record.read_by,
        refutes=record.refutes,
    )
    lines = tuple(text.line for text in written)
    library.lessons[key] = LessonSource(key, source, lesson, lines, record.waivers)


def _screens(reader: Reader, front: FrontMatter, key: str) -> list[ScreenText]:
    """Return the eight screens in their order; note what is missing, unknown or misplaced."""

    def tell(line: int, message: str, remedy: str) -> None:
        reader.problem("L001", line, message, remedy, item=key)

    found = cut_screens(front.text, front.line, tell)
    kinds = [kind.value for kind in ScreenKind]
    if [screen.kind for screen in found] == kinds:
        return found
    for screen in found:
        if screen.kind not in kinds:
            tell(screen.line, f"no screen is called {screen.kind!r}", f"use {', '.join(kinds)}")
    for kind in kinds:
        number = sum(1 for screen in found if screen.kind == kind)
        if number != 1:
            message = (
                f"the screen {kind} is missing" if number == 0 else f"the screen {kind} stands {number} times"
            )
            tell(front.line, message, "a lesson has each of the eight screens once")
    by_kind = {screen.kind: screen for screen in reversed(found)}
    if len(found) == len(kinds) and set(by_kind) == set(kinds):
        tell(front.line, "the screens are not in their order", f"the order is {', '.join(kinds)}")
    return [by_kind.get(kind, ScreenText(kind, kind, front.line, [])) for kind in kinds]


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands around a block."""

    case: Case | None = None
    is_fictional: bool = False
    is_idea: bool = False


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds one screen from its text."""

    library: Library
    reader: Reader
    writer: Writer
    drawings: Drawings
    text: ScreenText

    def screen(self) -> Screen:
        title = self.writer.write(self.text.title, PLAIN, self.text.line, f"{self.text.kind}.title")
        blocks = tuple(self._blocks(self.text.nodes, _Place()))
        return Screen(ScreenKind(self.text.kind), title, blocks)

    def _blocks(self, nodes: list[Node], place: _Place) -> Iterator[Block]:
        for node in nodes:
            match node:
                case Markdown():
                    yield self._html(node, place)
                case Directive(name="case", argument="A" | "B" as case):
                    yield from self._blocks(node.children, replace(place, case=Case(case)))
                case Directive(name="fictional"):
                    yield from self._blocks(node.children, replace(place, is_fictional=True))
                case Directive(name="idea"):
                    yield from self._blocks(node.children, replace(place, is_idea=True))
                case Directive(name="question" | "slot" | "vignette" | "drawing"):
                    yield from self._leaf(node, place)
                case _:
                    # An unknown directive was noted when the text was cut.
                    yield from self._blocks(node.children, place)

    def _html(self, node: Markdown, place: _Place) -> HtmlBlock:
        writer = self.writer.made_up() if place.is_fictional or place.is_idea else self.writer
        html = writer.write(node.text, BLOCK, node.line, self.text.kind, counts_lines=True)
        return HtmlBlock(html, place.case, place.is_fictional, place.is_idea)

    def _leaf(self, directive: Directive, place: _Place) -> Iterator[Block]:
        if directive.children:
            self._tell(directive, f"`::: {directive.name}` holds text", "close it by `:::` on the next line")
        key = self.reader.key(directive.argument)
        match directive.name:
            case "question":
                if self._is_published(directive, key):
                    yield QuestionBlock(key, place.case)
            case "slot":
                yield from self._slot(directive, key)
            case "drawing":
                yield from self._drawing(directive, place)
            case _:
                vignette = self.library.vignettes.get(key)
                if vignette is None:
                    remedy = f"write questions/vignettes/{directive.argument}.yaml"
                    self._tell(directive, f"no vignette {directive.argument!r}", remedy)
                    return
                body = vignette.body
                yield VignetteBlock(key, body["title"], body["kind"], tuple(body["lines"]), place.case)

    def _slot(self, directive: Directive, slot: str) -> Iterator[SlotBlock]:
        found = {q.record.case: q.key for q in self.library.published if q.body["slot"] == slot}
        if Case.A in found and Case.B in found:
            yield SlotBlock(slot, found[Case.A], found[Case.B])
        else:
            remedy = f"write two questions with `slot: {directive.argument}`, one of each case, no drafts"
            self._tell(directive, f"the slot {directive.argument!r} lacks a case", remedy)

    def _drawing(self, directive: Directive, place: _Place) -> Iterator[DrawingBlock]:
        if not self.drawings.has(directive.argument):
            remedy = "write it in drawings.yaml beside lesson.md"
            self._tell(directive, f"no drawing {directive.argument!r}", remedy)
            return
        drawing = self.drawings.drawing(directive.argument, is_made_up=place.is_fictional)
        if drawing is not None:
            yield DrawingBlock(drawing, place.case, place.is_fictional)

    def _is_published(self, directive: Directive, key: str) -> bool:
        question = self.library.questions.get(key)
        if question is None:
            self._tell(
                directive, f"no question {directive.argument!r}", "write it, or mend what is wrong with it"
            )
        elif question.record.status == "draft":
            self._tell(
                directive, f"{directive.argument!r} is a draft", "set `status: review` when it is ready"
            )
        return question is not None and question.record.status != "draft"

    def _tell(self, directive: Directive, message: str, remedy: str) -> None:
        self.reader.problem(
            "L001", directive.line, message, remedy, item=self.writer.item, field=self.text.kind
        )


def _teacher(reader: Reader, record: LessonRecord, writer: Writer) -> tuple[TeacherSection, ...]:
    front = read_front_matter(reader)
    if front is None:
        return ()
    head = reader.record(TeacherRecord, front.document, item=writer.item)
    if head is not None and head.lesson != record.key:
        line = front.document.line(("lesson",))
        reader.problem("L001", line, f"not the lesson of this folder: {head.lesson}", f"write {record.key}")
    sections = _sections(reader, front)
    titles = tuple(title for title, _, _ in sections)
    if titles != TEACHER_SECTIONS:
        limit = " · ".join(TEACHER_SECTIONS)
        remedy = "give each section once, as `## Title`, in this order"
        message = f"the sections are {' · '.join(titles) or 'missing'}"
        reader.problem("L001", front.line, message, remedy, item=writer.item, limit=limit)
    teacher = replace(writer, reader=reader, document=front.document, audience=Audience.TEACHER)
    return tuple(
        TeacherSection(title, teacher.write(text, BLOCK, line, f"teacher: {title}", counts_lines=True))
        for title, text, line in sections
    )


def _sections(reader: Reader, front: FrontMatter) -> list[tuple[str, str, int]]:
    """Return title, text and first line of each level-two section."""
    sections: list[tuple[str, list[str], int]] = []
    for number, line in enumerate(front.text.split("\n"), start=front.line):
        heading = SECTION.match(line)
        if heading:
            sections.append((heading[1], [], number + 1))
        elif sections:
            sections[-1][1].append(line)
        elif line.strip():
            reader.problem("L001", number, "text before the first section", "put it under a `## Title`")
    return [(title, "\n".join(lines), line) for title, lines, line in sections]
