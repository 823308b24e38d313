"""Who may do what, as a table."""

from __future__ import annotations

from itertools import product

import pytest

from quizapp.core.permissions import (
    NOBODY,
    OPERATOR,
    Actor,
    Permission,
    Role,
    Standing,
    may_enter_classroom,
    may_read_course,
    may_study,
    may_touch_person,
    may_use_attempt,
)

STUDENT = Actor(1, 1, Role.STUDENT)
TEACHER = Actor(2, 1, Role.TEACHER)
ADMIN = Actor(3, 1, Role.ADMIN)

HERE = Standing(same_school=True)
TEACHES = Standing(same_school=True, teaches=True)
ENROLLED = Standing(same_school=True, enrolled=True)
SELF = Standing(same_school=True, is_self=True)
ELSEWHERE = Standing(same_school=False, is_self=True, teaches=True, enrolled=True)

OFFICE = {Permission.READ, Permission.ADMINISTER, Permission.ARCHIVE}

EVERYBODY = (STUDENT, TEACHER, ADMIN, NOBODY, OPERATOR)


@pytest.mark.parametrize(("actor", "permission"), list(product(EVERYBODY, Permission)))
def test_nobody_reaches_into_another_school(actor, permission):
    assert not may_enter_classroom(actor, permission, ELSEWHERE)
    assert not may_use_attempt(actor, permission, ELSEWHERE)
    assert not any(may_touch_person(actor, permission, ELSEWHERE, role) for role in Role)


@pytest.mark.parametrize(
    ("actor", "standing", "allowed"),
    [
        (STUDENT, HERE, set()),
        (STUDENT, ENROLLED, {Permission.READ}),
        # A row that says so would be a mistake; the role still decides.
        (STUDENT, TEACHES, {Permission.READ}),
        (TEACHER, HERE, set()),
        (TEACHER, TEACHES, {Permission.READ, Permission.TEACH, Permission.GRADE, Permission.ARCHIVE}),
        (ADMIN, HERE, OFFICE),
        (ADMIN, TEACHES, {*OFFICE, Permission.TEACH, Permission.GRADE}),
        (NOBODY, HERE, set()),
    ],
)
def test_what_is_open_in_a_class(actor, standing, allowed):
    assert {one for one in Permission if may_enter_classroom(actor, one, standing)} == allowed


@pytest.mark.parametrize(
    ("actor", "standing", "their_role", "allowed"),
    [
        (STUDENT, HERE, Role.STUDENT, set()),
        (STUDENT, SELF, Role.STUDENT, {Permission.READ}),
        (STUDENT, TEACHES, Role.STUDENT, set()),
        (TEACHER, HERE, Role.STUDENT, set()),
        (TEACHER, TEACHES, Role.STUDENT, {Permission.READ, Permission.TEACH, Permission.RESET}),
        (TEACHER, TEACHES, Role.TEACHER, {Permission.READ}),
        (TEACHER, TEACHES, Role.ADMIN, {Permission.READ}),
        (TEACHER, SELF, Role.TEACHER, {Permission.READ}),
        (ADMIN, HERE, Role.STUDENT, {Permission.READ, Permission.RESET, Permission.ADMINISTER}),
        (ADMIN, HERE, Role.TEACHER, {Permission.READ, Permission.RESET, Permission.ADMINISTER}),
        (ADMIN, HERE, Role.ADMIN, {Permission.READ, Permission.RESET, Permission.ADMINISTER}),
        (ADMIN, HERE, Role.OPERATOR, {Permission.READ}),
    ],
)
def test_what_one_may_do_with_a_person(actor, standing, their_role, allowed):
    assert {one for one in Permission if may_touch_person(actor, one, standing, their_role)} == allowed


@pytest.mark.parametrize(
    ("actor", "standing", "allowed"),
    [
        (STUDENT, HERE, set()),
        (STUDENT, SELF, {Permission.READ, Permission.ANSWER, Permission.REVIEW}),
        (STUDENT, TEACHES, set()),
        (TEACHER, HERE, set()),
        (TEACHER, TEACHES, {Permission.READ, Permission.GRADE, Permission.TEACH}),
        (ADMIN, HERE, set()),
    ],
)
def test_what_one_may_do_with_an_attempt(actor, standing, allowed):
    assert {one for one in Permission if may_use_attempt(actor, one, standing)} == allowed


def test_a_role_reaches_over_the_ones_below_it():
    assert [role.value for role in sorted(Role, key=lambda role: role.rank)] == [
        "nobody",
        "student",
        "teacher",
        "admin",
        "operator",
    ]


def test_who_is_staff_who_administers_and_who_studies():
    assert [actor.is_staff for actor in EVERYBODY] == [False, True, True, False, False]
    assert [actor.is_admin for actor in EVERYBODY] == [False, False, True, False, False]
    assert [may_study(actor) for actor in EVERYBODY] == [True, False, False, False, False]
    assert [may_read_course(actor) for actor in EVERYBODY] == [True, True, True, False, False]
