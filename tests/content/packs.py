"""A pack that is valid by default, written to a folder of the test's own and read by the real loader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from quizapp.content.catalogue import Catalogue, load_catalogue
from quizapp.content.lessons import TEACHER_SECTIONS
from quizapp.content.lint.check import rules
from quizapp.content.problems import Problem
from quizapp.content.roots import pack_root
from quizapp.core.screens import ScreenKind

Json = dict[str, Any]

FEEDBACK = "It is tempting to stop at the first half, so read the second half of the line once more."


def feedback_on(name: str) -> str:
    """Return feedback that is like no other."""
    return f"It is tempting to stop at {name}, and {name} is near, but read the second half of the line once more."


WORDS = ["claim", "source", "route", "hedge", "narrator", "quotation", "verdict", "rewrite"]


def option(name: str, **changes: object) -> Json:
    """Return a wrong option."""
    return {
        "id": name,
        "text": f"Answer {name}",
        "feedback": feedback_on(name),
        "misconception": "M03",
    } | changes


def key_option(name: str, **changes: object) -> Json:
    """Return a right option."""
    return {"id": name, "text": f"Answer {name}", "feedback": feedback_on(name), "key": True} | changes


def line(name: str, key: str, **changes: object) -> Json:
    """Return a line to decide."""
    text = {"id": name, "text": f"The lamp {name} is lit.", "key": key, "evidence": "lamp:1"}
    told = feedback_on(name)
    return text | {"feedback": {"right": told, "wrong": told}} | changes


def element(name: str, rank: int) -> Json:
    """Return an element to put in order."""
    return {
        "id": name,
        "text": f"Step {name}",
        "rank": rank,
        "feedback": {"right": feedback_on(name), "wrong": feedback_on(name)},
    }


def a_question(key: str = "lamp-who", **changes: object) -> Json:
    """Return a question to pick one, valid by itself."""
    question: Json = {
        "id": key,
        "skill": "S2",
        "type": "single_choice",
        "status": "review",
        "use": "quiz",
        "difficulty": "easy",
        "cognitive": "analyse",
        "context": "far",
        "sensitivity": [],
        "claims": [],
        "corrects": None,
        "actor": None,
        "vignette": "lamp",
        "evidence": ["lamp:1"],
        "stem": "Who says that the lamp is lit?" if key == "lamp-who" else f"Who says it, by {key}?",
        "settings": {"options": [key_option("a"), option("b"), option("c")]},
    }
    return question | changes


def decide(key: str, lines: list[Json], choices: object = "verdicts", **changes: object) -> Json:
    """Return a question to decide each line."""
    return a_question(key, type="decide_lines", settings={"choices": choices, "lines": lines}, **changes)


def verdict_lines() -> list[Json]:
    """Return lines that use every verdict, about half of them backed up."""
    others = ["claimed", "unsourced", "contradicted", "view"]
    return [line(f"l{n}", key) for n, key in enumerate(["backed"] * 3 + others)]


def find(key: str, keys: int, wrong: int) -> Json:
    """Return a question to find so many right options."""
    options = [key_option(f"k{n}") for n in range(keys)] + [option(f"w{n}") for n in range(wrong)]
    return a_question(key, type="multiple_response", settings={"options": options})


def order(key: str, ranks: list[int]) -> Json:
    """Return a question to put elements in order."""
    elements = [element(f"e{n}", rank) for n, rank in enumerate(ranks)]
    direction = {"first": "weakest", "last": "strongest"}
    return a_question(key, type="order", settings={"direction": direction, "elements": elements})


def card(name: str, **changes: object) -> Json:
    """Return a card of the page."""
    return {
        "id": name,
        "heading": "Lamps",
        "retelling": "A lamp is retold.",
        "speaker": "The page.",
    } | changes


CORRECTION = "Fuller copies speak of adults."


@dataclass
class Pack:
    """The files of a pack. Change what a test is about, then `load`."""

    folder: Path
    course: Json = field(
        default_factory=lambda: {"pack": "test", "title": "Course", "note": "A note.", "lessons": ["lamps"]}
    )
    excerpts: list[Json] = field(
        default_factory=lambda: [{"id": "x-p7-seemingly", "card": "P7", "text": "seemingly lit lamps"}]
    )
    cards: list[Json] = field(
        default_factory=lambda: [card("P3", correction=CORRECTION), card("P7"), card("F")]
    )
    claims: list[Json] = field(
        default_factory=lambda: [
            {
                "id": "C20",
                "cards": ["P7"],
                "text": "Lamps were lit.",
                "voice": "NU",
                "page_alone": "backed",
                "after_tracing": None,
                "why": "It was seen.",
            }
        ]
    )
    words: list[Json] = field(
        default_factory=lambda: [
            {"id": word, "term": word, "meaning": f"What a {word} is."} for word in WORDS
        ]
    )
    vignettes: list[Json] = field(
        default_factory=lambda: [
            {
                "id": "lamp",
                "title": "Lamp lit",
                "kind": "local news",
                "lines": [
                    "The lamp is lit, the keeper says.",
                    "“We lit it at six on Monday,” the keeper adds.",
                ],
            }
        ]
    )
    questions: list[Json] = field(default_factory=lambda: [a_question()])
    quizzes: list[Json] = field(
        default_factory=lambda: [
            {
                "id": "quiz",
                "title": "Quiz",
                "lesson": "lamps",
                "minutes": 5,
                "blueprint": [{"count": 1, "skill": "S2", "marks": 1}],
            }
        ]
    )
    front: Json = field(
        default_factory=lambda: {
            "key": "lamps",
            "number": 1,
            "title": "Lamps",
            "skill": "S2",
            "summary": "About lamps.",
            "case_b": "a report about a street lamp",
            "objectives": ["See lamps."],
            "words": WORDS,
            "try_tonight": "Look at a lamp.",
            "provenance": "Made up.",
            "holds_up_claims": ["C20"],
        }
    )
    screens: dict[str, str] = field(
        default_factory=lambda: {kind.value: f"Text of {kind.value}." for kind in ScreenKind}
    )
    teacher: dict[str, str] = field(default_factory=lambda: dict.fromkeys(TEACHER_SECTIONS, "Text."))
    reserved: list[Json] = field(default_factory=lambda: [{"id": "comet", "phrases": ["comet", "ice comet"]}])
    names: Json = field(default_factory=lambda: {"names": {"used": [{"name": "Lampton", "where": "here"}]}})
    plan: Json | None = None
    raw: dict[str, str] = field(default_factory=dict)
    """Files written as they stand, after all others."""

    def write(self) -> None:
        """Write all files."""
        page = {"title": "The page, retold", "preface": ["Why."], "cards": self.cards, "claims": self.claims}
        skill = {"strand": "sourcing", "name": "n", "ability": "a", "definition": "d", "evidence": "e"}
        files: dict[str, object] = {
            "lessons/course.yaml": self.course,
            "lessons/excerpts.yaml": {"excerpts": self.excerpts},
            "lessons/page.yaml": page,
            "lessons/word-wall.yaml": {"words": self.words},
            "questions/skills.yaml": {
                "skills": [{"id": "S2"} | skill, {"id": "S3", "needs": ["S2"]} | skill]
            },
            "questions/misconceptions.yaml": {"misconceptions": [{"id": "M03", "skill": "S2", "text": "t"}]},
            "questions/names.yaml": self.names,
            "questions/checkpoints/reserved.yaml": {"topics": self.reserved},
            "questions/banks/bank.yaml": {"questions": self.questions},
        }
        if self.plan:
            files["questions/plan.yaml"] = self.plan
        files |= {f"questions/vignettes/{v['id']}.yaml": v for v in self.vignettes}
        files |= {f"questions/quizzes/{quiz['id']}.yaml": quiz for quiz in self.quizzes}
        texts = {
            name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            for name, content in files.items()
        }
        front = yaml.safe_dump(self.front, allow_unicode=True, sort_keys=False)
        screens = "\n".join(f"# {kind}: A title\n\n{text}\n" for kind, text in self.screens.items())
        sections = "\n".join(f"## {title}\n\n{text}\n" for title, text in self.teacher.items())
        texts["lessons/01-lamps/lesson.md"] = f"---\n{front}---\n{screens}"
        texts["lessons/01-lamps/teacher.md"] = f"---\nlesson: lamps\n---\n{sections}"
        for name, text in (texts | self.raw).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def load(self) -> Catalogue:
        """Write all files and read them."""
        self.write()
        return load_catalogue([pack_root(self.folder)])

    def problems(self, rule: str | None = None) -> list[Problem]:
        """Return what is wrong, or what one rule says."""
        return [problem for problem in self.load().problems if rule in (None, problem.rule)]


Change = Callable[[Pack], object]


@dataclass(frozen=True)
class Example:
    """A rule, a pack that breaks it, one that is close and does not, and words of the complaint."""

    rule: str
    fails: Change
    passes: Change
    says: str
    name: str = ""

    @property
    def id(self) -> str:
        """The name of the test."""
        return f"{self.rule} {self.name or self.says}"


def assert_example(example: Example, make: Callable[[str], Pack]) -> None:
    """Check that the rule speaks once it is broken, with a place and a remedy, and else is silent."""
    bad, good = make("bad"), make("good")
    example.fails(bad)
    example.passes(good)

    found = bad.problems(example.rule)

    assert any(example.says in str(problem) for problem in found), bad.problems()
    assert all(problem.line >= 1 and problem.remedy and problem.file for problem in found)
    registered = {severity for rule in rules() if rule.id == example.rule for severity in rule.severities}
    assert {problem.severity for problem in found} <= registered
    assert good.problems(example.rule) == []
