"""Reading made-up texts with numbered lines, one a file."""

from __future__ import annotations

from dataclasses import replace

from quizapp.content.library import Library, Pack, Source, VignetteSource
from quizapp.content.prose import rendered
from quizapp.content.reading import Reader
from quizapp.content.records import VignetteRecord
from quizapp.content.roots import Root
from quizapp.content.writing import Writer


def read_vignettes(library: Library, pack: Pack, root: Root) -> None:
    """Read every vignette of the pack."""
    for path in sorted((root.questions / "vignettes").glob("*.yaml")):
        _vignette(library, Reader(path, root.told(path), pack.name, library.problems))


def _vignette(library: Library, reader: Reader) -> None:
    document = reader.yaml()
    record = reader.record(VignetteRecord, document) if document else None
    if document is None or record is None:
        return
    source = Source(reader.file, document, ())
    if record.id != reader.path.stem:
        remedy = f"name the file {record.id}.yaml"
        reader.problem(
            "L001", source.line("id"), "the id is not the name of the file", remedy, item=record.id
        )
    key = reader.key(record.id)
    references = replace(library.references, vignette_lines=len(record.lines))
    body = rendered(record, Writer(library, reader, references, key, document, is_made_up=True))
    published = {"key": key, "title": record.title, "kind": record.kind, "lines": body["lines"]}
    library.vignettes[key] = VignetteSource(key, source, record.lines, published, record.waivers)
