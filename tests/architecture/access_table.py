"""Who gets which answer from which endpoint. A route without a row, or a row without a route, fails.

The columns are the actors of `access_world`. ``owner``, ``classmate`` and ``suspended`` are in the class of ``teacher`` (its owner)
and ``co_teacher``; ``other_class`` and ``other_teacher`` are of the same school; ``other_admin`` is of another.
A POST is sent empty unless the row has a form: 422 then says that it arrived and was refused at its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ANSWERS = Mapping[str, int]

TO_SIGN_IN = 302


@dataclass(frozen=True)
class Row:
    """One endpoint and method: its address, what is sent, and the answer to each actor."""

    method: str
    endpoint: str
    address: str
    answers: ANSWERS
    form: Mapping[str, str] = field(default_factory=dict)
    json: object = None

    def expected(self) -> dict[str, int]:
        """Return the expected status of every actor; who is suspended is treated like nobody."""
        return {**self.answers, "suspended": self.answers["anonymous"]}


def everybody(status: int, signed_in: int | None = None) -> ANSWERS:
    """Return the same answer for all, another one perhaps for those who are signed in."""
    inside = status if signed_in is None else signed_in
    return {
        "anonymous": status,
        "owner": inside,
        "classmate": inside,
        "other_class": inside,
        "teacher": inside,
        "co_teacher": inside,
        "other_teacher": inside,
        "admin": inside,
        "other_admin": inside,
    }


def only(
    status: int, *actors: str, others: int = 404, anonymous: int = TO_SIGN_IN, **differently: int
) -> ANSWERS:
    """Return an answer for some actors and *not found* for the others; nobody is led to the sign-in."""
    answers = dict.fromkeys(everybody(others), others) | {"anonymous": anonymous}
    return {**answers, **dict.fromkeys(actors, status), **differently}


STUDENTS = ("owner", "classmate", "other_class")
CLASS_STUDENTS = ("owner", "classmate")
CLASS_TEACHERS = ("teacher", "co_teacher")
TEACHERS = ("teacher", "co_teacher", "other_teacher")
ADMINS = ("admin", "other_admin")
STAFF = (*TEACHERS, *ADMINS)

NOT_BEGUN = {"classmate": 422, "other_class": 422}
"""A student who has not begun the lesson is asked to choose a case first."""

CLASSROOM = "/classes/{classroom_id}"
ASSIGNMENT = CLASSROOM + "/assignments/{assignment_id}"
TRY = ASSIGNMENT + "/tries/{attempt_id}"
STUDENT_FILE = TRY + "/student-file"
LIVE = ASSIGNMENT + "/live"
DOOR = CLASSROOM + "/door"
CLAIM = DOOR + "/claims/{claim_id}"
GRADEBOOK = CLASSROOM + "/gradebook"
CELL = GRADEBOOK + "/{student_id}/{assignment_id}"
GRADING = "/grading/{assignment_id}/{question_version_id}"

EMPTY_SAVE = {"v": 1, "lease": 0, "responses": []}

ROWS = (
    # Everybody
    Row("GET", "accounts.front", "/", everybody(302)),
    Row("GET", "accounts.sign_in", "/sign-in", everybody(200, 302)),
    Row("POST", "accounts.sign_in", "/sign-in", everybody(422, 302)),
    Row("GET", "accounts.start", "/start", everybody(200)),
    # Outside a demo school there is no such door.
    Row("POST", "accounts.demo_door", "/demo/student", everybody(404)),
    Row("GET", "accounts.exercise", "/try", everybody(404)),
    Row("POST", "accounts.answer_exercise", "/try", everybody(404)),
    Row("POST", "accounts.theme", "/theme", everybody(302)),
    Row("GET", "accounts.healthz", "/healthz", everybody(200)),
    Row("GET", "accounts.readyz", "/readyz", everybody(200)),
    Row("GET", "style.components", "/style", everybody(200)),
    Row("GET", "gallery.index", "/gallery/", everybody(200)),
    Row("GET", "gallery.of_type", "/gallery/order", everybody(200)),
    Row("POST", "gallery.try_one", "/gallery/order/order-near", everybody(200)),
    # At the door: only for those outside
    Row("GET", "door.code", "/join", everybody(200, 302)),
    Row("POST", "door.code", "/join", everybody(422, 302)),
    Row("GET", "door.names", "/join/{door_code}", everybody(200, 302)),
    Row("POST", "door.claim", "/join/{door_code}/name", everybody(404, 302)),
    Row("POST", "door.ask", "/join/{door_code}/typed-name", everybody(422, 302)),
    Row("GET", "door.pin", "/join/{door_code}/pin", everybody(302)),
    Row("POST", "door.enter", "/join/{door_code}/pin", everybody(302)),
    Row("POST", "door.no_pin", "/join/{door_code}/no-pin", everybody(302)),
    Row("POST", "door.release", "/join/{door_code}/let-go", everybody(302)),
    Row("GET", "door.card", "/card", everybody(200, 302)),
    Row("POST", "door.card", "/card", everybody(422, 302)),
    Row("GET", "door.card_by_link", "/card/{card_code}", everybody(200, 302)),
    # Everybody who is signed in
    Row("POST", "accounts.sign_out", "/sign-out", everybody(302)),
    Row("GET", "accounts.account", "/account", everybody(302, 200)),
    Row("POST", "accounts.change_secret", "/account/secret", everybody(302, 422)),
    # Nobody of this world has a temporary password or PIN: there is nothing to choose.
    Row("GET", "accounts.own_secret", "/account/own-secret", everybody(302)),
    Row("POST", "accounts.own_secret", "/account/own-secret", everybody(302)),
    Row("POST", "accounts.sign_out_everywhere", "/account/sign-out-everywhere", everybody(302)),
    Row("GET", "assets.picture", "/assets/{sha256}", everybody(302, 200)),
    Row("GET", "learn.page", "/page", everybody(302, 200)),
    Row("GET", "learn.word_wall", "/words", everybody(302, 200)),
    Row("GET", "attempts.device_check", "/device-check", everybody(302, 200)),
    Row("GET", "attempts.device_clock", "/device-check/clock", everybody(302, 200)),
    # Students
    Row("GET", "learn.home", "/home", only(200, *STUDENTS)),
    Row("GET", "learn.lessons", "/lessons", only(200, *STUDENTS)),
    Row("GET", "learn.progress", "/progress", only(200, *STUDENTS)),
    Row("GET", "learn.lesson", "/lessons/{slug}", only(200, *STUDENTS)),
    Row(
        "GET",
        "learn.print_lesson",
        "/lessons/{slug}/print",
        only(200, "owner", classmate=302, other_class=302),
    ),
    Row("POST", "learn.start", "/lessons/{slug}/start", only(422, *STUDENTS)),
    Row("POST", "learn.case", "/lessons/{slug}/case", only(422, *STUDENTS)),
    Row(
        "GET", "learn.screen", "/lessons/{slug}/{number}", only(200, "owner", classmate=302, other_class=302)
    ),
    Row(
        "POST",
        "learn.answer",
        "/lessons/{slug}/{number}/answers",
        only(422, *STUDENTS),
        {"question": "sample:lesson-guess"},
    ),
    Row("POST", "learn.next_screen", "/lessons/{slug}/{number}/next", only(302, "owner", **NOT_BEGUN)),
    Row("POST", "learn.stuck", "/lessons/{slug}/{number}/stuck", only(302, "owner", **NOT_BEGUN)),
    Row("GET", "learn.folder", "/folder", only(200, *STUDENTS)),
    # The document comes with the lesson that only the owner has finished.
    Row("GET", "learn.document", "/folder/{document_id}", only(200, "owner")),
    Row("POST", "learn.judge", "/folder/{document_id}/verdicts", only(422, "owner")),
    Row("GET", "learn.practise", "/practise", only(200, *STUDENTS)),
    Row("GET", "learn.practise_skill", "/practise/{skill_id}", only(200, *STUDENTS)),
    Row("GET", "learn.practice_turn", "/practise/{skill_id}/{number}", only(200, *STUDENTS)),
    Row(
        "POST",
        "learn.answer_practice_turn",
        "/practise/{skill_id}/{number}/answers",
        only(422, *STUDENTS),
        {"question": "sample:crossing"},
    ),
    # Tries
    Row("GET", "attempts.assignment", "/assignments/{assignment_id}", only(200, *CLASS_STUDENTS)),
    Row("POST", "attempts.start", "/assignments/{assignment_id}/attempts", only(302, "owner", classmate=422)),
    Row("GET", "attempts.attempt", "/attempts/{attempt_id}", only(200, "owner")),
    Row("POST", "attempts.form", "/attempts/{attempt_id}/form", only(302, "owner")),
    Row("GET", "attempts.state", "/attempts/{attempt_id}/state", only(200, "owner")),
    Row("POST", "attempts.leases", "/attempts/{attempt_id}/leases", only(200, "owner")),
    Row(
        "POST",
        "attempts.responses",
        "/attempts/{attempt_id}/responses",
        only(200, "owner", anonymous=401),
        json=EMPTY_SAVE,
    ),
    Row("GET", "attempts.summary", "/attempts/{attempt_id}/summary", only(200, "owner")),
    Row("POST", "attempts.submission", "/attempts/{attempt_id}/submission", only(302, "owner")),
    Row("GET", "attempts.receipt", "/attempts/{closed_attempt_id}/receipt", only(200, "owner")),
    Row("GET", "attempts.result", "/attempts/{closed_attempt_id}/result", only(200, "owner")),
    Row("POST", "attempts.self_mark", "/attempts/{closed_attempt_id}/self-marks", only(422, "owner")),
    # Teachers
    Row("GET", "teach.classrooms", "/classes", only(200, *STAFF)),
    Row("GET", "teach.new_classroom", "/classes/new", only(200, *STAFF)),
    Row("POST", "teach.new_classroom", "/classes/new", only(422, *STAFF)),
    Row("GET", "teach.classroom", CLASSROOM, only(200, *CLASS_TEACHERS)),
    Row("GET", "teach.rename", CLASSROOM + "/name", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.rename", CLASSROOM + "/name", only(422, *CLASS_TEACHERS)),
    Row("GET", "teach.archive", CLASSROOM + "/archive", only(200, *CLASS_TEACHERS, "admin")),
    Row("POST", "teach.archive", CLASSROOM + "/archive", only(302, *CLASS_TEACHERS, "admin")),
    Row("POST", "teach.restore", CLASSROOM + "/restore", only(302, *CLASS_TEACHERS, "admin")),
    Row("GET", "teach.roster", CLASSROOM + "/roster", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.add_names", CLASSROOM + "/roster", only(422, *CLASS_TEACHERS)),
    Row(
        "GET", "teach.remove_student", CLASSROOM + "/students/{student_id}/remove", only(200, *CLASS_TEACHERS)
    ),
    Row(
        "POST",
        "teach.remove_student",
        CLASSROOM + "/students/{student_id}/remove",
        only(302, *CLASS_TEACHERS),
    ),
    Row("GET", "teach.door", DOOR, only(200, *CLASS_TEACHERS)),
    Row("GET", "teach.door_projector", DOOR + "/projector", only(200, *CLASS_TEACHERS)),
    Row("GET", "teach.door_part", DOOR + "/list", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.open_the_door", DOOR + "/open", only(302, *CLASS_TEACHERS)),
    Row("POST", "teach.close_the_door", DOOR + "/close", only(302, *CLASS_TEACHERS)),
    Row("POST", "teach.new_code", DOOR + "/code", only(302, *CLASS_TEACHERS)),
    Row("POST", "teach.let_in_at_door", CLAIM + "/let-in", only(302, *CLASS_TEACHERS)),
    Row("POST", "teach.free_at_door", CLAIM + "/free", only(302, *CLASS_TEACHERS)),
    Row("POST", "teach.new_start_at_door", CLAIM + "/new-start", only(302, *CLASS_TEACHERS)),
    Row("GET", "teach.cards", CLASSROOM + "/cards", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.print_cards", CLASSROOM + "/cards", only(422, *CLASS_TEACHERS)),
    Row("POST", "teach.revoke", CLASSROOM + "/cards/{student_id}/revoke", only(302, *CLASS_TEACHERS)),
    Row("GET", "teach.assign", CLASSROOM + "/assign", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.assign", CLASSROOM + "/assign", only(422, *CLASS_TEACHERS)),
    Row("GET", "teach.assignment", ASSIGNMENT, only(200, *CLASS_TEACHERS)),
    Row(
        "GET",
        "teach.lines",
        CLASSROOM + "/assignments/{lesson_assignment_id}/lines",
        only(200, *CLASS_TEACHERS),
    ),
    Row("GET", "teach.student_file", STUDENT_FILE, only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.compare_student_file", STUDENT_FILE, only(422, *CLASS_TEACHERS)),
    Row("POST", "teach.enter_file", STUDENT_FILE + "/answers", only(422, *CLASS_TEACHERS), {"file": "{}"}),
    Row("GET", "teach.one_try", TRY, only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.change_try", TRY + "/extend", only(422, *CLASS_TEACHERS)),
    Row("GET", "teach.void_try", TRY + "/void", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.void_try", TRY + "/void", only(422, *CLASS_TEACHERS)),
    Row("GET", "teach.live", LIVE, only(200, *CLASS_TEACHERS)),
    Row("GET", "teach.live_part", LIVE + "/part", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.more_for_all", LIVE + "/minutes", only(422, *CLASS_TEACHERS)),
    Row("GET", "teach.end_all", LIVE + "/end", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.end_all", LIVE + "/end", only(422, *CLASS_TEACHERS)),
    Row("GET", "teach.change_dates", ASSIGNMENT + "/dates", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.change_dates", ASSIGNMENT + "/dates", only(422, *CLASS_TEACHERS)),
    Row("POST", "teach.release", ASSIGNMENT + "/results", only(302, *CLASS_TEACHERS)),
    Row("GET", "teach.library", "/library", only(200, *STAFF)),
    Row("GET", "teach.folder_for_teachers", "/library/folder", only(200, *STAFF)),
    Row("GET", "teach.content", "/library/content", only(200, *STAFF)),
    Row("GET", "teach.lesson_for_teachers", "/library/lessons/{slug}", only(200, *STAFF)),
    Row("GET", "present.step", "/library/lessons/{slug}/present", only(200, *STAFF)),
    Row("GET", "present.prompter", "/library/lessons/{slug}/prompter", only(200, *STAFF)),
    Row("GET", "present.paper", "/library/lessons/{slug}/print", only(200, *STAFF)),
    Row("GET", "teach.quiz_for_teachers", "/library/quizzes/quiz", only(200, *STAFF)),
    Row("GET", "teach.student", "/students/{student_id}", only(200, *CLASS_TEACHERS)),
    Row("GET", "teach.accommodation", "/students/{student_id}/accommodation", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.accommodation", "/students/{student_id}/accommodation", only(422, *CLASS_TEACHERS)),
    Row(
        "POST",
        "teach.end",
        "/students/{student_id}/accommodation/{accommodation_id}/end",
        only(302, *CLASS_TEACHERS),
    ),
    Row("GET", "teach.reset_pin", "/students/{student_id}/pin", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.reset_pin", "/students/{student_id}/pin", only(200, *CLASS_TEACHERS)),
    Row("GET", "teach.check_in", CLASSROOM + "/check-in", only(200, *CLASS_TEACHERS)),
    Row("POST", "teach.talked", CLASSROOM + "/check-in/{student_id}", only(422, *CLASS_TEACHERS)),
    Row("GET", "gradebook.gradebook", GRADEBOOK, only(200, *CLASS_TEACHERS)),
    Row("GET", "gradebook.csv", GRADEBOOK + ".csv", only(200, *CLASS_TEACHERS)),
    Row("GET", "gradebook.xlsx", GRADEBOOK + ".xlsx", only(200, *CLASS_TEACHERS)),
    Row("GET", "gradebook.cell", CELL, only(200, *CLASS_TEACHERS)),
    Row("POST", "gradebook.mark", CELL + "/mark", only(422, *CLASS_TEACHERS)),
    Row("POST", "gradebook.undo", CELL + "/mark/undo", only(302, *CLASS_TEACHERS)),
    Row("POST", "gradebook.excuse", CELL + "/excuse", only(422, *CLASS_TEACHERS)),
    Row("POST", "gradebook.stop_excusing", CELL + "/excuse/end", only(422, *CLASS_TEACHERS)),
    Row("GET", "grading.queue", "/grading", only(200, *STAFF)),
    Row("GET", "grading.question", GRADING, only(200, *CLASS_TEACHERS)),
    Row("GET", "grading.answer", GRADING + "/{closed_attempt_id}", only(200, *CLASS_TEACHERS)),
    Row("POST", "grading.answer", GRADING + "/{closed_attempt_id}", only(422, *CLASS_TEACHERS)),
    # Administrators
    Row("GET", "admin.people", "/people", only(200, *ADMINS)),
    Row("GET", "admin.new_person", "/people/new", only(200, *ADMINS)),
    Row("POST", "admin.new_person", "/people/new", only(422, *ADMINS)),
    Row("GET", "admin.person", "/people/{user_id}", only(200, "admin")),
    Row("GET", "admin.suspend_person", "/people/{user_id}/suspend", only(200, "admin")),
    Row("POST", "admin.suspend_person", "/people/{user_id}/suspend", only(422, "admin")),
    Row("POST", "admin.reinstate", "/people/{user_id}/reinstate", only(302, "admin")),
    Row("GET", "admin.reset", "/people/{user_id}/secret", only(200, "admin")),
    Row("POST", "admin.reset", "/people/{user_id}/secret", only(200, "admin")),
    Row("GET", "admin.classes", "/school/classes", only(200, *ADMINS)),
    Row("POST", "admin.archive", "/school/classes/{classroom_id}/archive", only(302, "admin")),
    Row("POST", "admin.restore", "/school/classes/{classroom_id}/restore", only(302, "admin")),
    Row("GET", "admin.reports", "/reports", only(200, *ADMINS)),
    Row("GET", "admin.report_file", "/reports.csv", only(200, *ADMINS)),
    Row("GET", "admin.class_in_report", "/reports/classes/{classroom_id}", only(200, "admin")),
    Row("GET", "admin.audit", "/audit", only(200, *ADMINS)),
    Row("GET", "admin.settings", "/settings", only(200, *ADMINS)),
    Row("POST", "admin.settings", "/settings", only(422, *ADMINS)),
    # Whoever starts the installation, while it has no school
    Row("GET", "admin.first_run", "/first-run", everybody(404)),
    Row("GET", "admin.first_run_page", "/first-run/a-token", everybody(404)),
    Row("POST", "admin.first_run_page", "/first-run/a-token", everybody(404)),
)
