"""What the party office says of Xinchuang, and what finals found in comparison with it."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "party_office_opinion",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", name="pk_party_office_opinion"),
    )
    op.add_column("final_round", sa.Column("xinchuang", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("final_round", "xinchuang")
    op.drop_table("party_office_opinion")
