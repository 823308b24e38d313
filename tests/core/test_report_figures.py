"""The arithmetic of the report: every figure or the reason why there is none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.report_figures import figures
from quizapp.core.reports import WHAT_TO_DO, ClassWork, Mark, Missing, Piece, SkillMarks


def a_class(
    students: int,
    *,
    given: int = 1,
    started: int = 0,
    done: int = 0,
    percents: tuple[int, ...] = (),
    first: int = 0,
) -> ClassWork:
    """Return a class whose first students have started, finished and got these marks."""
    ids = range(first, first + students)
    return ClassWork(
        student_ids=frozenset(ids),
        given=given,
        pieces=[Piece(ids[place], place < done) for place in range(started)],
        marks=[Mark(ids[place], percent) for place, percent in enumerate(percents)],
        skills=[SkillMarks("S2", frozenset(ids[: len(percents)]), sum(percents), 100 * len(percents))]
        if percents
        else [],
    )


@st.composite
def schools(draw: st.DrawFn) -> list[ClassWork]:
    works = []
    for place in range(draw(st.integers(1, 4))):
        students = draw(st.integers(0, 9))
        started = draw(st.integers(0, students))
        done = draw(st.integers(0, started))
        percents = draw(st.lists(st.integers(0, 100), max_size=done).map(tuple))
        works.append(
            a_class(
                students,
                given=draw(st.integers(0, 2)) if not started else 1,
                started=started,
                done=done,
                percents=percents,
                first=100 * place,
            )
        )
    return works


@settings(deadline=None)
@given(schools())
def test_a_class_alone_shows_no_more_than_beside_the_others(works: list[ClassWork]) -> None:
    together = figures(works, range(len(works)))

    for place, line in enumerate(together.lines):
        alone = figures(works, [place])
        assert alone.lines == (line,)
        assert alone.total == line or len(works) == 1


@settings(deadline=None)
@given(schools())
def test_no_figure_rests_on_one_to_four_students(works: list[ClassWork]) -> None:
    shown = figures(works, range(len(works)))

    for work, line in zip(works, shown.lines, strict=True):
        assert line.students == Missing.HIDDEN or len(work.student_ids) not in range(1, 5)
        assert isinstance(line.started, Missing) or line.started not in range(1, 5)
        assert isinstance(line.marks, Missing) or line.marks not in range(1, 5)
        assert isinstance(line.median, Missing) or line.marks >= 5
    for band in shown.bands:
        assert isinstance(band.marks, Missing) or band.marks not in range(1, 5)


def test_the_figures_of_a_class() -> None:
    shown = figures([a_class(8, given=2, started=7, done=6, percents=(50, 60, 70, 80, 100))], [0])

    (line,) = shown.lines
    assert (line.students, line.of, line.started, line.completed) == (8, 16, 7, 6)
    assert (line.marks, line.median) == (5, 70)
    assert line == shown.total
    assert [(one.skill, one.students, one.percent) for one in shown.skills] == [("S2", 5, 72)]


def test_each_reason_for_a_missing_figure() -> None:
    works = [
        a_class(0),
        a_class(6, given=0, first=100),
        a_class(6, first=200),
        a_class(6, started=6, done=5, first=300),
    ]

    reasons = [line.median for line in figures(works, range(4)).lines]

    assert reasons == [Missing.NO_STUDENTS, Missing.NOTHING_GIVEN, Missing.NOT_BEGUN, Missing.NO_MARKS]
    assert set(WHAT_TO_DO) == set(Missing)


def test_one_class_without_a_spread_hides_that_of_another() -> None:
    clean = a_class(12, started=12, done=12, percents=(10,) * 6 + (90,) * 6)
    bare = a_class(12, started=12, done=12, percents=(10,) * 10 + (90,) * 2, first=100)
    other = a_class(14, started=14, done=14, percents=(50,) * 14, first=200)
    works = [clean, bare, other]

    assert [figures(works, [place]).no_bands for place in range(3)] == [Missing.HIDDEN, Missing.HIDDEN, None]
    assert [band.marks for band in figures(works, range(3)).bands] == [16, 0, 14, 0, 8]


def test_the_sum_over_students_and_work_is_hidden_where_students_are() -> None:
    works = [a_class(3, given=2), a_class(7, given=3, first=100), a_class(9, given=1, first=200)]

    total = figures(works, range(3)).total

    assert (total.students, total.of) == (19, Missing.HIDDEN)


def test_in_a_class_of_few_a_zero_is_hidden_as_well() -> None:
    works = [
        a_class(3),
        a_class(9, started=9, done=9, first=100),
        a_class(12, started=12, done=12, first=200),
    ]

    lines = figures(works, range(3)).lines

    assert (lines[0].started, lines[0].completed) == (Missing.HIDDEN, Missing.HIDDEN)
    assert (lines[1].started, lines[2].started) == (Missing.HIDDEN, 12)
