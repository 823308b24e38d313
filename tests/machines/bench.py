"""Where the machines run: one database for all examples, each of which is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flask import Flask
from sqlalchemy import Connection

from quizapp.services.runtime import Runtime
from quizapp.services.shelf import Shelf
from quizapp.web.runtime import EXTENSION
from tests.builders.world import A, World
from tests.conftest import NOON, FixedClock
from tests.machines.drivers import Driver, Place

MakeDriver = Callable[[Place, Flask], Driver]


@dataclass
class Bench:
    """A class with a teacher and content, and room for one student an example."""

    connection: Connection
    runtime: Runtime
    clock: FixedClock
    app: Flask
    make_driver: MakeDriver
    teacher: A = field(init=False)
    classroom: int = field(init=False)

    def __post_init__(self) -> None:
        world = World(self.runtime)
        world.content()
        self.school_id = world.school_id
        self.teacher = world.teacher()
        self.classroom = world.classroom(self.teacher)

    @contextmanager
    def example(self) -> Iterator[tuple[Place, Driver]]:
        """Sit one student down before a quiz, and take everything back afterwards."""
        savepoint = self.connection.begin_nested()
        self.clock.now = NOON
        # A shelf of its own: what is taken back gives its ids to the next example.
        runtime = replace(self.runtime, shelf=Shelf())
        world = World(runtime)
        world._school_id = self.school_id
        student = world.student(classroom=self.classroom)
        assignment = world.assignment(self.classroom, attempts_allowed=3)
        self.app.extensions[EXTENSION] = runtime
        place = Place(runtime, world, self.teacher, student, self.classroom, assignment)
        try:
            yield place, self.make_driver(place, self.app)
        finally:
            savepoint.rollback()
