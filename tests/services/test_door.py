"""A class comes in at its door: names, claims, PINs, and what the teacher does at the live list."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.core.door import Place, Step
from quizapp.core.errors import NotFound, Refusal
from quizapp.services.accounts import suspend
from quizapp.services.door import change_code, close_door, open_door
from quizapp.services.door_deeds import free_name, give_new_start, let_in
from quizapp.services.door_list import live_list
from quizapp.services.sign_in import sign_out
from quizapp.storage.tables import AuditEntry, DoorClaim, User
from tests.builders.world import PIN
from tests.services.at_the_door import Phone, code_of, line_of
from tests.support.statements import count_statements

NEW_PIN = "739164"


@pytest.fixture
def teacher(world):
    return world.teacher("Ms Adler")


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


@pytest.fixture
def ana(world, classroom):
    return world.student("Ana Silva", classroom=classroom, has_pin=False)


@pytest.fixture
def phone(runtime, teacher, classroom):
    """Open the door and return a function that gives phones before it."""
    open_door(runtime, teacher.actor, classroom_id=classroom)
    code = code_of(runtime, classroom)
    return lambda browser="one": Phone(runtime, browser, code)


def give_a_pin(runtime, student):
    """Let the student have a PIN: printed on a card, or chosen before."""
    with runtime.database.writing() as session:
        session.get_one(User, student.id).pin_hash = runtime.passwords.hash_pin(PIN)


def test_names_are_listed_only_while_the_door_is_open(runtime, teacher, classroom, ana, phone, clock):
    one = phone()
    assert one.names() == {"Ana Silva": False}

    clock.move(minutes=15)
    with pytest.raises(Refusal) as closed:
        one.names()

    assert closed.value.field == "code"


def test_unknown_closed_and_changed_codes_read_alike(runtime, teacher, classroom, phone):
    one = phone()
    sentences = set()
    with pytest.raises(Refusal) as unknown:
        Phone(runtime, "one", "CCCCCC").names()
    sentences.add(str(unknown.value))
    change_code(runtime, teacher.actor, classroom_id=classroom)
    with pytest.raises(Refusal) as changed:
        one.names()
    sentences.add(str(changed.value))
    close_door(runtime, teacher.actor, classroom_id=classroom)
    with pytest.raises(Refusal) as closed:
        Phone(runtime, "one", code_of(runtime, classroom)).names()
    sentences.add(str(closed.value))

    assert len(sentences) == 1


def test_the_first_time_a_student_chooses_a_pin_and_later_types_it(runtime, ana, phone, clock):
    one = phone()
    one.claim(ana)
    assert one.stands().step is Step.CHOOSE
    with pytest.raises(Refusal) as weak:
        one.enter("123456")
    assert weak.value.field == "secret"
    who = one.enter(NEW_PIN)
    assert who.display_name == "Ana Silva"
    sign_out(runtime, who.actor())

    two = phone("two")
    two.claim(ana)

    assert two.stands().step is Step.TYPE
    assert two.enter(NEW_PIN).user_id == ana.id


def test_a_name_is_held_by_one_browser_at_a_time(ana, phone, clock):
    one, two = phone("one"), phone("two")
    one.claim(ana)

    assert two.names() == {"Ana Silva": True}
    assert one.names() == {"Ana Silva": False}
    with pytest.raises(Refusal, match="Another phone has chosen this name") as taken:
        two.claim(ana)
    assert taken.value.field == "student_id"

    clock.move(minutes=5)
    two.claim(ana)
    assert one.stands() is None


def test_a_name_that_is_in_stays_held(ana, phone, clock):
    one, two = phone("one"), phone("two")
    one.claim(ana)
    one.enter(NEW_PIN)
    clock.move(minutes=10)

    with pytest.raises(Refusal, match="Somebody is in under this name"):
        two.claim(ana)


def test_choosing_another_name_and_letting_go_free_the_first(world, classroom, ana, phone):
    ben = world.student("Ben", classroom=classroom, has_pin=False)
    one, two = phone("one"), phone("two")
    one.claim(ana)
    one.claim(ben)
    assert two.names() == {"Ana Silva": False, "Ben": True}

    one.let_go()

    assert two.names() == {"Ana Silva": False, "Ben": False}
    assert one.stands() is None


def test_nobody_outside_the_class_can_be_chosen(world, phone, ana):
    stranger = world.student("Stranger")

    with pytest.raises(NotFound):
        phone().claim(stranger)


def test_who_is_suspended_is_not_listed(world, runtime, classroom, ana, phone):
    one = phone()
    one.claim(ana)
    suspend(runtime, world.admin().actor, user_id=ana.id, reason="Shared")

    assert one.names() == {}
    assert one.stands() is None


@pytest.mark.parametrize("name", ["محمد عبد الرحمن بن خالد آل سعود الهاشمي القرشي المكي المدني", "李娜"])
def test_a_typed_name_waits_until_the_teacher_lets_it_in(runtime, teacher, classroom, phone, name):
    one = phone()
    one.ask(name)
    assert one.stands().step is Step.WAIT
    with pytest.raises(Refusal):
        one.enter(NEW_PIN)
    line = line_of(runtime, teacher, classroom, name)
    assert line.place is Place.WAITING

    assert let_in(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id) == name
    let_in(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)

    assert one.stands().step is Step.CHOOSE
    assert one.enter(NEW_PIN).display_name == name
    assert line_of(runtime, teacher, classroom, name).place is Place.IN


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 121])
def test_a_typed_name_must_be_one(phone, name):
    with pytest.raises(Refusal) as refused:
        phone().ask(name)

    assert refused.value.field == "name"


def test_a_typed_name_of_the_list_is_chosen_at_once(ana, phone):
    one, two = phone("one"), phone("two")
    one.ask("  ana SILVA")

    assert one.stands().step is Step.CHOOSE
    with pytest.raises(Refusal) as taken:
        two.ask("Ana Silva")
    assert taken.value.field == "name"


def test_two_who_type_one_name_are_told_to_differ(phone):
    phone("one").ask("Noor")

    with pytest.raises(Refusal, match="waiting already"):
        phone("two").ask("noor")


def test_only_so_many_may_wait(phone):
    for number in range(40):
        phone(f"browser {number}").ask(f"Joker {number}")

    with pytest.raises(Refusal, match="Too many are waiting"):
        phone("one more").ask("Joker 41")


def test_who_is_turned_away_may_type_again(runtime, teacher, classroom, phone):
    one = phone()
    one.ask("Mickey Mouse")
    line = line_of(runtime, teacher, classroom, "Mickey Mouse")

    free_name(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)

    assert one.stands() is None
    one.ask("Ben Okafor")


def test_a_student_of_another_class_of_the_teacher_joins_as_the_same_person(
    world, runtime, teacher, classroom, phone
):
    ben = world.student("Ben Okafor", classroom=world.classroom(teacher, "11C"))
    one = phone()
    one.ask("Ben Okafor")
    line = line_of(runtime, teacher, classroom, "Ben Okafor")

    let_in(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)

    assert one.stands().step is Step.TYPE
    assert one.enter(PIN).user_id == ben.id


def test_undoing_frees_the_name_ends_the_session_and_takes_the_chosen_pin(
    world, runtime, teacher, classroom, ana, phone, connection
):
    thief, owner = phone("thief"), phone("owner")
    thief.claim(ana)
    thief.enter("258036")
    line = line_of(runtime, teacher, classroom, "Ana Silva")

    free_name(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)

    owner.claim(ana)
    assert owner.stands().step is Step.CHOOSE
    assert connection.scalar(select(User.pin_hash).where(User.id == ana.id)) is None
    with pytest.raises(NotFound):
        free_name(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)
    assert owner.enter(NEW_PIN).user_id == ana.id


def test_five_wrong_pins_ask_the_teacher_who_gives_a_new_start(
    world, runtime, teacher, classroom, ana, phone, clock
):
    give_a_pin(runtime, ana)
    one = phone()
    one.claim(ana)
    for _ in range(4):
        with pytest.raises(Refusal, match="This is not your PIN"):
            one.enter("000001")
    with pytest.raises(Refusal, match="Your teacher sees your name") as asked:
        one.enter("000001")
    assert asked.value.field == "secret"
    with pytest.raises(Refusal, match="Too many wrong tries"):
        one.enter(PIN)
    line = line_of(runtime, teacher, classroom, "Ana Silva")
    assert line.place is Place.NEEDS_YOU

    give_new_start(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)

    assert one.stands().step is Step.CHOOSE
    assert one.enter(NEW_PIN).user_id == ana.id
    assert line_of(runtime, teacher, classroom, "Ana Silva").place is Place.IN


def test_a_printed_pin_is_asked_for_the_first_time_too(runtime, ana, phone):
    give_a_pin(runtime, ana)
    one = phone()

    one.claim(ana)

    assert one.stands().step is Step.TYPE
    with pytest.raises(Refusal, match="This is not your PIN"):
        one.enter(NEW_PIN)
    assert one.enter(PIN).user_id == ana.id


def test_who_has_no_pin_asks_with_one_tap_and_chooses_one_after_a_new_start(
    runtime, teacher, classroom, ana, phone
):
    give_a_pin(runtime, ana)
    one = phone()
    one.claim(ana)

    one.has_no_pin()
    one.has_no_pin()

    assert one.stands().has_asked
    line = line_of(runtime, teacher, classroom, "Ana Silva")
    assert line.place is Place.NEEDS_YOU
    give_new_start(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)
    assert (one.stands().step, one.stands().has_asked) == (Step.CHOOSE, False)
    assert one.enter(NEW_PIN).user_id == ana.id


def test_whoever_waits_or_may_choose_has_nothing_to_ask(runtime, teacher, classroom, ana, phone):
    one, two = phone("one"), phone("two")
    one.claim(ana)
    two.ask("Mickey Mouse")

    for phone_at_the_door in (one, two, phone("three")):
        phone_at_the_door.has_no_pin()

    assert line_of(runtime, teacher, classroom, "Ana Silva").place is Place.AT_THE_DOOR
    assert not one.stands().has_asked


def test_one_pin_tried_at_every_name_makes_the_class_code_wait(world, runtime, classroom, phone):
    students = [world.student(f"Student {number:02}", classroom=classroom) for number in range(15)]
    for student in students:
        one = phone(student.user_name)
        one.claim(student)
        for _ in range(4):
            with pytest.raises(Refusal):
                one.enter("000001")

    with pytest.raises(Refusal, match="in this class"):
        phone(students[0].user_name).enter(PIN)


def test_a_button_pressed_twice_comes_in_twice(ana, phone):
    one = phone()
    one.claim(ana)

    first, second = one.enter(NEW_PIN), one.enter(NEW_PIN)

    assert first.user_id == second.user_id == ana.id
    assert first.session_id != second.session_id


def test_opening_again_frees_names_that_were_never_used_and_keeps_who_is_in(
    world, runtime, teacher, classroom, ana, phone, clock
):
    ben = world.student("Ben", classroom=classroom, has_pin=False)
    phone("one").claim(ana)
    two = phone("two")
    two.claim(ben)
    two.enter(NEW_PIN)
    clock.move(minutes=16)

    open_door(runtime, teacher.actor, classroom_id=classroom)

    places = {
        line.name: line.place for line in live_list(runtime, teacher.actor, classroom_id=classroom).lines
    }
    assert places == {"Ana Silva": Place.NOT_HERE, "Ben": Place.IN}
    assert phone("three").names() == {"Ana Silva": False, "Ben": True}


def test_others_neither_open_nor_watch_the_door(world, runtime, teacher, classroom, ana, phone):
    stranger = world.teacher()
    phone().ask("Noor")
    claim_id = line_of(runtime, teacher, classroom, "Noor").claim_id

    for actor in (stranger.actor, ana.actor, world.admin().actor):
        for deed in (open_door, close_door, change_code, live_list):
            with pytest.raises(NotFound):
                deed(runtime, actor, classroom_id=classroom)
        for deed in (let_in, free_name, give_new_start):
            with pytest.raises(NotFound):
                deed(runtime, actor, classroom_id=classroom, claim_id=claim_id)


def test_a_look_at_the_list_takes_one_statement_however_many_came(
    world, runtime, teacher, classroom, ana, phone, connection
):
    for number in range(5):
        world.student(f"Student {number}", classroom=classroom)
    phone("one").claim(ana)
    phone("two").ask("Noor")

    with count_statements(connection) as sent:
        found = live_list(runtime, teacher.actor, classroom_id=classroom)

    assert len(sent) == 1
    assert found.students == 6
    assert [line.name for line in found.lines][:2] == ["Noor", "Ana Silva"]


def test_the_version_of_the_list_changes_with_it_and_only_with_it(
    runtime, teacher, classroom, ana, phone, clock
):
    def version():
        return live_list(runtime, teacher.actor, classroom_id=classroom).version

    one = phone()
    before = version()
    clock.move(seconds=3)
    assert version() == before

    one.claim(ana)
    assert version() != before


def test_deeds_at_the_door_are_recorded_without_names(runtime, teacher, classroom, ana, phone, connection):
    one = phone()
    one.ask("Noor")
    line = line_of(runtime, teacher, classroom, "Noor")
    let_in(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)
    one.enter(NEW_PIN)
    close_door(runtime, teacher.actor, classroom_id=classroom)

    entries = connection.execute(select(AuditEntry.action, AuditEntry.after)).all()

    assert {"door.opened", "door.name_claimed", "door.let_in", "door.closed"} <= {row[0] for row in entries}
    assert not any("Noor" in repr(row[1]) for row in entries)


def test_typed_names_are_kept_only_while_they_wait(runtime, teacher, classroom, phone, connection):
    phone("one").ask("Noor")
    two = phone("two")
    two.ask("Sami")
    line = line_of(runtime, teacher, classroom, "Noor")
    let_in(runtime, teacher.actor, classroom_id=classroom, claim_id=line.claim_id)

    close_door(runtime, teacher.actor, classroom_id=classroom)

    assert set(connection.scalars(select(DoorClaim.typed_name))) == {None}
    assert [one.name for one in live_list(runtime, teacher.actor, classroom_id=classroom).lines] == ["Noor"]
