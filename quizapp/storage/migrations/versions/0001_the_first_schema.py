"""The first schema: everything that can't be had later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "assets",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(bytes) <= 1048576", name=op.f("ck_assets_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_assets")),
    )
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "schools",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sign_in_delays",
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=240), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "subject", name=op.f("pk_sign_in_delays")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("actor_role", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("request_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_audit_entries_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_school_id_at"), ["school_id", "at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_entries_school_id_subject_kind_subject_id"),
            ["school_id", "subject_kind", "subject_id"],
            unique=False,
        )

    op.create_table(
        "classrooms",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_classrooms_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classrooms")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_classrooms_school_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("classrooms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_classrooms_school_id_title_key"), ["school_id", "title_key"], unique=False
        )

    op.create_table(
        "content_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("current_version_id", ID, nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(key) BETWEEN 3 AND 200", name=op.f("ck_content_items_key_length")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_content_items_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_items")),
        sa.UniqueConstraint("kind", "key", "language", name=op.f("uq_content_items_kind_key_language")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "first_runs",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_first_runs_once")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_first_runs_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_runs")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", JSON, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", JSON, nullable=True),
        sa.Column("requested_by", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_jobs_state")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_jobs_progress")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_jobs_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_jobs_waiting",
            ["run_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting', 'running')"),
            postgresql_where=sa.text("state IN ('waiting', 'running')"),
        )

    op.create_table(
        "settings",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_settings_school_id")),
        sa.PrimaryKeyConstraint("school_id", "key", name=op.f("pk_settings")),
    )
    op.create_table(
        "staff_views",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("viewer_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_staff_views_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_views")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staff_views", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_views_school_id_student_id_at"),
            ["school_id", "student_id", "at"],
            unique=False,
        )

    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("display_key", sa.String(length=200), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("user_name_key", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('student', 'teacher', 'admin')", name=op.f("ck_users_role")),
        sa.CheckConstraint(
            "erased_at IS NULL OR password_hash IS NULL", name=op.f("ck_users_erased_has_no_password")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_users_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_users_school_id_id")),
        sa.UniqueConstraint("school_id", "user_name_key", name=op.f("uq_users_school_id_user_name_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_users_school_id_role_display_key"),
            ["school_id", "role", "display_key"],
            unique=False,
        )

    op.create_table(
        "accommodations",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("factor_percent", sa.Integer(), nullable=False),
        sa.Column("is_untimed", sa.Boolean(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("hides_clock", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", ID, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("extra_attempts BETWEEN 0 AND 20", name=op.f("ck_accommodations_extra_attempts")),
        sa.CheckConstraint("factor_percent IN (100, 125, 150, 200)", name=op.f("ck_accommodations_factor")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_accommodations_dates")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_accommodations_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodations")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("accommodations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accommodations_school_id_student_id"), ["school_id", "student_id"], unique=False
        )

    op.create_table(
        "assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("classroom_id", ID, nullable=True),
        sa.Column("student_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("content_key", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("preset", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("limit_seconds", sa.Integer(), nullable=True),
        sa.Column("attempts_allowed", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("results_shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("counts IN ('highest', 'latest', 'first')", name=op.f("ck_assignments_counts")),
        sa.CheckConstraint("kind IN ('lesson', 'quiz', 'checkpoint')", name=op.f("ck_assignments_kind")),
        sa.CheckConstraint("preset IN ('practice', 'homework', 'test')", name=op.f("ck_assignments_preset")),
        sa.CheckConstraint(
            "(classroom_id IS NULL) <> (student_id IS NULL)", name=op.f("ck_assignments_class_or_student")
        ),
        sa.CheckConstraint("attempts_allowed BETWEEN 1 AND 20", name=op.f("ck_assignments_attempts_allowed")),
        sa.CheckConstraint(
            "closes_at IS NULL OR due_at IS NULL OR closes_at >= due_at",
            name=op.f("ck_assignments_due_before_closes"),
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at",
            name=op.f("ck_assignments_opens_before_closes"),
        ),
        sa.CheckConstraint(
            "limit_seconds IS NULL OR limit_seconds BETWEEN 60 AND 86400", name=op.f("ck_assignments_limit")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classrooms.school_id", "classrooms.id"],
            name=op.f("fk_assignments_school_id_classroom_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_assignments_school_id_student_id"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_assignments_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_assignments_school_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignments_school_id_classroom_id"), ["school_id", "classroom_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assignments_school_id_student_id"), ["school_id", "student_id"], unique=False
        )

    op.create_table(
        "check_ins",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("classroom_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("talked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("talked_by", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classrooms.school_id", "classrooms.id"],
            name=op.f("fk_check_ins_school_id_classroom_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_check_ins_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("check_ins", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_check_ins_school_id_classroom_id_student_id"),
            ["school_id", "classroom_id", "student_id"],
            unique=False,
        )

    op.create_table(
        "class_doors",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("classroom_id", ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classrooms.school_id", "classrooms.id"],
            name=op.f("fk_class_doors_school_id_classroom_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_doors")),
        sa.UniqueConstraint("classroom_id", name=op.f("uq_class_doors_classroom_id")),
        sa.UniqueConstraint("code", name=op.f("uq_class_doors_code")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_class_doors_school_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "classroom_teachers",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("classroom_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("part IN ('owner', 'co_teacher')", name=op.f("ck_classroom_teachers_part")),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classrooms.school_id", "classrooms.id"],
            name=op.f("fk_classroom_teachers_school_id_classroom_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "user_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_classroom_teachers_school_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("classroom_id", "user_id", name=op.f("pk_classroom_teachers")),
    )
    with op.batch_alter_table("classroom_teachers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_classroom_teachers_school_id_user_id"), ["school_id", "user_id"], unique=False
        )
        batch_op.create_index(
            "uq_classroom_teachers_one_owner",
            ["classroom_id"],
            unique=True,
            sqlite_where=sa.text("part = 'owner'"),
            postgresql_where=sa.text("part = 'owner'"),
        )

    op.create_table(
        "content_versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("use", sa.String(length=40), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["content_items.id"], name=op.f("fk_content_versions_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_versions")),
        sa.UniqueConstraint("item_id", "hash", name=op.f("uq_content_versions_item_id_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("content_versions", schema=None) as batch_op:
        batch_op.create_index("ix_content_versions_type_use_skill", ["type", "use", "skill"], unique=False)

    op.create_table(
        "enrolments",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("classroom_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classrooms.school_id", "classrooms.id"],
            name=op.f("fk_enrolments_school_id_classroom_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_enrolments_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolments_school_id_classroom_id"), ["school_id", "classroom_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrolments_school_id_student_id"), ["school_id", "student_id"], unique=False
        )
        batch_op.create_index(
            "uq_enrolments_current",
            ["classroom_id", "student_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "lesson_progress",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("lesson_key", sa.String(length=200), nullable=False),
        sa.Column("case", sa.String(length=1), nullable=False),
        sa.Column("screen", sa.Integer(), nullable=False),
        sa.Column("screens_done", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("screen BETWEEN 1 AND 8", name=op.f("ck_lesson_progress_screen")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_lesson_progress_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_progress")),
        sa.UniqueConstraint(
            "student_id", "lesson_key", name=op.f("uq_lesson_progress_student_id_lesson_key")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "login_cards",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", ID, nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_login_cards_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_cards")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_login_cards_code_hash")),
        sa.UniqueConstraint("school_id", "student_id", name=op.f("uq_login_cards_school_id_student_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "user_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_sessions_school_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sessions_school_id_user_id"), ["school_id", "user_id"], unique=False
        )

    op.create_table(
        "stuck_marks",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("lesson_key", sa.String(length=200), nullable=False),
        sa.Column("screen", sa.Integer(), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_stuck_marks_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stuck_marks")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("stuck_marks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stuck_marks_school_id_student_id"), ["school_id", "student_id"], unique=False
        )

    op.create_table(
        "attempts",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("is_preview", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("seed", ID, nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("lease", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_by", sa.String(length=20), nullable=True),
        sa.Column("max_points", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('submitted', 'graded')) = (finished_at IS NOT NULL) OR state = 'voided'",
            name=op.f("ck_attempts_finished"),
        ),
        sa.CheckConstraint("kind IN ('quiz', 'checkpoint')", name=op.f("ck_attempts_kind")),
        sa.CheckConstraint(
            "state IN ('in_progress', 'submitted', 'graded', 'voided')", name=op.f("ck_attempts_state")
        ),
        sa.CheckConstraint("number >= 1 AND generation >= 1 AND lease >= 0", name=op.f("ck_attempts_counts")),
        sa.ForeignKeyConstraint(
            ["school_id", "assignment_id"],
            ["assignments.school_id", "assignments.id"],
            name=op.f("fk_attempts_school_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_attempts_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint(
            "assignment_id", "student_id", "number", name=op.f("uq_attempts_assignment_id_student_id_number")
        ),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_attempts_school_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attempts_overdue",
            ["deadline_at"],
            unique=False,
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        )
        batch_op.create_index(
            batch_op.f("ix_attempts_school_id_student_id"), ["school_id", "student_id"], unique=False
        )
        batch_op.create_index(
            "uq_attempts_one_open",
            ["assignment_id", "student_id"],
            unique=True,
            sqlite_where=sa.text("state = 'in_progress' AND NOT is_preview"),
            postgresql_where=sa.text("state = 'in_progress' AND NOT is_preview"),
        )

    op.create_table(
        "door_claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("door_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=True),
        sa.Column("typed_name", sa.String(length=200), nullable=True),
        sa.Column("browser_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("chose_pin", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "came_in_at IS NULL OR student_id IS NOT NULL", name=op.f("ck_door_claims_known_when_in")
        ),
        sa.CheckConstraint(
            "student_id IS NOT NULL OR typed_name IS NOT NULL OR ended_at IS NOT NULL",
            name=op.f("ck_door_claims_somebody"),
        ),
        sa.CheckConstraint(
            "typed_name IS NULL OR (student_id IS NULL AND ended_at IS NULL)",
            name=op.f("ck_door_claims_typed_while_waiting"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "door_id"],
            ["class_doors.school_id", "class_doors.id"],
            name=op.f("fk_door_claims_school_id_door_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_door_claims_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_claims")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("door_claims", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_door_claims_school_id_door_id"), ["school_id", "door_id"], unique=False
        )
        batch_op.create_index(
            "uq_door_claims_one_a_name",
            ["door_id", "student_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND student_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND student_id IS NOT NULL"),
        )

    op.create_table(
        "grades",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("counting_attempt_id", ID, nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("max_points", sa.Integer(), nullable=True),
        sa.Column("is_excused", sa.Boolean(), nullable=False),
        sa.Column("excuse_reason", sa.Text(), nullable=True),
        sa.Column("excused_by", ID, nullable=True),
        sa.Column("excused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("override_points", sa.Integer(), nullable=True),
        sa.Column("override_of", sa.Integer(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("override_by", ID, nullable=True),
        sa.Column("override_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('in_progress', 'waiting', 'graded')", name=op.f("ck_grades_state")),
        sa.CheckConstraint(
            "(override_points IS NULL) = (override_of IS NULL)", name=op.f("ck_grades_override_has_limit")
        ),
        sa.CheckConstraint(
            "(override_points IS NULL) = (override_reason IS NULL)",
            name=op.f("ck_grades_override_has_reason"),
        ),
        sa.CheckConstraint(
            "is_excused = (excuse_reason IS NOT NULL)", name=op.f("ck_grades_excuse_has_reason")
        ),
        sa.CheckConstraint(
            "override_points IS NULL OR override_points BETWEEN 0 AND override_of",
            name=op.f("ck_grades_override"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "assignment_id"],
            ["assignments.school_id", "assignments.id"],
            name=op.f("fk_grades_school_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_grades_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("assignment_id", "student_id", name=op.f("pk_grades")),
    )
    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grades_school_id_student_id"), ["school_id", "student_id"], unique=False
        )

    op.create_table(
        "own_dates",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", ID, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "assignment_id"],
            ["assignments.school_id", "assignments.id"],
            name=op.f("fk_own_dates_school_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_own_dates_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("assignment_id", "student_id", name=op.f("pk_own_dates")),
    )
    op.create_table(
        "practice_answers",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("student_id", ID, nullable=False),
        sa.Column("lesson_key", sa.String(length=200), nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("question_version_id", ID, nullable=False),
        sa.Column("variant", sa.String(length=40), nullable=True),
        sa.Column("case", sa.String(length=1), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=True),
        sa.Column("earned", sa.Integer(), nullable=True),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('first_guess', 'task', 'exit_check', 'guess_again', 'extension', 'practice', 'warm_up')",
            name=op.f("ck_practice_answers_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["content_versions.id"],
            name=op.f("fk_practice_answers_question_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"],
            ["users.school_id", "users.id"],
            name=op.f("fk_practice_answers_school_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_answers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("practice_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_answers_question_version_id"), ["question_version_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_practice_answers_school_id_student_id_lesson_key"),
            ["school_id", "student_id", "lesson_key"],
            unique=False,
        )

    op.create_table(
        "attempt_slots",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("question_version_id", ID, nullable=False),
        sa.Column("variant", sa.String(length=40), nullable=True),
        sa.Column("case", sa.String(length=1), nullable=True),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.CheckConstraint("marks BETWEEN 0 AND 100", name=op.f("ck_attempt_slots_marks")),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["content_versions.id"],
            name=op.f("fk_attempt_slots_question_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempts.school_id", "attempts.id"],
            name=op.f("fk_attempt_slots_school_id_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_attempt_slots")),
    )
    with op.batch_alter_table("attempt_slots", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_slots_question_version_id"), ["question_version_id"], unique=False
        )

    op.create_table(
        "response_history",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=True),
        sa.Column("lease", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('stored', 'older', 'malformed', 'unknown', 'closed', 'stale')",
            name=op.f("ck_response_history_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempts.school_id", "attempts.id"],
            name=op.f("fk_response_history_school_id_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_history")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("response_history", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_response_history_attempt_id_slot"), ["attempt_id", "slot"], unique=False
        )

    op.create_table(
        "responses",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=True),
        sa.Column("lease", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("lease >= 0 AND seq >= 0", name=op.f("ck_responses_order")),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempts.school_id", "attempts.id"],
            name=op.f("fk_responses_school_id_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_responses")),
    )
    op.create_table(
        "scores",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("earned", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.String(length=40), nullable=False),
        sa.Column("marker_id", ID, nullable=True),
        sa.Column("levels", JSON, nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("given_by IN ('machine', 'teacher', 'repair')", name=op.f("ck_scores_given_by")),
        sa.CheckConstraint('earned >= 0 AND "of" >= 1 AND earned <= "of"', name=op.f("ck_scores_ratio")),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempts.school_id", "attempts.id"],
            name=op.f("fk_scores_school_id_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("scores", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scores_attempt_id_generation_slot"),
            ["attempt_id", "generation", "slot"],
            unique=False,
        )

    op.create_table(
        "self_marks",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level IN (0, 1, 2)", name=op.f("ck_self_marks_level")),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempts.school_id", "attempts.id"],
            name=op.f("fk_self_marks_school_id_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_self_marks")),
    )
    op.create_table(
        "snapshots",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempts.school_id", "attempts.id"],
            name=op.f("fk_snapshots_school_id_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "generation", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("receipt", name=op.f("uq_snapshots_receipt")),
    )
