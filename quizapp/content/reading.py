"""Reading one file: its text, its YAML, its records, and what is wrong with them, by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from quizapp.content.problems import Problem, Severity
from quizapp.content.validation import slips_of
from quizapp.content.yaml_reader import Document, Path, YamlSlip, read_yaml

MOST_BYTES = 1_000_000

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""An id that an author gives: lower case, digits, hyphens."""


class Record(BaseModel):
    """Base of what stands in our files: unknown keys are the author's mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


RecordT = TypeVar("RecordT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reader:
    """One file of a pack while it is read. ``problems`` is shared by all readers of a catalogue."""

    path: FilePath
    file: str
    pack: str
    problems: list[Problem]

    def key(self, name: str) -> str:
        """Return the name as the database knows it: ``pack:name``; a name with a pack stays."""
        return name if ":" in name else f"{self.pack}:{name}"

    def problem(
        self,
        rule: str,
        line: int,
        message: str,
        remedy: str,
        *,
        item: str = "",
        field: str = "",
        value: str = "",
        limit: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a slip in this file."""
        self.problems.append(
            Problem(
                rule=rule,
                severity=severity,
                file=self.file,
                line=line,
                message=message,
                remedy=remedy,
                item=item,
                field=field,
                value=value,
                limit=limit,
            )
        )

    def text(self) -> str | None:
        """Return the text of the file, or None where there is none to be had."""
        if not self.path.is_file():
            self.problem(
                "L001", 1, "the file is missing", "write it; docs/reference/content-formats.md shows how"
            )
            return None
        content = self.path.read_bytes()
        if len(content) > MOST_BYTES:
            self.problem("L001", 1, "the file is too large", "split it", limit=f"{MOST_BYTES:,} bytes")
            return None
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.problem("L001", 1, "the file is not UTF-8", "save it as UTF-8")
            return None

    def yaml(self) -> Document | None:
        """Return the YAML in the file; None after a problem was noted."""
        text = self.text()
        return None if text is None else self.document(text)

    def document(self, text: str, first_line: int = 1) -> Document | None:
        """Return the YAML of a text that stands in this file; it must hold keys."""
        try:
            document = read_yaml(text, first_line)
        except YamlSlip as slip:
            self.problem("L001", slip.line, slip.message, slip.remedy)
            return None
        if not isinstance(document.value, dict):
            self.problem("L001", first_line, "no keys in this file", "see docs/reference/content-formats.md")
            return None
        return document

    def record(
        self, model: type[RecordT], document: Document, path: Path = (), item: str = "", rule: str = "L001"
    ) -> RecordT | None:
        """Return what stands at the path as a record; None after problems were noted."""
        try:
            return model.model_validate(value_at(document.value, path))
        except ValidationError as error:
            self.refuse(error, model, document, path, item=item, rule=rule)
            return None

    def refuse(
        self,
        error: ValidationError,
        model: type[BaseModel],
        document: Document,
        path: Path,
        *,
        item: str = "",
        rule: str = "L001",
    ) -> None:
        """Note every mistake that Pydantic found in what stands at the path."""
        for slip in slips_of(error, model, value_at(document.value, path), rule):
            self.problem(
                slip.rule,
                document.line((*path, *slip.path)),
                slip.message,
                slip.remedy,
                item=item,
                field=".".join(map(str, slip.path)),
                limit=slip.limit,
            )

    def records(self, model: type[RecordT], document: Document, name: str) -> Iterator[tuple[RecordT, Path]]:
        """Yield each good record of the list ``name`` with its path; note the problems of the others."""
        listed = document.value.get(name)
        if not isinstance(listed, list):
            self.problem(
                "L001", document.line((name,)), f"`{name}:` is not a list", f"write `{name}:` and a list"
            )
            return
        for index, entry in enumerate(listed):
            known = entry.get("id") if isinstance(entry, dict) else None
            record = self.record(model, document, (name, index), item=str(known or ""))
            if record is not None:
                yield record, (name, index)

    def only_keys(self, document: Document, *names: str) -> None:
        """Note every key at the top of the file that is none of these."""
        for name in document.value:
            if name not in names:
                remedy = "remove it or correct its spelling"
                self.problem(
                    "L001", document.line((name,)), f"unknown key `{name}`", remedy, limit=", ".join(names)
                )


def value_at(value: Any, path: Path) -> Any:
    """Return what stands at the path."""
    for step in path:
        value = value[step]
    return value
