"""Every run of seven words of the article, as truncated hashes, so that nobody copies it by accident.

Run ``python -m quizapp.content.lint.shingles FILE`` to make ``article.shingles`` anew from a text file.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from quizapp.content.lint.parts import words

RUN = 7
HEX_DIGITS = 8
"""Some 800 of four thousand million values: a wrong alarm in about fifty times the whole content."""
FILE = Path(__file__).with_name("article.shingles")


def shingles(run_of_words: Sequence[str]) -> Iterator[str]:
    """Yield the hash of each run of seven words, in order."""
    for start in range(len(run_of_words) - RUN + 1):
        text = " ".join(run_of_words[start : start + RUN])
        yield hashlib.blake2b(text.encode()).hexdigest()[:HEX_DIGITS]


@cache
def article_shingles() -> frozenset[str]:
    """Return the hashes of the article."""
    return frozenset(FILE.read_text(encoding="ascii").split())


def copied_runs(run_of_words: Sequence[str], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield first word and length of each run of words that stands in the article."""
    start: int | None = None
    hits = [shingle in known for shingle in shingles(run_of_words)]
    for place, hit in enumerate([*hits, False]):
        if hit and start is None:
            start = place
        if not hit and start is not None:
            yield start, place - start + RUN - 1
            start = None


def main(source: str) -> None:
    """Write the hashes of a text file, sorted, so that they don't tell its order."""
    text = Path(source).read_text(encoding="utf-8")
    FILE.write_text("\n".join(sorted(set(shingles(words(text))))) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1])
