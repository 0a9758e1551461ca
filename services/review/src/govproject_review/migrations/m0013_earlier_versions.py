"""What was recorded before another took its place: opinions, signatures, rejected applications."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_REPLACED = ("department_opinion", "expert_opinion", "application")


def _superseded() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("superseded_at", types.UtcDateTime(), nullable=False),
        sa.Column("superseded_by", sa.String(), nullable=False),
        sa.Column("superseded_because", sa.String(), nullable=False),
    )


def upgrade() -> None:
    # What an older build replaced was not kept: its last version counts as the first here.
    for table in _REPLACED:
        op.add_column(
            table, sa.Column("revision", sa.Integer(), nullable=False, server_default="1")
        )
    op.create_table(
        "earlier_opinion",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        *_superseded(),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_earlier_opinion_project_id_project"
        ),
        sa.PrimaryKeyConstraint("project_id", "department", "revision", name="pk_earlier_opinion"),
    )
    op.create_table(
        "earlier_expert_opinion",
        sa.Column("panel_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        *_superseded(),
        sa.Column("in_favour", sa.Boolean(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name="fk_earlier_expert_opinion_panel_id_panel"
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert.id"], name="fk_earlier_expert_opinion_expert_id_expert"
        ),
        sa.PrimaryKeyConstraint(
            "panel_id", "expert_id", "revision", name="pk_earlier_expert_opinion"
        ),
    )
    op.create_table(
        "rejected_application",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        *_superseded(),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("submitted_at", types.UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("rejection_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_rejected_application_project_id_project"
        ),
        sa.PrimaryKeyConstraint("project_id", "revision", name="pk_rejected_application"),
    )


def downgrade() -> None:
    op.drop_table("rejected_application")
    op.drop_table("earlier_expert_opinion")
    op.drop_table("earlier_opinion")
    for table in reversed(_REPLACED):
        op.drop_column(table, "revision")
