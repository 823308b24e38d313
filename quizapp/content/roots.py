"""Where content lies: beside the package in a checkout, inside it in an installation, and in further packs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib import resources
from pathlib import Path

import quizapp


@dataclass(frozen=True, slots=True)
class Root:
    """A pack on disk. ``base`` is what file names are told relative to."""

    base: Path
    lessons: Path
    questions: Path

    def told(self, path: Path) -> str:
        """Return the file as an author knows it: ``lessons/page.yaml``."""
        for folder in (self.lessons, self.questions):
            if path.is_relative_to(folder):
                inside = Path(folder.name, path.relative_to(folder))
                return inside.as_posix() if self.base == folder.parent else (self.base / inside).as_posix()
        return path.as_posix()


def shipped(name: str) -> Path:
    """Return the folder ``lessons``, ``questions`` or ``static`` that came with this program.

    Raises:
        FileNotFoundError: neither the checkout nor the installation has it.
    """
    beside = Path(quizapp.__file__).resolve().parent.parent / name
    if beside.is_dir():
        return beside
    inside = resources.files("quizapp").joinpath("_shipped", name)
    if inside.is_dir():
        return Path(str(inside))
    raise FileNotFoundError(f"no folder {name!r} beside or inside the package")


def pack_root(folder: Path) -> Root:
    """Return the pack in a folder that holds ``lessons/`` and ``questions/``."""
    return Root(folder, folder / "lessons", folder / "questions")


def content_roots(packs: Sequence[Path] = ()) -> tuple[Root, ...]:
    """Return the pack that came with the program, then the further ones."""
    lessons, questions = shipped("lessons"), shipped("questions")
    return (Root(lessons.parent, lessons, questions), *map(pack_root, packs))


def content_digest(roots: Sequence[Root]) -> str:
    """Return a digest of every file of the packs: equal digests, equal content."""
    digest = blake2b(digest_size=16)
    for root in roots:
        for folder in (root.lessons, root.questions):
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                digest.update(f"{folder.name}/{file.relative_to(folder).as_posix()}\0".encode())
                digest.update(blake2b(file.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()
