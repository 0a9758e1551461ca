"""Exceptions move to the shared table; what gates said is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEPT = "id, project_id, rule, kind, reason, approver, document, expires_on"
_SAID = (("pre_review", "verdict_findings"), ("panel", "findings"), ("tender", "findings"))


def upgrade() -> None:
    op.execute(
        f"INSERT INTO project_relief ({_KEPT}) SELECT {_KEPT} FROM granted_relief"  # noqa: S608  # our own words
    )
    op.drop_index("ix_granted_relief_project_id", table_name="granted_relief")
    op.drop_table("granted_relief")
    for table, column in _SAID:
        op.add_column(table, sa.Column(column, sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    for table, column in _SAID:
        op.drop_column(table, column)
    op.create_table(
        "granted_relief",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_granted_relief_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_granted_relief"),
    )
    op.create_index("ix_granted_relief_project_id", "granted_relief", ["project_id"])
    # The build before knows no withdrawal: what was withdrawn must not lift anything again.
    op.execute(
        f"INSERT INTO granted_relief ({_KEPT}) SELECT {_KEPT} FROM project_relief"  # noqa: S608  # our own words
        " WHERE withdrawn_at IS NULL AND project_id IN (SELECT id FROM project)"
    )
    op.execute("DELETE FROM project_relief")
