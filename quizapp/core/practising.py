"""Practising one skill: which task comes next, and where what was given to it is kept.

A *task* is what is asked once: the two cases of one slot are one task. A *turn* is one meeting with a task. A task
that was not right comes back in a later turn, in another wording where it has several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.shuffling import rank

EASE = {"easy": 0, "medium": 1, "hard": 2}
"""In which order difficulties come."""

PREFIX = "practice/"
"""No lesson's key begins so: those have a pack before a colon."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to ask. Tasks of one family are of the same kind."""

    name: str
    difficulty: str
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """One turn that is over. ``is_right`` is about its first try, None where only a person can tell."""

    task: str
    family: str | None
    is_right: bool | None


def keys_of_turns(skill: str) -> str:
    """Return what the keys of all turns on a skill begin with."""
    return f"{PREFIX}{skill}/"


def key_of_turn(skill: str, number: int) -> str:
    """Return the key under which the answers of one turn are kept, where those of lessons have the lesson's."""
    return f"{keys_of_turns(skill)}{number}"


def turn_of_key(key: str | None) -> tuple[str, int] | None:
    """Return skill and number of the turn with that key, or None for the key of a lesson."""
    if key is None or not key.startswith(PREFIX):
        return None
    skill, _, number = key.removeprefix(PREFIX).rpartition("/")
    return skill, int(number)


def wrong_longest_ago(met: Sequence[Met]) -> list[str]:
    """Return the tasks that were not right when they were last met, the one met longest ago first."""
    newest = {one.task: place for place, one in enumerate(met)}
    return [one.task for place, one in enumerate(met) if newest[one.task] == place and one.is_right is False]


def next_task(tasks: Sequence[Task], met: Sequence[Met], seed: int) -> Task | None:
    """Return what is asked next; None when everything was met and nothing is left that was not right.

    What was never met comes first, easy before medium before hard, else in the order of the seed. Then comes
    what was not right, the longest ago first. Two of a family follow each other only where nothing else is left.
    """
    known = {task.name: task for task in tasks}
    seen = {one.task for one in met}
    fresh = sorted(
        (task for task in tasks if task.name not in seen),
        key=lambda task: (EASE.get(task.difficulty, len(EASE)), rank(seed, "task", task.name)),
    )
    if fresh:
        return _fresh_one(fresh, met)
    wrong = [known[name] for name in wrong_longest_ago(met) if name in known]
    return next(iter(_apart(wrong, met) or wrong), None)


def _fresh_one(fresh: Sequence[Task], met: Sequence[Met]) -> Task:
    """Return the first that is apart from the last turn; a family that fills half of what is left goes before."""
    apart = _apart(fresh, met) or fresh
    band = [task for task in fresh if task.difficulty == apart[0].difficulty]
    families = [task.family for task in band]
    crowding = (task for task in apart if task.family and 2 * families.count(task.family) > len(band))
    return next((task for task in crowding if task in band), apart[0])


def _apart(tasks: Sequence[Task], met: Sequence[Met]) -> list[Task]:
    """Return the tasks that are neither the last one met nor of its family."""
    if not met:
        return list(tasks)
    last = met[-1]
    return [
        task
        for task in tasks
        if task.name != last.task and (task.family is None or task.family != last.family)
    ]
