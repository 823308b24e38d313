"""The words of reports, deeds and settings, once for all pages of this part."""

from __future__ import annotations

from quizapp.core.messages import Message
from quizapp.core.permissions import Role
from quizapp.core.reports import Missing
from quizapp.core.settings import Cases, Weekday
from quizapp.services.audit_list import Group

MISSING = {
    Missing.HIDDEN: Message("hidden"),
    Missing.NO_STUDENTS: Message("no students"),
    Missing.NOTHING_GIVEN: Message("nothing given"),
    Missing.NOT_BEGUN: Message("not begun"),
    Missing.NO_MARKS: Message("no marks yet"),
    Missing.LESSON: Message("a lesson"),
}

WEEKDAYS = {
    Weekday.MONDAY: Message("Monday"),
    Weekday.TUESDAY: Message("Tuesday"),
    Weekday.WEDNESDAY: Message("Wednesday"),
    Weekday.THURSDAY: Message("Thursday"),
    Weekday.FRIDAY: Message("Friday"),
    Weekday.SATURDAY: Message("Saturday"),
    Weekday.SUNDAY: Message("Sunday"),
}

CASES = {
    Cases.BOTH: Message("Both: every student chooses a report from a war or a made-up one"),
    Cases.FICTIONAL_ONLY: Message("Fictional only: made-up reports from everyday life"),
}

LANGUAGE_NAMES = {"en": "English"}
"""Each in itself, so not translated."""

GROUPS = {
    Group.MARKS: Message("Marks and tries"),
    Group.WORK: Message("Work that was given"),
    Group.CLASSES: Message("Classes and who is in them"),
    Group.PEOPLE: Message("People and access"),
    Group.SCHOOL: Message("School, settings and content"),
}

ACTORS = {
    Role.OPERATOR: Message("the operator, on the server"),
    Role.NOBODY: Message("the server"),
    Role.STUDENT: Message("a student whose name was erased"),
    Role.TEACHER: Message("a teacher whose name was erased"),
    Role.ADMIN: Message("an administrator whose name was erased"),
}
"""Who acted, where there is no name to show."""

ACTIONS = {
    "assignment.changed": Message("changed the dates or rules of"),
    "assignment.created": Message("gave to a class:"),
    "assignment.ended_for_all": Message("ended for everybody"),
    "assignment.extended_for_all": Message("gave everybody more time in"),
    "assignment.results_shown": Message("showed the results of"),
    "attempt.ended": Message("ended the try of"),
    "attempt.student_file_entered": Message("entered a file of unsent answers into the try of"),
    "attempt.extended": Message("gave more time to the try of"),
    "attempt.extension_taken_back": Message("took back the time given to the try of"),
    "attempt.reopened": Message("opened again the try of"),
    "attempt.voided": Message("set aside the try of"),
    "attempt.graded": Message("marked the last answer in the try of"),
    "card.issued": Message("printed a login card for"),
    "card.revoked": Message("made void the login card of"),
    "classroom.archived": Message("archived the class"),
    "classroom.created": Message("made the class"),
    "classroom.renamed": Message("renamed the class"),
    "classroom.restored": Message("brought back the class"),
    "content.synchronised": Message("renewed the lessons and questions"),
    "door.closed": Message("closed the door of the class"),
    "door.code_changed": Message("changed the code of the class"),
    "door.let_in": Message("let somebody into a class by its door"),
    "door.name_claimed": Message("took a name at the door of a class"),
    "door.name_freed": Message("gave free a name at the door of a class"),
    "door.opened": Message("opened the door of the class"),
    "enrolment.created": Message("put into a class:"),
    "enrolment.ended": Message("took out of a class:"),
    "grade.excuse_ended": Message("took back an excuse from"),
    "grade.excused": Message("excused a student:"),
    "grade.overridden": Message("set a mark by hand in"),
    "grade.override_undone": Message("let the tries count again in"),
    "person.created": Message("made the account of"),
    "person.reinstated": Message("let in again"),
    "person.secret_changed": Message("changed the PIN or password of"),
    "person.secret_cleared": Message("took away the PIN of"),
    "person.suspended": Message("suspended"),
    "school.changed": Message("changed the name, time zone or language of the school"),
    "school.created": Message("made the school"),
    "score.given": Message("marked a written answer in the try of"),
    "setting.changed": Message("changed a setting of the school"),
}


def action_in_words(action: str) -> Message:
    """Return what was done; a deed without words of its own is named by its record."""
    known = ACTIONS.get(action)
    if known is not None:
        return known
    noun, _, verb = action.partition(".")
    return Message("%(noun)s: %(verb)s", noun=noun.replace("_", " "), verb=verb.replace("_", " "))
