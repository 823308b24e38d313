"""Every table, so that one import gives the whole schema."""

from quizapp.storage.tables.assignments import Assignment, OwnDates
from quizapp.storage.tables.attempts import (
    Attempt,
    AttemptSlot,
    LessonProgress,
    PracticeAnswer,
    Response,
    ResponseHistory,
    SelfMark,
    Snapshot,
    StuckMark,
)
from quizapp.storage.tables.audit import AuditEntry, Erasure, Job, StaffView
from quizapp.storage.tables.base import Base
from quizapp.storage.tables.check_ins import CheckIn
from quizapp.storage.tables.classrooms import Classroom, ClassroomTeacher, Enrolment
from quizapp.storage.tables.content import Asset, ContentItem, ContentVersion
from quizapp.storage.tables.door import ClassDoor, DoorClaim, LoginCard
from quizapp.storage.tables.schools import (
    Accommodation,
    FirstRun,
    School,
    Setting,
    SignInDelay,
    SignInSession,
    User,
)
from quizapp.storage.tables.scores import Grade, Score

__all__ = [
    "Accommodation",
    "Asset",
    "Assignment",
    "Attempt",
    "AttemptSlot",
    "AuditEntry",
    "Base",
    "CheckIn",
    "ClassDoor",
    "Classroom",
    "ClassroomTeacher",
    "ContentItem",
    "ContentVersion",
    "DoorClaim",
    "Enrolment",
    "Erasure",
    "FirstRun",
    "Grade",
    "Job",
    "LessonProgress",
    "LoginCard",
    "OwnDates",
    "PracticeAnswer",
    "Response",
    "ResponseHistory",
    "School",
    "Score",
    "SelfMark",
    "Setting",
    "SignInDelay",
    "SignInSession",
    "Snapshot",
    "StaffView",
    "StuckMark",
    "User",
]
