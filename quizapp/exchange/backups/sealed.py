"""A file that only a passphrase opens, written and read in pieces.

Head: magic, salt, prefix of the nonces, a word to know the passphrase by. Then pieces of 64 KiB under AES-256-GCM,
each with its number and whether it is the last in its nonce, so that pieces can't be changed, moved or cut off
unnoticed (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The key comes from scrypt with
costs that the magic stands for: a file can't ask for cheap or absurd ones.
"""

from __future__ import annotations

import hmac
import io
import os
import secrets
from dataclasses import dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from quizapp.core.backups import UnusableBackup

MAGIC = b"quizapp sealed 1\n"
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
"""128 MB and about half a second a try."""

SALT_BYTES = 16
PREFIX_BYTES = 7
CHECK_BYTES = 16
HEAD_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES + CHECK_BYTES
PIECE_BYTES = 64 * 1024
TAG_BYTES = 16
MOST_PIECES = 2**32

DAMAGED = "this is no whole backup: it was damaged or cut off, or is something else; take another copy"


@dataclass(frozen=True, slots=True)
class _Seal:
    """The key of one file, and how each of its pieces is sealed."""

    cipher: AESGCM
    head: bytes

    def nonce(self, number: int, *, is_last: bool) -> bytes:
        start = len(MAGIC) + SALT_BYTES
        return self.head[start : start + PREFIX_BYTES] + number.to_bytes(4, "big") + bytes([is_last])


def is_sealed(file: IO[bytes]) -> bool:
    """Say whether the file begins as a sealed one; it stands at its beginning afterwards."""
    file.seek(0)
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


class SealedWriter(io.RawIOBase):
    """Seals what is written to it into ``file``; closing writes the last piece and leaves ``file`` open."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        super().__init__()
        salt = os.urandom(SALT_BYTES)
        key, check = _derive(passphrase, salt)
        self._file = file
        self._seal = _Seal(AESGCM(key), MAGIC + salt + secrets.token_bytes(PREFIX_BYTES) + check)
        self._waiting = bytearray()
        self._number = 0
        file.write(self._seal.head)

    def writable(self) -> bool:
        """It can be written to, and nothing else."""
        return True

    def write(self, text: object, /) -> int:
        """Take bytes in; whole pieces go out."""
        taken = bytes(memoryview(text))  # type: ignore[arg-type]  # any buffer, as the class above has it
        self._waiting += taken
        # The last piece is sealed as the last, so one piece at least waits for the end.
        while len(self._waiting) > PIECE_BYTES:
            self._put(bytes(self._waiting[:PIECE_BYTES]), is_last=False)
            del self._waiting[:PIECE_BYTES]
        return len(taken)

    def close(self) -> None:
        """Write the last piece."""
        if not self.closed:
            self._put(bytes(self._waiting), is_last=True)
            self._waiting.clear()
        super().close()

    def abandon(self) -> None:
        """Close without an end: what was written so far is no whole file."""
        super().close()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        if self._number >= MOST_PIECES:
            raise UnusableBackup("a sealed backup holds 256 TiB at most")
        nonce = self._seal.nonce(self._number, is_last=is_last)
        self._file.write(self._seal.cipher.encrypt(nonce, piece, self._seal.head))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads a sealed file from any place in it, a piece at a time.

    Raises:
        UnusableBackup: on opening, the passphrase is wrong or the file is too short; on reading, it is damaged.
    """

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        super().__init__()
        self._file = file
        file.seek(0)
        head = file.read(HEAD_BYTES)
        rest = file.seek(0, io.SEEK_END) - HEAD_BYTES
        if len(head) < HEAD_BYTES or rest < TAG_BYTES:
            raise UnusableBackup(DAMAGED)
        key, check = _derive(passphrase, head[len(MAGIC) : len(MAGIC) + SALT_BYTES])
        if not hmac.compare_digest(check, head[-CHECK_BYTES:]):
            raise UnusableBackup("the passphrase is not the one that this backup was made with")
        self._seal = _Seal(AESGCM(key), head)
        self._pieces = -(-rest // (PIECE_BYTES + TAG_BYTES))
        self._size = rest - self._pieces * TAG_BYTES
        self._position = 0
        self._at_hand: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from anywhere."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place of the plain text."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("before the beginning")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: object, /) -> int:
        """Read what the piece at this place still has."""
        number, offset = divmod(self._position, PIECE_BYTES)
        if self._position >= self._size:
            return 0
        view = memoryview(buffer)  # type: ignore[arg-type]  # any buffer, as the class above has it
        part = self._piece(number)[offset : offset + len(view)]
        view[: len(part)] = part
        self._position += len(part)
        return len(part)

    def _piece(self, number: int) -> bytes:
        if self._at_hand[0] != number:
            self._file.seek(HEAD_BYTES + number * (PIECE_BYTES + TAG_BYTES))
            sealed = self._file.read(PIECE_BYTES + TAG_BYTES)
            nonce = self._seal.nonce(number, is_last=number == self._pieces - 1)
            try:
                self._at_hand = (number, self._seal.cipher.decrypt(nonce, sealed, self._seal.head))
            except InvalidTag:
                raise UnusableBackup(DAMAGED) from None
        return self._at_hand[1]


def _derive(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """Return the key, and what says whether a passphrase is the right one without telling the key."""
    kdf = Scrypt(salt=salt, length=32 + CHECK_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P)
    derived = kdf.derive(passphrase.encode())
    return derived[:32], derived[32:]
