"""Exceptions and decisions of the bureau move to the shared table."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEPT = "id, project_id, rule, kind, reason, approver, document, expires_on"


def upgrade() -> None:
    op.execute(
        f"INSERT INTO project_relief ({_KEPT}) SELECT {_KEPT} FROM relief"  # noqa: S608  # our own words
    )
    op.drop_index("ix_relief_project_id", table_name="relief")
    op.drop_table("relief")


def downgrade() -> None:
    op.create_table(
        "relief",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_relief"),
    )
    op.create_index("ix_relief_project_id", "relief", ["project_id"])
    # The build before knows no withdrawal: what was withdrawn must not lift anything again.
    op.execute(
        f"INSERT INTO relief ({_KEPT}) SELECT {_KEPT} FROM project_relief"  # noqa: S608  # our own words
        " WHERE withdrawn_at IS NULL"
    )
    op.execute("DELETE FROM project_relief")
