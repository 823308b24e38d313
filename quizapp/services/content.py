"""Content in the database: synchronised from packs, read as immutable versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from quizapp.content.catalogue import Asset as AssetFile
from quizapp.content.catalogue import Item
from quizapp.content.questions import apply_variant, question_from_item, skills_from_item
from quizapp.core.errors import NotFound
from quizapp.core.folder import Folder
from quizapp.core.lessons import Course, Lesson
from quizapp.core.page import Page, WordWall
from quizapp.core.permissions import Actor
from quizapp.core.questions import Question, Use
from quizapp.core.quizzes import Quiz, first_variant
from quizapp.core.skills import Skill
from quizapp.services.audit import record
from quizapp.services.runtime import Work, use_case
from quizapp.storage.tables import Asset, ContentItem, ContentVersion

T = TypeVar("T")

LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many items a synchronisation made, changed, left and took out of use."""

    created: int
    changed: int
    unchanged: int
    retired: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored version, in the shape in which the content layer reads published items."""

    body: Mapping[str, Any]


@use_case
def sync_content(
    work: Work, actor: Actor, *, items: Sequence[Item], assets: Sequence[AssetFile] = ()
) -> SyncReport:
    """Store what the packs say today. Unchanged items cost nothing; a missing key is retired, never deleted."""
    for asset in assets:
        if work.session.get(Asset, asset.sha256) is None:
            work.session.add(
                Asset(
                    sha256=asset.sha256, media_type=asset.media_type, bytes=asset.bytes, created_at=work.now
                )
            )
    rows = {(row.kind, row.key, row.language): row for row in work.session.scalars(select(ContentItem))}
    current_hashes = dict(
        work.session.execute(
            select(ContentVersion.id, ContentVersion.hash).join(
                ContentItem, ContentItem.current_version_id == ContentVersion.id
            )
        ).all()
    )
    created = changed = unchanged = 0
    for item in items:
        row = rows.pop((item.kind, item.key, item.language), None)
        if row is None:
            row = _new_item(work, item)
            created += 1
        elif current_hashes.get(row.current_version_id or 0) == item.hash and row.retired_at is None:
            unchanged += 1
            continue
        else:
            changed += 1
        row.retired_at = None
        row.current_version_id = _version_of(work, row, item)
    leftover = [row for row in rows.values() if row.retired_at is None and row.school_id is None]
    for row in leftover:
        row.retired_at = work.now
    report = SyncReport(created, changed, unchanged, len(leftover))
    if created or changed or leftover:
        record(
            work, actor, "content.synchronised", subject_kind="content", subject_id=None,
            after={"created": created, "changed": changed, "retired": len(leftover)},
        )  # fmt: skip
    return report


def _new_item(work: Work, item: Item) -> ContentItem:
    row = ContentItem(kind=item.kind, key=item.key, language=item.language, school_id=None)
    work.session.add(row)
    work.session.flush()
    return row


def _version_of(work: Work, row: ContentItem, item: Item) -> int:
    known = work.session.scalar(
        select(ContentVersion.id).where(ContentVersion.item_id == row.id, ContentVersion.hash == item.hash)
    )
    if known is not None:
        return known
    version = ContentVersion(
        item_id=row.id,
        hash=item.hash,
        type=str(item.body.get("type", "")),
        skill=str(item.body.get("skill", "")),
        use=str(item.body.get("use", "")),
        schema_version=item.schema_version,
        body=dict(item.body),
        created_at=work.now,
    )
    work.session.add(version)
    work.session.flush()
    return version.id


# --- reading ---------------------------------------------------------------------------------------------------


def _current(kind: str, key: str) -> Any:
    return (
        select(ContentVersion.id)
        .join(ContentItem, ContentItem.current_version_id == ContentVersion.id)
        .where(ContentItem.kind == kind, ContentItem.key == key, ContentItem.language == LANGUAGE)
    )


def _body(work: Work, version_id: int) -> Mapping[str, Any]:
    body: Mapping[str, Any] = work.session.execute(
        select(ContentVersion.body).where(ContentVersion.id == version_id)
    ).scalar_one()
    return body


def _latest(work: Work, kind: str, key: str) -> tuple[int, Mapping[str, Any]]:
    """Return the current version of an item, its body from the shelf where it was read before.

    Raises:
        NotFound: there is no such item.
    """
    version_id = work.session.scalar(_current(kind, key))
    if version_id is None:
        raise NotFound
    return version_id, work.runtime.shelf.keep(("body", version_id), lambda: _body(work, version_id))


def lesson_by_key(work: Work, key: str) -> Lesson:
    """Return the current version of a lesson.

    Raises:
        NotFound: there is none of that key.
    """
    version_id, body = _latest(work, "lesson", key)
    return work.runtime.shelf.keep(("lesson", version_id), lambda: Lesson.from_body(body))


def quiz_by_key(work: Work, key: str) -> Quiz:
    """Return the current version of a quiz.

    Raises:
        NotFound: there is none of that key.
    """
    version_id, body = _latest(work, "quiz", key)
    return work.runtime.shelf.keep(("quiz", version_id), lambda: Quiz.from_body(body))


def _all_of_kind(work: Work, kind: str) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the current version of every live item of a kind, in two statements at most."""
    ids = work.session.scalars(
        select(ContentItem.current_version_id)
        .where(ContentItem.kind == kind, ContentItem.retired_at.is_(None), ContentItem.language == LANGUAGE)
        .order_by(ContentItem.key)
    ).all()
    bodies = bodies_by_version(work, [version_id for version_id in ids if version_id is not None])
    return list(bodies.items())


def bodies_by_version(work: Work, version_ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """Return the bodies of these versions; those that the process knows cost no statement."""
    shelf = work.runtime.shelf
    wanted = list(dict.fromkeys(version_ids))
    missing = [version_id for version_id in wanted if shelf.get(("body", version_id)) is None]
    if missing:
        rows = work.session.execute(
            select(ContentVersion.id, ContentVersion.body).where(ContentVersion.id.in_(missing))
        )
        for version_id, body in rows:
            shelf.put(("body", version_id), body)
    return {version_id: shelf.get(("body", version_id)) or _body(work, version_id) for version_id in wanted}


def lessons_in_order(work: Work) -> list[Lesson]:
    """Return every live lesson in the order of its number."""
    shelf = work.runtime.shelf
    lessons = [
        shelf.keep(("lesson", version_id), lambda body=body: Lesson.from_body(body))  # type: ignore[misc]  # mypy can't infer a lambda with a default
        for version_id, body in _all_of_kind(work, "lesson")
    ]
    return sorted(lessons, key=lambda lesson: lesson.number)


def quizzes_by_key(work: Work) -> dict[str, Quiz]:
    """Return every live quiz by its key."""
    return {body["key"]: Quiz.from_body(body) for _, body in _all_of_kind(work, "quiz")}


def the_page(work: Work) -> Page:
    """Return *The page, retold*.

    Raises:
        NotFound: no pack has one.
    """
    for version_id, body in _all_of_kind(work, "page"):
        return work.runtime.shelf.keep(("page", version_id), lambda body=body: Page.from_body(body))  # type: ignore[misc]  # as above
    raise NotFound


def word_wall(work: Work) -> WordWall:
    """Return the words of all packs."""
    walls = [WordWall.from_body(body) for _, body in _all_of_kind(work, "words")]
    return WordWall(tuple(word for wall in walls for word in wall.words))


def courses(work: Work) -> list[Course]:
    """Return the courses of all packs."""
    return [Course.from_body(body) for _, body in _all_of_kind(work, "course")]


def folders(work: Work) -> list[Folder]:
    """Return the folders of all packs."""
    return [Folder.from_body(body) for _, body in _all_of_kind(work, "folder")]


def skills(work: Work) -> list[Skill]:
    """Return the skills of all packs in the order of the taxonomy."""
    return [skill for _, body in _all_of_kind(work, "skills") for skill in skills_from_item(Stored(body))]


def questions_by_version(
    work: Work, wanted: Iterable[tuple[int, str | None]]
) -> dict[tuple[int, str | None], Question]:
    """Return questions by (version id, variant), the variant's values filled in; one statement at most."""
    shelf = work.runtime.shelf
    pairs = list(dict.fromkeys(wanted))
    missing = [pair for pair in pairs if shelf.get(("question", *pair)) is None]
    if missing:
        bodies = bodies_by_version(work, (version_id for version_id, _ in missing))
        for version_id, variant in missing:
            question = question_from_item(Stored(bodies[version_id]), version_id)
            shelf.put(
                ("question", version_id, variant), apply_variant(question, variant) if variant else question
            )
    return {pair: shelf.get(("question", *pair)) for pair in pairs}  # type: ignore[misc]  # put just above


def current_questions(work: Work, keys: Iterable[str]) -> dict[str, Question]:
    """Return the current versions of these questions by key, in their first variant, as staff read them."""
    rows = work.session.execute(
        select(ContentItem.key, ContentItem.current_version_id).where(
            ContentItem.kind == "question", ContentItem.key.in_(list(keys)), ContentItem.language == LANGUAGE
        )
    ).all()
    found = questions_by_version(work, ((version_id, None) for _, version_id in rows if version_id))
    return {question.key: question for question in in_first_variant(work, found.values())}


def in_first_variant(work: Work, questions: Iterable[Question]) -> list[Question]:
    """Return questions with the values of their first variant filled in; one statement at most."""
    wanted = [(question.version_id, first_variant(question)) for question in questions]
    return list(questions_by_version(work, wanted).values())


def quiz_pool(work: Work) -> list[Question]:
    """Return every live question that quizzes may draw."""
    return _in_use(work, Use.QUIZ)


def practice_pool(work: Work) -> list[Question]:
    """Return every live question that practice may ask."""
    return _in_use(work, Use.PRACTICE)


def _in_use(work: Work, use: Use) -> list[Question]:
    ids = work.session.scalars(
        select(ContentVersion.id)
        .join(ContentItem, ContentItem.current_version_id == ContentVersion.id)
        .where(
            ContentItem.kind == "question",
            ContentItem.retired_at.is_(None),
            ContentItem.language == LANGUAGE,
            ContentVersion.use == use.value,
        )
        .order_by(ContentVersion.id)
    ).all()
    return list(questions_by_version(work, ((version_id, None) for version_id in ids)).values())
