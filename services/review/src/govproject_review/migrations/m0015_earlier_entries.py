"""What the pool said of an expert before: conflicts that were withdrawn, accounts, retirements."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What an older build overwrote was not kept: what it has now counts as the first here, and
    # nobody knows who recorded it.
    op.add_column("expert", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("expert", sa.Column("recorded_by", sa.String(), nullable=True))
    op.add_column("expert", sa.Column("recorded_at", types.UtcDateTime(), nullable=True))
    op.create_table(
        "earlier_entry",
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("superseded_at", types.UtcDateTime(), nullable=False),
        sa.Column("superseded_by", sa.String(), nullable=False),
        sa.Column("superseded_because", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("declared_conflicts", sa.JSON(), nullable=False),
        sa.Column("retired_at", types.UtcDateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert.id"], name="fk_earlier_entry_expert_id_expert"
        ),
        sa.PrimaryKeyConstraint("expert_id", "revision", name="pk_earlier_entry"),
    )


def downgrade() -> None:
    op.drop_table("earlier_entry")
    for column in ("recorded_at", "recorded_by", "revision"):
        op.drop_column("expert", column)
