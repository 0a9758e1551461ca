"""Opinions, panels and evaluations say which edition of a project they speak of (Arts 9, 10)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SPEAKING = ("project", "department_opinion", "panel", "expert_opinion", "fiscal_evaluation")
_LAST_PASSED = (
    "(SELECT MAX(reviewed_at) FROM pre_review WHERE state = 'passed'"
    " AND pre_review.project_id = {project_id})"
)
_SAID = (
    ("department_opinion", "recorded_at"),
    ("panel", "concluded_at"),
    ("fiscal_evaluation", "recorded_at"),
)


def upgrade() -> None:
    for table in _SPEAKING:
        op.add_column(table, sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "determined_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("aspects", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_determined_change_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_determined_change"),
    )
    # What was said before the last passed pre-review was said of other materials. When a change was
    # filed is not known here for older projects: it counts from the next one on.
    for table, said_at in _SAID:
        passed = _LAST_PASSED.format(project_id=f"{table}.project_id")
        op.execute(f"UPDATE {table} SET edition = -1 WHERE {said_at} < {passed}")  # noqa: S608  # our own words
    passed = _LAST_PASSED.format(project_id="panel.project_id")
    op.execute(
        "UPDATE expert_opinion SET edition = -1 WHERE signed_at <"  # noqa: S608  # our own words
        f" (SELECT {passed} FROM panel WHERE panel.id = expert_opinion.panel_id)"
    )


def downgrade() -> None:
    op.drop_table("determined_change")
    for table in reversed(_SPEAKING):
        op.drop_column(table, "edition")
