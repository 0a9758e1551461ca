"""Exceptions move to the shared table; who declared, and what gates said, is kept."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEPT = "id, project_id, rule, reason, approver, document, expires_on, granted_at"


def upgrade() -> None:
    op.execute(
        f"INSERT INTO project_relief (kind, {_KEPT})"  # noqa: S608  # our own words
        f" SELECT 'exception', {_KEPT} FROM exception_grant"
    )
    op.drop_index("ix_exception_grant_project_id", table_name="exception_grant")
    op.drop_table("exception_grant")
    op.add_column("project", sa.Column("declared_by", sa.String(), nullable=True))
    op.add_column("filing", sa.Column("decision", sa.JSON(), nullable=True))
    op.add_column(
        "plan_entry", sa.Column("findings", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    op.drop_column("plan_entry", "findings")
    op.drop_column("filing", "decision")
    op.drop_column("project", "declared_by")
    op.create_table(
        "exception_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("granted_at", types.UtcDateTime(), nullable=False),
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
