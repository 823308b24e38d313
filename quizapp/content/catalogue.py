"""What is published: every item as JSON with its hash, and every problem that stands in the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.content.banks import read_banks
from quizapp.content.folders import read_folder
from quizapp.content.lessons import read_lessons
from quizapp.content.library import Library, Source
from quizapp.content.lint.check import lint
from quizapp.content.lint.waiving import Waived, settle
from quizapp.content.packs import read_pack
from quizapp.content.problems import Problem, in_order
from quizapp.content.quizzes import read_quizzes
from quizapp.content.roots import Root
from quizapp.content.vignettes import read_vignettes

LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to publish. ``body`` holds safe HTML; addresses of pictures in it carry their hashes.

    ``kind`` is question, lesson, quiz, course, page, words, folder, skills or misconceptions.
    """

    key: str
    kind: str
    body: Mapping[str, Any]
    hash: str
    file: str
    line: int
    language: str = LANGUAGE
    schema_version: int = 1


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture, by the hash of its bytes."""

    sha256: str
    media_type: str
    bytes: bytes


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that the packs hold. ``drafts`` can be looked at and are never published."""

    items: tuple[Item, ...]
    assets: tuple[Asset, ...]
    problems: tuple[Problem, ...]
    drafts: tuple[Item, ...]
    library: Library
    waived: tuple[Waived, ...] = ()

    @property
    def is_publishable(self) -> bool:
        """No error stands in the way."""
        return not any(problem.is_error for problem in self.problems)

    def of_kind(self, kind: str) -> tuple[Item, ...]:
        """Return the items of a kind, in order."""
        return tuple(item for item in self.items if item.kind == kind)

    def item(self, kind: str, key: str) -> Item:
        """Return an item or draft by its key, with or without the pack's name.

        Raises:
            KeyError: there is none.
        """
        for item in (*self.items, *self.drafts):
            if item.kind == kind and key in (item.key, item.key.partition(":")[2]):
                return item
        raise KeyError(key)


def load_catalogue(roots: Sequence[Root]) -> Catalogue:
    """Read, render and check the packs, in order; later ones may refer to what earlier ones hold."""
    library = read_library(roots)
    standing, waived = settle(library, [*library.problems, *lint(library)])
    drafts = {question.key for question in library.questions.values() if question.record.status == "draft"}
    items = tuple(_items(library))
    assets = tuple(Asset(digest, kind, content) for digest, (kind, content) in sorted(library.assets.items()))
    return Catalogue(
        items=tuple(item for item in items if item.kind != "question" or item.key not in drafts),
        assets=assets,
        problems=in_order(standing),
        drafts=tuple(item for item in items if item.kind == "question" and item.key in drafts),
        library=library,
        waived=tuple(waived),
    )


def read_library(roots: Sequence[Root]) -> Library:
    """Return what the files of the packs say."""
    library = Library()
    for root in roots:
        pack = read_pack(library, root)
        if pack is not None:
            read_vignettes(library, pack, root)
            read_banks(library, pack, root)
            read_lessons(library, pack, root)
            read_quizzes(library, pack, root)
            read_folder(library, pack, root)
    return library


def body_hash(body: Mapping[str, Any]) -> str:
    """Return the sha256 of the canonical JSON."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _item(key: str, kind: str, body: Mapping[str, Any], source: Source, schema_version: int = 1) -> Item:
    # Through JSON and back: what is published is what the database will give.
    plain = json.loads(json.dumps(body))
    return Item(key, kind, plain, body_hash(plain), source.file, source.line(), schema_version=schema_version)


def _items(library: Library) -> Iterator[Item]:
    yield from _pack_items(library)
    for question in library.questions.values():
        version = question.type.schema_version
        yield _item(question.key, "question", question.body, question.source, version)
    for lesson in library.lessons.values():
        yield _item(lesson.key, "lesson", lesson.lesson.to_body(), lesson.source)
    for quiz in library.quizzes.values():
        yield _item(quiz.key, "quiz", quiz.body, quiz.source)


def _pack_items(library: Library) -> Iterator[Item]:
    for pack in library.packs:
        yield _item(f"{pack.name}:course", "course", pack.course, pack.course_source)
        if pack.page is not None and pack.page_source is not None:
            yield _item(f"{pack.name}:page", "page", pack.page.to_body(), pack.page_source)
        if pack.words is not None and pack.words_source is not None:
            yield _item(f"{pack.name}:words", "words", pack.words, pack.words_source)
        if pack.folder is not None and pack.folder_source is not None:
            yield _item(pack.folder.key, "folder", pack.folder.to_body(), pack.folder_source)
        if pack.skills_source is not None:
            skills = [skill.model_dump(mode="json") for skill in pack.skills]
            yield _item(f"{pack.name}:skills", "skills", {"skills": skills}, pack.skills_source)
        if pack.misconceptions_source is not None:
            listed = [misconception.model_dump(mode="json") for misconception in pack.misconceptions]
            body = {"misconceptions": listed}
            yield _item(f"{pack.name}:misconceptions", "misconceptions", body, pack.misconceptions_source)
