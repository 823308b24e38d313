"""Reading question banks: every question of ``questions/banks`` and ``questions/checkpoints``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from quizapp.content.assets import images_beside
from quizapp.content.library import Library, Pack, QuestionSource, Source
from quizapp.content.prose import rendered
from quizapp.content.reading import Reader
from quizapp.content.records import REQUIRED_AT_LIVE, REQUIRED_AT_REVIEW, QuestionRecord
from quizapp.content.roots import Root
from quizapp.content.writing import Writer
from quizapp.core.questions import Move
from quizapp.question_types.registry import AnyType, question_types

RULE_OF_MOVE: Mapping[Move, str] = {
    Move.PICK_ONE: "L002",
    Move.DECIDE_EACH: "L003",
    Move.FIND_THEM: "L006",
    Move.PUT_IN_ORDER: "L005",
    Move.WRITE: "L001",
}
"""The rule that a type's own refusal is told under."""
RULE_OF_TYPE: Mapping[str, str] = {"editors_desk": "L007"}
"""Types with a rule of their own."""

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
TEACHER_FIELDS = frozenset({"rationale", "source_notes"})


def read_banks(library: Library, pack: Pack, root: Root) -> None:
    """Read every bank of the pack. One bad question does not hide the others."""
    paths = sorted((root.questions / "banks").glob("*.yaml"))
    for path in paths:
        reader = Reader(path, root.told(path), pack.name, library.problems)
        document = reader.yaml()
        if document is not None:
            reader.only_keys(document, "questions")
            for record, place in reader.records(QuestionRecord, document, "questions"):
                read_question(library, reader, Source(reader.file, document, place), record)


@dataclass(frozen=True, slots=True)
class _Written:
    """A question of a known type, on its way to the shelf."""

    reader: Reader
    source: Source
    key: str
    record: QuestionRecord
    type: AnyType

    def problem(self, field: str, message: str, remedy: str) -> None:
        """Note a slip at a key of the question."""
        line = self.source.line(field)
        self.reader.problem("L001", line, message, remedy, item=self.key, field=field)


def read_question(library: Library, reader: Reader, source: Source, record: QuestionRecord) -> None:
    """Put a question on the shelf, or note why not."""
    key = reader.key(record.id)
    if key in library.questions:
        first = library.questions[key].source
        remedy = f"it is the id of {first.file}:{first.line('id')} too: choose another"
        reader.problem("L001", source.line("id"), "the id stands twice", remedy, item=key)
        return
    kind = question_types().get(record.type)
    if kind is None:
        allowed = ", ".join(question_types())
        line = source.line("type")
        reader.problem(
            "L001", line, f"no type {record.type!r}", "name one", item=key, field="type", limit=allowed
        )
        return
    written = _Written(reader, source, key, record, kind)
    _check_status(written)
    settings = _settings(written)
    if settings is not None:
        body = _body(library, written, settings)
        library.questions[key] = QuestionSource(key, source, record, kind, settings, body)
        _check_variants(written, body)


def _settings(written: _Written) -> BaseModel | None:
    kind, path = written.type, (*written.source.path, "settings")
    try:
        settings: BaseModel = kind.parse(written.record.settings)
    except ValidationError as error:
        rule, document = RULE_OF_TYPE.get(kind.name, RULE_OF_MOVE[kind.move]), written.source.document
        written.reader.refuse(error, kind.settings_model, document, path, item=written.key, rule=rule)
        return None
    return settings


def _check_status(written: _Written) -> None:
    """Note the fields that the question's status asks for and that were not written."""
    status = written.record.status
    wanted: tuple[str, ...] = () if status == "draft" else REQUIRED_AT_REVIEW
    if status == "live":
        wanted += REQUIRED_AT_LIVE
    for name in wanted:
        if name not in written.record.model_fields_set:
            written.problem(name, f"`{name}` is missing", f"add `{name}:`, or set `status: draft`")


def _body(library: Library, written: _Written, settings: BaseModel) -> dict[str, Any]:
    record, reader, source = written.record, written.reader, written.source
    vignette = library.vignettes.get(reader.key(record.vignette)) if record.vignette else None
    if record.vignette and vignette is None:
        remedy = f"write questions/vignettes/{record.vignette}.yaml"
        written.problem("vignette", f"no vignette {record.vignette!r}", remedy)
    references = replace(
        library.references,
        vignette_lines=len(vignette.lines) if vignette else None,
        image=images_beside(library, reader.path.parent),
    )
    write = Writer(library, reader, references, written.key, source.document, source.path, TEACHER_FIELDS)
    body = rendered(record, write, source.path)
    body["settings"] = rendered(settings, write, (*source.path, "settings"))
    body["key"] = written.key
    body["slot"] = reader.key(record.slot) if record.slot else None
    body["family"] = reader.key(record.family) if record.family else None
    body["vignette"] = dict(vignette.body) if vignette else None
    body["rationale"] = body["rationale"] or ""
    body["schema_version"] = written.type.schema_version
    del body["id"], body["waivers"]
    return body


def _check_variants(written: _Written, body: Mapping[str, Any]) -> None:
    """Note placeholders without a value and variants that differ in what they fill."""
    variants = written.record.variants
    if not variants:
        return
    ids = [variant.id for variant in variants]
    if len(set(ids)) != len(ids):
        written.problem("variants", "two variants share an id", "give each its own")
    used = set(placeholders(body))
    for variant in variants:
        for name in sorted(used ^ set(variant.values)):
            message = f"no value for {{{name}}}" if name in used else f"no text uses {{{name}}}"
            remedy = "give each variant a value for each {name} in the texts, and no other"
            written.problem("variants", f"variant {variant.id}: {message}", remedy)


def placeholders(value: object) -> list[str]:
    """Return the name of each ``{name}`` in the texts of a JSON value."""
    if isinstance(value, str):
        return PLACEHOLDER.findall(value)
    if isinstance(value, Mapping):
        return [name for inner in value.values() for name in placeholders(inner)]
    if isinstance(value, list):
        return [name for inner in value for name in placeholders(inner)]
    return []
