"""Incidents, disposals, and systems outside the district cloud."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disposal",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("proofs", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_disposal")),
    )
    op.create_table(
        "existing_system",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("system_name", sa.String(), nullable=False),
        sa.Column("located_at", sa.String(), nullable=False),
        sa.Column("move_planned_on", sa.Date(), nullable=False),
        sa.Column("plan_note", sa.String(), nullable=True),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_existing_system")),
        sa.UniqueConstraint(
            "unit", "system_name", name=op.f("uq_existing_system_unit_system_name")
        ),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("reported_at", types.UtcDateTime(), nullable=False),
        sa.Column("handled_on", sa.Date(), nullable=True),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_project_id"), "incident", ["project_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_incident_project_id"), table_name="incident")
    op.drop_table("incident")
    op.drop_table("existing_system")
    op.drop_table("disposal")
