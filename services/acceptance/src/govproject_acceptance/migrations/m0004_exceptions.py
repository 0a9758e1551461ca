"""Exceptions move to the shared table."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEPT = "id, project_id, rule, kind, reason, approver, document, expires_on"


def upgrade() -> None:
    op.execute(
        f"INSERT INTO project_relief ({_KEPT}) SELECT {_KEPT} FROM exception_grant"  # noqa: S608  # our own words
    )
    op.drop_index("ix_exception_grant_project_id", table_name="exception_grant")
    op.drop_table("exception_grant")


def downgrade() -> None:
    op.create_table(
        "exception_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_exception_grant_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exception_grant"),
    )
    op.create_index("ix_exception_grant_project_id", "exception_grant", ["project_id"])
    # The build before knows no withdrawal: what was withdrawn must not lift anything again.
    op.execute(
        f"INSERT INTO exception_grant ({_KEPT}) SELECT {_KEPT} FROM project_relief"  # noqa: S608  # our own words
        " WHERE withdrawn_at IS NULL AND project_id IN (SELECT id FROM project)"
    )
    op.execute("DELETE FROM project_relief")
