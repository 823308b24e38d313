"""A backup file is read whole and as it was written, or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.backups import Column, Kind, TableShape, UnusableBackup
from quizapp.exchange.backups import sealed as sealing
from quizapp.exchange.backups.archive import Digest, reading_archive, writing_archive
from quizapp.exchange.backups.lines import from_line, to_line
from quizapp.exchange.backups.manifest import MANIFEST, Manifest
from quizapp.exchange.backups.sealed import (
    HEAD_BYTES,
    PIECE_BYTES,
    TAG_BYTES,
    SealedReader,
    SealedWriter,
)

PASSPHRASE = "correct horse battery staple"
MADE_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SHAPE = TableShape(
    "people",
    (Column("id", Kind.INTEGER), Column("name", Kind.TEXT), Column("picture", Kind.BYTES)),
    ("id",),
)
ROWS = [[number, f"ليلى {number}", bytes([number % 256]) * 300] for number in range(900)]
EVERY_KIND = tuple(Column(kind.value, kind) for kind in Kind)


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys fast: what they cost is no part of what is tested here."""
    monkeypatch.setattr(sealing, "SCRYPT_N", 2)


def silent(_table: str, _rows: int) -> None:
    """Say nothing."""


def written(passphrase: str = "", **changes: object) -> bytes:
    file = io.BytesIO()
    with writing_archive(file, passphrase, silent) as archive:
        archive.add_table(SHAPE, ROWS)
        manifest = {
            "version": "0.1.0", "revision": "0001", "engine": "sqlite", "made_at": MADE_AT,
            "tables": tuple(archive.tables), **changes,
        }  # fmt: skip
        archive.finish(Manifest.model_construct(**manifest))
    return file.getvalue()


def rows_in(text: bytes, passphrase: str = "") -> list[list[object]]:
    with reading_archive(io.BytesIO(text), passphrase, silent) as archive:
        (table,) = archive.manifest.tables
        return list(archive.rows(table))


def sealed(plain: bytes) -> bytes:
    file = io.BytesIO()
    with SealedWriter(file, PASSPHRASE) as writer:
        writer.write(plain)
    return file.getvalue()


def opened(text: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(text), passphrase)).read()


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_what_was_written_is_read(passphrase):
    assert rows_in(written(passphrase), passphrase) == ROWS


def test_a_plain_backup_is_a_zip_that_any_tool_opens():
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        lines = archive.read("tables/people.jsonl").splitlines()
        manifest = json.loads(archive.read(MANIFEST))

    assert json.loads(lines[7])[:2] == [7, "ليلى 7"]
    assert manifest["tables"][0]["rows"] == 900


def test_a_sealed_backup_shows_nothing():
    text = written(PASSPHRASE)

    assert b"people" not in text
    assert b"PK" not in text[:200]


@pytest.mark.parametrize(
    "size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 200_000]
)
def test_a_sealed_file_of_any_length_opens(size):
    plain = bytes(number % 251 for number in range(size))

    assert opened(sealed(plain)) == plain


def test_a_sealed_file_is_read_from_any_place():
    plain = bytes(number % 251 for number in range(150_000))
    reader = io.BufferedReader(SealedReader(io.BytesIO(sealed(plain)), PASSPHRASE))

    for place in (149_000, 0, PIECE_BYTES - 5, 70_000):
        reader.seek(place)
        assert reader.read(20) == plain[place : place + 20]


def test_the_wrong_passphrase_is_told_from_damage():
    with pytest.raises(UnusableBackup, match="not the one that this backup was made with"):
        rows_in(written(PASSPHRASE), "another passphrase")
    with pytest.raises(UnusableBackup, match="give its passphrase"):
        rows_in(written(PASSPHRASE))


@pytest.mark.parametrize("place", [HEAD_BYTES, HEAD_BYTES + 70_000, -1, 60, len(sealing.MAGIC) + 3])
def test_a_flipped_byte_of_a_sealed_file_is_found(place):
    text = bytearray(sealed(bytes(150_000)))
    text[place] ^= 1

    with pytest.raises(UnusableBackup):
        opened(bytes(text))


PIECE = PIECE_BYTES + TAG_BYTES
DEEDS: dict[str, Callable[[bytes], bytes]] = {
    "cut off in a piece": lambda text: text[:-10],
    "cut off between pieces": lambda text: text[: HEAD_BYTES + 2 * PIECE],
    "cut off in the head": lambda text: text[: HEAD_BYTES - 3],
    "nothing but the head": lambda text: text[:HEAD_BYTES],
    "pieces exchanged": lambda text: (
        text[:HEAD_BYTES]
        + text[HEAD_BYTES + PIECE : HEAD_BYTES + 2 * PIECE]
        + text[HEAD_BYTES : HEAD_BYTES + PIECE]
        + text[HEAD_BYTES + 2 * PIECE :]
    ),
    "a piece left out": lambda text: text[: HEAD_BYTES + PIECE] + text[HEAD_BYTES + 2 * PIECE :],
    "something added": lambda text: text + b"more",
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_sealed_file_can_not_be_cut_or_rearranged(deed):
    text = sealed(bytes(number % 251 for number in range(150_000)))

    with pytest.raises(UnusableBackup):
        opened(deed(text))


def test_a_flipped_byte_of_a_plain_backup_is_found_or_changes_nothing():
    text = written()

    for place in range(0, len(text), 97):
        broken = bytearray(text)
        broken[place] ^= 0x10
        try:
            read = rows_in(bytes(broken))
        except UnusableBackup:
            continue
        assert read == ROWS, place


@pytest.mark.parametrize("kept", [0, 10, 500, -1, -300])
def test_a_plain_backup_that_was_cut_off_is_found(kept):
    with pytest.raises(UnusableBackup):
        rows_in(written()[:kept])


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"product": "another"},
        {"revision": "head"},
        {"tables": ()},
        {"surprise": 1},
    ],
)
def test_what_its_manifest_does_not_say_rightly_is_refused(changes):
    with pytest.raises(UnusableBackup):
        rows_in(rezipped(lambda manifest: {**manifest, **changes}))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("rows", 899),
        ("bytes", 10),
        ("bytes", 10**15),
        ("sha256", "0" * 64),
        ("name", "../people"),
        ("name", "others"),
    ],
)
def test_a_table_that_is_not_what_the_manifest_says_is_refused(place, value):
    def change(manifest):
        manifest["tables"][0][place] = value
        return manifest

    with pytest.raises(UnusableBackup):
        rows_in(rezipped(change))


def test_a_row_that_is_none_of_its_table_is_refused():
    def change(manifest):
        manifest["tables"][0]["columns"][1]["kind"] = "integer"
        return manifest

    with pytest.raises(UnusableBackup):
        rows_in(rezipped(change))


def test_a_file_that_nobody_named_is_refused():
    with pytest.raises(UnusableBackup):
        rows_in(rezipped(lambda manifest: manifest, extra="tables/more.jsonl"))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED])
def test_another_packing_than_ours_is_refused(packing):
    with pytest.raises(UnusableBackup):
        rows_in(rezipped(lambda manifest: manifest, packing=packing))


def test_a_bomb_is_refused_before_it_is_unpacked():
    line = b'[1,"' + b" " * 30_000_000 + b'","AA=="]\n'
    digest = Digest()
    digest.add(line)

    def change(manifest):
        manifest["tables"][0] |= {"rows": 1, "bytes": digest.bytes, "sha256": digest.sha256}
        return manifest

    with pytest.raises(UnusableBackup, match="unpack to far more"):
        rows_in(rezipped(change, people=line))


def rezipped(
    change: Callable[..., object],
    *,
    extra: str = "",
    packing: int = zipfile.ZIP_DEFLATED,
    people: bytes = b"",
) -> bytes:
    """Return a backup whose manifest was changed by hand."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written())) as old, zipfile.ZipFile(file, "w", packing) as new:
        new.writestr("tables/people.jsonl", people or old.read("tables/people.jsonl"))
        new.writestr(MANIFEST, json.dumps(change(json.loads(old.read(MANIFEST)))))
        if extra:
            new.writestr(extra, "[]")
    return file.getvalue()


whole_numbers = st.integers(-(2**63), 2**63 - 1)
json_values = st.recursive(
    st.none() | st.booleans() | whole_numbers | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


rows = st.tuples(
    whole_numbers,
    st.text() | st.sampled_from(["\ud800", "half \udfff a pair"]),
    st.booleans(),
    st.datetimes(timezones=st.just(UTC)),
    st.binary(),
    json_values,
)


@given(rows)
def test_a_row_comes_back_from_its_line(row):
    line = to_line(EVERY_KIND, row)

    assert tuple(from_line(EVERY_KIND, line)) == row
    assert line.count(b"\n") == 1


def test_a_row_without_values_comes_back():
    nothing = [None] * len(EVERY_KIND)

    assert from_line(EVERY_KIND, to_line(EVERY_KIND, nothing)) == nothing


def test_numbers_that_the_engines_give_back_differently_make_the_same_line():
    column = (Column("value", Kind.JSON),)

    assert to_line(column, [1e22]) == to_line(column, [10**22])
    assert to_line(column, [-0.0]) == to_line(column, [0.0])
    assert to_line(column, [{"b": 1, "a": 2}]) == to_line(column, [{"a": 2, "b": 1}])
    assert to_line(column, [1.0]) != to_line(column, [1])


@pytest.mark.parametrize("values", ["[1]", "{}", "[true,null,null]", '[1,2,"AA=="]', '[1,"x","%"]', "[1,"])
def test_a_line_of_another_table_is_refused(values):
    with pytest.raises(ValueError, match=r".*"):
        from_line(SHAPE.columns, values.encode())
