"""The papers lead somewhere, and call buttons and pages by the names on the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
ON_SCREEN = ("tutorial/first-class.md", "for-schools/tomorrow-on-one-page.md")

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAME = re.compile(r"(?<![*\w])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![*\w])")


def text_of(paper: Path) -> str:
    """Return what a paper says, without its code."""
    return CODE.sub("", paper.read_text())


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_and_picture_is_there(paper: Path) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(text_of(paper))]

    missing = [one for one in targets if one and ":" not in one and not (paper.parent / one).exists()]

    assert missing == []


def test_the_index_names_every_paper() -> None:
    named = {(DOCS / link).resolve() for link in LINK.findall(text_of(DOCS / "README.md"))}
    papers = {paper for paper in PAPERS if paper.parent.parent == DOCS and paper.parent.name != "decisions"}

    assert papers - named == set()


@pytest.mark.parametrize("name", ON_SCREEN)
def test_names_stand_on_the_screen_as_they_are_called_here(name: str) -> None:
    called = {" ".join(one.split()) for one in NAME.findall(text_of(DOCS / name))}

    screen = on_screen()

    assert called
    assert {one for one in called if f'"{one}"' not in screen and f": {one}\n" not in screen} == set()


def on_screen() -> str:
    """Return the source of every page: templates, words of the code, and the lessons for their titles."""
    sources = [*ROOT.glob("quizapp/**/*.html"), *ROOT.glob("quizapp/**/*.py"), *ROOT.glob("lessons/**/*.md")]
    headings = re.compile(r"^## ", re.MULTILINE)
    return "\n".join(headings.sub("heading: ", source.read_text()) for source in sources)
