"""Reading what stands once in a pack: course, excerpts, page, word wall, skills, misconceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from quizapp.content.library import Library, Pack, Source
from quizapp.content.prose import rendered
from quizapp.content.reading import Reader
from quizapp.content.records import (
    CardRecord,
    ClaimRecord,
    CourseRecord,
    ExcerptRecord,
    MisconceptionRecord,
    NamesRecord,
    PageRecord,
    PlanRecord,
    SkillRecord,
    TopicRecord,
    WordRecord,
)
from quizapp.content.roots import Root
from quizapp.content.writing import Writer
from quizapp.core.lessons import Course
from quizapp.core.page import Card, Claim, Excerpt, Page

T = TypeVar("T")


def read_pack(library: Library, root: Root) -> Pack | None:
    """Read the files that a pack has once and put the pack on the shelf; None where it has no name."""
    pack = _course(library, root)
    if pack is None:
        return None
    library.packs.append(pack)

    def reader(file: str) -> Reader:
        folder, name = file.split("/", 1)
        path = (root.lessons if folder == "lessons" else root.questions) / name
        return Reader(path, root.told(path), pack.name, library.problems)

    steps = (
        ("lessons/excerpts.yaml", _excerpts),
        ("lessons/word-wall.yaml", _words),
        ("lessons/page.yaml", _page),
        ("questions/skills.yaml", _skills),
        ("questions/misconceptions.yaml", _misconceptions),
        ("questions/plan.yaml", _plan),
    )
    for file, read in steps:
        # A pack may lean on the page, words and taxonomy of those before it. What is missing and
        # needed is told where it is named.
        if reader(file).path.is_file():
            library.packs[-1] = read(library, library.packs[-1], reader(file))
    if reader("questions/names.yaml").path.is_file():
        _names(library, reader("questions/names.yaml"))
    if reader("questions/checkpoints/reserved.yaml").path.is_file():
        _reserved(library, reader("questions/checkpoints/reserved.yaml"))
    return library.packs[-1]


def _course(library: Library, root: Root) -> Pack | None:
    path = root.lessons / "course.yaml"
    reader = Reader(path, root.told(path), "", library.problems)
    document = reader.yaml()
    record = reader.record(CourseRecord, document) if document else None
    if document is None or record is None:
        return None
    key = f"{record.pack}:course"
    write = Writer(library, reader, library.references, key, document)
    body = rendered(record, write)
    lessons = tuple(f"{record.pack}:{lesson}" for lesson in record.lessons)
    start = f"{record.pack}:{record.start}" if record.start else None
    course = Course(key, record.title, body["note"], lessons, start)
    return Pack(record.pack, course.to_body(), Source(reader.file, document, ()))


def _unique(reader: Reader, source: Source, ids: Iterable[tuple[str, T, tuple[str | int, ...]]]) -> list[T]:
    """Return the things whose id was not there before; note the others."""
    kept: dict[str, T] = {}
    for name, thing, path in ids:
        if name in kept:
            line = source.document.line(path)
            reader.problem("L001", line, f"the id {name} stands twice", "give each its own id", item=name)
        kept.setdefault(name, thing)
    return list(kept.values())


def _excerpts(library: Library, pack: Pack, reader: Reader) -> Pack:
    del library
    document = reader.yaml()
    if document is None:
        return pack
    reader.only_keys(document, "excerpts")
    source = Source(reader.file, document, ())
    found = (
        (r.id, (Excerpt(r.id, r.card, r.text), Source(reader.file, document, path)), path)
        for r, path in reader.records(ExcerptRecord, document, "excerpts")
    )
    return replace(pack, excerpts=tuple(_unique(reader, source, found)))


def _words(library: Library, pack: Pack, reader: Reader) -> Pack:
    document = reader.yaml()
    if document is None:
        return pack
    reader.only_keys(document, "words")
    source = Source(reader.file, document, ())
    records = list(reader.records(WordRecord, document, "words"))
    ids = frozenset(record.id for record, _ in records)
    references = replace(library.references, words=library.references.words | ids)
    write = Writer(library, reader, references, f"{pack.name}:words", document)
    found = ((record.id, rendered(record, write, path), path) for record, path in records)
    return replace(pack, words={"words": _unique(reader, source, found)}, words_source=source)


def _page(library: Library, pack: Pack, reader: Reader) -> Pack:
    document = reader.yaml()
    if document is None:
        return pack
    source = Source(reader.file, document, ())
    key = f"{pack.name}:page"
    top = {name: document.value[name] for name in document.value if name not in ("cards", "claims")}
    head = reader.record(PageRecord, replace(document, value=top), item=key)
    cards = list(reader.records(CardRecord, document, "cards"))
    references = replace(library.references, cards=frozenset(card.id for card, _ in cards))
    write = Writer(library, reader, references, key, document)
    excerpts = {excerpt.id: excerpt for excerpt, _ in pack.excerpts}
    claims = list(reader.records(ClaimRecord, document, "claims"))
    if head is None:
        return pack
    page = Page(
        title=head.title,
        preface=tuple(rendered(head, write)["preface"]),
        cards=tuple(
            _unique(
                reader,
                source,
                ((r.id, _card(r, rendered(r, write, path), excerpts), path) for r, path in cards),
            )
        ),
        claims=tuple(
            _unique(reader, source, ((r.id, _claim(r, rendered(r, write, path)), path) for r, path in claims))
        ),
    )
    _check_page(reader, source, page, [(r, path) for r, path in cards], set(excerpts))
    return replace(pack, page=page, page_source=source, claims=tuple(record for record, _ in claims))


def _card(record: CardRecord, body: dict[str, str], excerpts: dict[str, Excerpt]) -> Card:
    return Card(
        id=record.id,
        heading=record.heading,
        retelling=body["retelling"],
        speaker=body["speaker"],
        excerpts=tuple(excerpts[name] for name in record.excerpts if name in excerpts),
        correction=body["correction"],
        sensitivity=record.sensitivity,
    )


def _claim(record: ClaimRecord, body: dict[str, str]) -> Claim:
    return Claim(
        id=record.id,
        cards=record.cards,
        text=body["text"],
        voice=record.voice,
        page_alone=record.page_alone,
        after_tracing=record.after_tracing,
        why=body["why"],
    )


def _check_page(
    reader: Reader,
    source: Source,
    page: Page,
    cards: list[tuple[CardRecord, tuple[str | int, ...]]],
    excerpt_ids: set[str],
) -> None:
    """Note references to excerpts and cards that do not exist."""
    for record, path in cards:
        for name in record.excerpts:
            if name not in excerpt_ids:
                line = source.document.line((*path, "excerpts"))
                reader.problem("L304", line, f"no excerpt {name}", "add it to excerpts.yaml", item=record.id)
    card_ids = {card.id for card in page.cards}
    for claim in page.claims:
        for card in set(claim.cards) - card_ids:
            remedy = "name a card of this file"
            reader.problem("L001", source.line("claims"), f"no card {card}", remedy, item=claim.id)


def _skills(library: Library, pack: Pack, reader: Reader) -> Pack:
    document = reader.yaml()
    if document is None:
        return pack
    reader.only_keys(document, "skills")
    source = Source(reader.file, document, ())
    write = Writer(library, reader, library.references, f"{pack.name}:skills", document)
    records = list(reader.records(SkillRecord, document, "skills"))
    for record, path in records:
        rendered(record, write, path)
    skills = _unique(reader, source, ((record.id, record, path) for record, path in records))
    ids = {skill.id for skill in skills} | library.skill_ids
    for record, path in records:
        for needed in set(record.needs) - ids:
            line = document.line((*path, "needs"))
            reader.problem("L001", line, f"no skill {needed}", "name a skill of this file", item=record.id)
    return replace(pack, skills=tuple(skills), skills_source=source)


def _misconceptions(library: Library, pack: Pack, reader: Reader) -> Pack:
    document = reader.yaml()
    if document is None:
        return pack
    reader.only_keys(document, "misconceptions")
    source = Source(reader.file, document, ())
    ids = library.skill_ids | {skill.id for skill in pack.skills}
    records = list(reader.records(MisconceptionRecord, document, "misconceptions"))
    for record, path in records:
        if record.skill not in ids:
            line = document.line((*path, "skill"))
            reader.problem("L001", line, f"no skill {record.skill}", "name a skill", item=record.id)
    found = _unique(reader, source, ((record.id, record, path) for record, path in records))
    return replace(pack, misconceptions=tuple(found), misconceptions_source=source)


def _plan(library: Library, pack: Pack, reader: Reader) -> Pack:
    document = reader.yaml()
    record = reader.record(PlanRecord, document) if document else None
    if document is None or record is None:
        return pack
    for name in set(record.skills) - library.skill_ids:
        line = document.line(("skills",))
        reader.problem("L001", line, f"no skill {name}", "name a skill of skills.yaml", item=name)
    return replace(pack, plan=record, plan_source=Source(reader.file, document, ()))


def _names(library: Library, reader: Reader) -> None:
    document = reader.yaml()
    if document is not None:
        reader.only_keys(document, "names")
        record = reader.record(NamesRecord, document, ("names",)) if "names" in document.value else None
        if record is not None:
            library.names = NamesRecord(
                used=(*library.names.used, *record.used),
                reserved=(*library.names.reserved, *record.reserved),
                refused=(*library.names.refused, *record.refused),
            )


def _reserved(library: Library, reader: Reader) -> None:
    document = reader.yaml()
    if document is not None:
        reader.only_keys(document, "topics")
        topics = reader.records(TopicRecord, document, "topics")
        library.reserved += tuple(phrase for topic, _ in topics for phrase in topic.phrases)
